using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Zweizeiler.Messaging;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests;

/// <summary>How the database goes about what is asked of it all day, with tables that have enough rows to make a difference.</summary>
public class Plans_Specs(SharedApp shared)
{
    private const int Merchants = 40;
    private const int JobsEach = 250;

    [Fact]
    public async Task No_hot_query_reads_a_whole_table()
    {
        using var tap = new StatementTap();
        await using var app = await OrdersApp.StartAsync(shared.Servers);
        var merchant = await app.NewMerchantAsync();
        var its = (string)(await merchant.CreateAsync("/v1/cases", """{"reference": "CASE"}"""))["id"]!;
        var item = TestMerchant.Item();
        item["caseId"] = its;
        var (job, guid) = await merchant.PlaceAsync(item);
        var delivery = await merchant.DeliverAsync(guid);
        await merchant.StateBecomesAsync(job, "in_review");
        var glossary = (string)(await merchant.CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr", "terms": []}"""))["id"]!;
        var template = (string)(await merchant.CreateAsync("/v1/templates", """{"name": "x", "text": "y"}"""))["id"]!;
        await FillAsync(app, merchant, guid, delivery);
        tap.Follow(app.Database);

        foreach (var (table, path) in new (string, string)[]
        {
            ("jobs", "/v1/jobs"),
            ("jobs", "/v1/jobs?limit=100&created[from]=2020-01-01"),
            ("jobs", "/v1/jobs?reference=ORDER-77"),
            ("jobs", $"/v1/jobs?case={its}"),
            ("jobs", "/v1/jobs?costCentre=CC-7"),
            ("jobs", "/v1/jobs?state=in_progress"),
            ("jobs", "/v1/jobs?state=open&state=on_hold"),
            ("jobs", "/v1/jobs?state=accepted"),
            ("jobs", "/v1/jobs?metadata[order]=o-77"),
            ("jobs", "/v1/jobs?metadata[shop]=fr"),
            ("jobs", $"/v1/jobs/{job}"),
            ("deliveries", "/v1/jobs?expand=deliveries"),
            ("cases", "/v1/jobs?expand=case"),
            ("deliveries", $"/v1/jobs/{job}/deliveries"),
            ("cases", "/v1/cases"),
            ("cases", "/v1/cases?reference=CASE"),
            ("jobs", $"/v1/cases/{its}"),
            ("deliveries", $"/v1/cases/{its}"),
            ("messages", $"/v1/cases/{its}"),
            ("messages", $"/v1/jobs/{job}/messages"),
            ("templates", "/v1/templates"),
            ("templates", $"/v1/templates/{template}"),
            ("glossaries", "/v1/glossaries"),
            ("glossary_terms", $"/v1/glossaries/{glossary}/terms"),
            ("merchant_preferences", "/v1/preferences"),
        })
        {
            ShouldUseIndexes(await tap.PlansOfAsync(table, () => merchant.GetAsync(path)), path);
        }

        ShouldUseIndexes(await tap.PlansOfAsync("idempotency_keys", async () =>
        {
            await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key");
            await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key");
        }), "idempotency");
        ShouldUseIndexes(await tap.PlansOfAsync("jobs", () => merchant.PlaceAsync(item.DeepClone().AsObject())), "the last translator of a case");
        ShouldUseIndexes(await tap.PlansOfAsync("cases", () => merchant.PlaceAsync(item.DeepClone().AsObject())), "the case of a job");

