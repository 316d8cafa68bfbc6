using System.Globalization;
using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>Whether it takes longer to list and to fetch when many jobs are stored.</summary>
internal sealed class Stored(StackDetails details, ServiceDatabase database, IReadOnlyList<Sample> samples, TextWriter output)
{
    private const int Questions = 100;
    private const int Rounds = 15;

    private static readonly TimeProvider Time = TimeProvider.System;

    public async Task RunAsync(int many, CancellationToken cancellationToken)
    {
        using var client = new ZweizeilerClient(details.Gateway, details.Keys.Test);
        var job = await client.Jobs.CreateAsync(samples[0].Job, cancellationToken: cancellationToken);
        (string What, string Path)[] questions =
        [
            ("list", "/v1/jobs"), ("list of 100", "/v1/jobs?limit=100"), ("by state", "/v1/jobs?state=in_review"), ("by reference", "/v1/jobs?reference=STORED-77"),
            ("fetch", $"/v1/jobs/{job.Id}"), ("deliveries", $"/v1/jobs/{job.Id}/deliveries"),
        ];

        var few = Math.Min(10_000, many);
        if (int.Parse(await database.SqlAsync("SELECT count(*) FROM jobs;", cancellationToken), CultureInfo.InvariantCulture) > few)
        {
            throw new LoadException($"More than {few} jobs are stored already; start with ./run --fresh.");
        }

        await FillAsync(few, cancellationToken);
        var before = await AskAsync(questions, cancellationToken);
        await FillAsync(many, cancellationToken);
        var after = await AskAsync(questions, cancellationToken);
        for (var i = 0; i < questions.Length; i++)
        {
            var (x, y) = (before[i].At(0.5).TotalMilliseconds, after[i].At(0.5).TotalMilliseconds);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{questions[i].What}: p50 {x:0.00} ms with {few} jobs, {y:0.00} ms with {many} ({y / x:0.00}); p99 {before[i].At(0.99).TotalMilliseconds:0.0} and {after[i].At(0.99).TotalMilliseconds:0.0} ms"));
        }
    }

    /// <summary>Each question in turn, some rounds to warm up and then as many that count: what slows the machine for a moment slows each of them.</summary>
    private async Task<List<Percentiles>> AskAsync((string What, string Path)[] questions, CancellationToken cancellationToken)
    {
        using var wire = await Wire.OpenAsync(details.Gateway, cancellationToken);
        var times = Array.ConvertAll(questions, _ => new List<TimeSpan>());
        for (var round = 0; round < 2 * Rounds; round++)
        {
            for (var i = 0; i < questions.Length; i++)
            {
                var request = Wire.Get(details.Gateway, questions[i].Path, details.Keys.Test);
                for (var n = 0; n < Questions; n++)
                {
                    var begin = Time.GetTimestamp();
                    if (await wire.SendAsync(request, cancellationToken) != 200)
                    {
                        throw new LoadException($"{questions[i].Path} was not answered.");
                    }

                    if (round >= Rounds)
                    {
                        times[i].Add(Time.GetElapsedTime(begin));
                    }
                }
            }
        }

        return [.. times.Select(t => new Percentiles(t))];
    }

    /// <summary>Copies of one job, of the same merchant, one a minute back in time, most of them done.</summary>
    private async Task FillAsync(int upTo, CancellationToken cancellationToken) => await database.SqlAsync(
        $$"""
        DO $do$ BEGIN EXECUTE (
            SELECT format('INSERT INTO jobs (%s) SELECT %s FROM (SELECT * FROM jobs ORDER BY created_at DESC LIMIT 1) AS old, generate_series((SELECT count(*) FROM jobs) + 1, {{upTo.ToString(CultureInfo.InvariantCulture)}}) AS n',
                string_agg(quote_ident(attname), ', '),
                string_agg(CASE attname
                    WHEN 'id' THEN 'gen_random_uuid()'
                    WHEN 'reference' THEN '''STORED-'' || n'
                    WHEN 'state' THEN 'CASE WHEN n % 1000 = 0 THEN ''in_review'' ELSE ''accepted'' END'
                    WHEN 'repetition_key' THEN 'gen_random_uuid()'
                    WHEN 'created_at' THEN 'old.created_at - n * interval ''1 minute'''
                    ELSE 'old.' || quote_ident(attname) END, ', '))
            FROM pg_attribute WHERE attrelid = 'jobs'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''); END $do$;
        VACUUM ANALYZE jobs;
        """,
        cancellationToken,
        TimeSpan.FromMinutes(10));
}
