using Npgsql;
using Zweizeiler.Contracts;

namespace Zweizeiler.Portal;

/// <summary>
/// Fills a marketplace's database with copies of one translator and one open job of hers: most jobs done long ago, one in forty on offer to all.
/// </summary>
/// <param name="database">Connection string of the marketplace's database.</param>
/// <param name="translator">Who is copied; her password is everybody's.</param>
/// <param name="job">What is copied.</param>
internal sealed class ManyJobs(string database, Guid translator, Guid job)
{
    public static readonly IReadOnlyList<string> Pairs = ["de-fr", "fr-de", "de-en", "en-de", "de-it", "it-de", "de-es", "es-de", "de-pl", "pl-de", "fr-en", "en-fr"];

    /// <summary>A pair of which nothing is on offer, and every fiftieth translator's only one.</summary>
    private const string Quiet = "de-nl";

    /// <param name="number">From 1 to the number of translators.</param>
    public static string Email(int number) => $"translator{number}@measured.example";

    public Guid Id(int number) => new($"{translator.ToString()[..^8]}{number:D8}");

    /// <param name="translators">How many.</param>
    /// <param name="jobs">How many.</param>
    /// <param name="source">Seals a job's text; each opens under its own job only.</param>
    /// <param name="delivery">Seals a delivery's text.</param>
    public async Task FillAsync(int translators, int jobs, Func<Guid, SealedText> source, Func<Guid, SealedText> delivery)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await ExecuteAsync(connection, Rows(translators, jobs));
        await SealAsync(
            connection, "SELECT id FROM jobs j WHERE NOT EXISTS (SELECT 1 FROM job_texts t WHERE t.job_id = j.id)",
            "INSERT INTO job_texts (job_id, content) SELECT * FROM unnest($1, $2)", source);
        await SealAsync(
            connection, "SELECT id FROM deliveries d WHERE NOT EXISTS (SELECT 1 FROM delivery_texts t WHERE t.delivery_id = d.id)",
            "INSERT INTO delivery_texts (delivery_id, content) SELECT * FROM unnest($1, $2)", delivery);
        await ExecuteAsync(connection, "VACUUM ANALYZE");
    }

    private string Rows(int translators, int jobs) =>
        $$"""
        CREATE TEMP TABLE p AS SELECT ('{{translator.ToString()[..^8]}}' || lpad(n::text, 8, '0'))::uuid AS id, n FROM generate_series(1, {{translators}}) AS n;
        INSERT INTO accounts SELECT copy.* FROM accounts AS old, p, LATERAL jsonb_populate_record(old, jsonb_build_object(
            'id', p.id, 'email', 'translator' || n || '@measured.example', 'normalized_email', upper('translator' || n || '@measured.example'),
            'user_name', 'translator' || n || '@measured.example', 'normalized_user_name', upper('translator' || n || '@measured.example'),
            'display_name', 'Translator ' || n)) AS copy
            WHERE old.id = '{{translator}}';
        INSERT INTO account_roles (user_id, role_id) SELECT p.id, r.role_id FROM account_roles AS r, p WHERE r.user_id = '{{translator}}';
        INSERT INTO translators SELECT copy.* FROM translators AS old, p, LATERAL jsonb_populate_record(old, jsonb_build_object('id', p.id)) AS copy WHERE old.id = '{{translator}}';
        INSERT INTO standings (translator_id, waits_since, claims, lapses, ratings, rating_sum) SELECT id, now() - n * 7919 % 1000 * interval '1 second', 0, 0, 0, 0 FROM p;
        CREATE TEMP TABLE pairs AS SELECT split_part(pair, '-', 1) AS source, split_part(pair, '-', 2) AS target, i - 1 AS nth
            FROM unnest(ARRAY['{{string.Join("','", [.. Pairs, Quiet])}}']) WITH ORDINALITY AS x(pair, i);
        INSERT INTO translator_pairs (translator_id, source, target)
            SELECT p.id, pairs.source, pairs.target FROM p JOIN pairs ON CASE WHEN p.n % 50 = 49 THEN pairs.nth = {{Pairs.Count}}
                ELSE pairs.nth IN (p.n % {{Pairs.Count}}, (p.n * 5 + 3) % {{Pairs.Count}}, (p.n * 7 + 5) % {{Pairs.Count}}) END;
        INSERT INTO working_hours (translator_id, day, from_minute, to_minute) SELECT id, day, 0, 1440 FROM p, generate_series(1, 7) AS day WHERE n % 2 = 0;

        CREATE TEMP TABLE j AS SELECT gen_random_uuid() AS id, i, now() - i * interval '30 seconds' AS at, pairs.source, pairs.target,
                p.id AS holder,
                CASE WHEN i % 40 = 0 THEN 'open' WHEN i % 400 = 1 THEN 'in_review' WHEN i % 400 = 2 THEN 'in_revision' ELSE 'accepted' END AS state
            FROM generate_series(1, {{jobs}}) AS i JOIN p ON p.n = 1 + i * 31 % {{translators}} JOIN pairs ON pairs.nth = CASE WHEN i % 40 > 0 AND i % 13 = 0 THEN {{Pairs.Count}} ELSE (i * 7 / 40) % {{Pairs.Count}} END;
        INSERT INTO jobs SELECT copy.* FROM jobs AS old, j, LATERAL jsonb_populate_record(old, jsonb_build_object(
            'id', j.id, 'source', j.source, 'target', j.target, 'state', j.state, 'placed_at', j.at, 'funded_at', j.at, 'offered_at', j.at, 'changed_at', j.at,
            'clock_from', j.at, 'deliver_by', CASE WHEN j.state = 'open' THEN now() + interval '4 hours' ELSE j.at + interval '4 hours' END,
            'offered_to_id', null, 'offered_until', null, 'claim_id', null,
            'holder_id', CASE WHEN j.state <> 'open' THEN j.holder END, 'claimed_at', CASE WHEN j.state <> 'open' THEN j.at END,
            'lease_until', CASE WHEN j.state = 'in_revision' THEN now() + interval '1 day' END)) AS copy
            WHERE old.id = '{{job}}';
        INSERT INTO claims (id, job_id, translator_id, claimed_at, lease_until, ended_at, outcome)
            SELECT gen_random_uuid(), id, holder, at, at + interval '20 minutes', at + interval '10 minutes', 'delivered' FROM j WHERE state <> 'open';
        INSERT INTO deliveries (id, job_id, translator_id, version, characters, lines, delivered_at, is_correction, accepted_at)
            SELECT gen_random_uuid(), id, holder, 1, 97, 2, at + interval '10 minutes', false, CASE WHEN state = 'accepted' THEN at + interval '1 hour' END FROM j WHERE state <> 'open';
        INSERT INTO earnings (job_id, translator_id, fee_cents, currency, credited_at) SELECT id, holder, 168, 'EUR', at + interval '1 hour' FROM j WHERE state = 'accepted';
        INSERT INTO offers (id, job_id, translator_id, round, turn, made_at, until, ended_at, outcome, reasons, waited_since, next_ids, candidates)
            SELECT gen_random_uuid(), id, holder, 1, 1, at, at + interval '1 minute', at + interval '30 seconds', 'taken', '{waited_longest}', at - interval '1 hour', '{}', 40 FROM j;
        """;

    private static async Task SealAsync(NpgsqlConnection connection, string which, string insert, Func<Guid, SealedText> seal)
    {
        var ids = new List<Guid>();
        await using (var command = new NpgsqlCommand(which, connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                ids.Add(reader.GetGuid(0));
            }
        }

        foreach (var some in ids.Chunk(5_000))
        {
            await using var command = new NpgsqlCommand(insert, connection);
            command.Parameters.Add(new NpgsqlParameter { Value = some });
            command.Parameters.Add(new NpgsqlParameter { Value = some.Select(id => seal(id).Bytes).ToArray() });
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }
}