        var lease = new MessagingSql<OrdersDbContext>(app.Services.GetRequiredService<IServiceScopeFactory>()).Lease;
        NpgsqlParameter[] values = [new() { Value = 100 }, new() { Value = Guid.Empty }, new() { Value = TimeSpan.FromSeconds(30) }, new() { Value = Guid.Empty }];
        var key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        NpgsqlParameter[] Repeated(object keys) => [new() { Value = merchant.Id }, new() { Value = "live" }, new() { Value = keys }];
        ShouldUseIndexes([await StatementTap.ExplainAsync(app.Database, Repetitions.Delivered, Repeated(key))], "a repetition");
        ShouldUseIndexes([await StatementTap.ExplainAsync(app.Database, Repetitions.EachDelivered, Repeated(new[] { key, key }))], "repetitions");
        ShouldUseIndexes([await StatementTap.ExplainAsync(app.Database, lease, values, MessagingSql<OrdersDbContext>.Prologue)], "the outbox's lease");
    }

    [Fact]
    public async Task What_is_embedded_costs_one_query_each_and_what_is_not_used_none()
    {
        using var tap = new StatementTap();
        await using var app = await OrdersApp.StartAsync(shared.Servers);
        var merchant = await app.NewMerchantAsync();
        var its = (string)(await merchant.CreateAsync("/v1/cases", "{}"))["id"]!;
        for (var i = 0; i < 5; i++)
        {
            var item = TestMerchant.Item();
            item["caseId"] = its;
            await merchant.PlaceAsync(item);
        }

        tap.Follow(app.Database);
        (await tap.SentByAsync(() => merchant.GetAsync("/v1/jobs"))).Count.ShouldBe(1);
        (await tap.SentByAsync(() => merchant.GetAsync("/v1/jobs?expand=deliveries,price,case"))).Count.ShouldBe(3);
        (await tap.SentByAsync(() => merchant.GetAsync($"/v1/cases/{its}"))).Count.ShouldBe(4);
        var placing = await tap.SentByAsync(() => merchant.PlaceAsync());
        placing.ShouldNotContain(sql => sql.Contains("FROM cases") || sql.Contains("FROM merchant_preferences") || sql.Contains("FROM templates") || sql.Contains("FROM glossaries"));
    }

    private static void ShouldUseIndexes(IReadOnlyList<string> plans, string what)
    {
        plans.ShouldNotBeEmpty(what);
        foreach (var plan in plans)
        {
            plan.ShouldNotContain("Seq Scan", customMessage: what);
            plan.ShouldContain("Index", customMessage: what);
        }
    }

    /// <summary>Copies of what is there: some thousands of rows in every table that is asked. What is sealed opens under its own id only, and so is copied for others.</summary>
    private static async Task FillAsync(OrdersApp app, TestMerchant merchant, Guid job, Guid delivery)
    {
        var statements = $$"""
            CREATE TEMP TABLE m AS
                SELECT CASE WHEN n = 0 THEN '{{merchant.Id}}'::uuid ELSE gen_random_uuid() END AS id, n FROM generate_series(0, {{Merchants - 1}}) AS n;
            CREATE TEMP TABLE c AS SELECT gen_random_uuid() AS id, m.id AS merchant, n, i FROM m, generate_series(1, 100) AS i;
            INSERT INTO cases SELECT (jsonb_populate_record(old, jsonb_build_object(
                'id', c.id, 'merchant_id', c.merchant, 'reference', 'CASE-' || c.i, 'created_at', old.created_at - c.i * interval '1 minute'))).*
                FROM cases AS old, c;
            CREATE TEMP TABLE j AS
                SELECT gen_random_uuid() AS id, m.id AS merchant, m.n, i, (SELECT id FROM c WHERE c.merchant = m.id AND c.i = 1 + j.i % 100) AS its
                FROM m, generate_series(1, {{JobsEach}}) AS j(i);
            CREATE TEMP TABLE filled AS SELECT (jsonb_populate_record(old, jsonb_build_object(
                'id', j.id, 'merchant_id', j.merchant, 'case_id', j.its, 'reference', 'ORDER-' || j.i, 'cost_centre', 'CC-' || j.i % 50,
                'metadata', jsonb_build_object('shop', (ARRAY['fr', 'de', 'it'])[1 + j.i % 3], 'order', 'o-' || j.i),
                'state', CASE WHEN j.i % 40 = 0 THEN 'in_progress' ELSE 'accepted' END, 'acceptance_due_at', null,
                'created_at', old.created_at - j.i * interval '1 minute'))).*
                FROM jobs AS old, j WHERE old.id = '{{job}}';
            DO $do$ BEGIN EXECUTE (
                SELECT format('INSERT INTO jobs (%1$s) SELECT %1$s FROM filled', string_agg(quote_ident(attname), ', '))
                FROM pg_attribute WHERE attrelid = 'jobs'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''); END $do$;
            INSERT INTO job_texts SELECT j.id, t.content FROM job_texts AS t, j WHERE t.job_id = '{{job}}';
            CREATE TEMP TABLE d AS SELECT gen_random_uuid() AS id, j.id AS job, j.merchant FROM j WHERE j.merchant <> '{{merchant.Id}}';
            INSERT INTO deliveries SELECT (jsonb_populate_record(old, jsonb_build_object('id', d.id, 'job_id', d.job, 'merchant_id', d.merchant))).*
                FROM deliveries AS old, d WHERE old.id = '{{delivery}}';
            INSERT INTO delivery_texts SELECT d.id, t.content FROM delivery_texts AS t, d WHERE t.delivery_id = '{{delivery}}';
            INSERT INTO messages (id, job_id, merchant_id, mode, is_question, before_claim, version, sent_at)
                SELECT d.id, d.job, d.merchant, 'live', false, false, 0, now() FROM d;
            INSERT INTO message_texts SELECT d.id, '\x00' FROM d;
            INSERT INTO templates SELECT (jsonb_populate_record(old, jsonb_build_object('id', c.id, 'merchant_id', c.merchant))).* FROM templates AS old, c WHERE c.n > 0;
            INSERT INTO glossaries SELECT (jsonb_populate_record(old, jsonb_build_object('id', c.id, 'merchant_id', c.merchant))).* FROM glossaries AS old, c WHERE c.n > 0;
            INSERT INTO glossary_terms SELECT c.id, t.content FROM glossary_terms AS t, c WHERE c.n > 0;
            INSERT INTO merchant_preferences (merchant_id, mode, retention_days, preferred_translators, blocked_translators, glossaries, version, updated_at)
                SELECT gen_random_uuid(), 'live', 30, '{}', '{}', '{}', 1, now() FROM generate_series(1, 4000);
            INSERT INTO idempotency_keys (merchant_id, mode, key, fingerprint, status, content_type, body, expires_at)
                SELECT j.merchant, 'live', j.id::text, '\x00', 201, 'application/json', '\x00', now() + interval '1 day' FROM j;
            ANALYZE;
            """;
        await using var connection = new NpgsqlConnection(app.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(statements, connection) { CommandTimeout = 120 };
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        (await app.ScalarAsync<long>("SELECT count(*) FROM jobs")).ShouldBeGreaterThan(Merchants * JobsEach);
    }
}
