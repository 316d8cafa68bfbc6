using Npgsql;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Tests.Support;

namespace Zweizeiler.Billing.Tests;

/// <summary>What the database refuses by itself, to the service's own role and to an administrator.</summary>
public sealed class The_ledgers_database(SharedApp shared)
{
    private const string InsertEntry =
        "INSERT INTO entries (id, kind, subject_id, merchant_id, event, reason, occurred_at, created_at) VALUES (@id, 'opening', @id, NULL, 't', 't', now(), now());";

    private readonly BillingApp _app = shared.App;

    public static TheoryData<string, bool> Changes { get; } = new()
    {
        { "UPDATE entries SET reason = 'other'", true },
        { "UPDATE postings SET amount_cents = amount_cents * 2", true },
        { "UPDATE accounts SET kind = 'clearing'", true },
        { "UPDATE balances SET balance_cents = balance_cents + 1", true },
        { "INSERT INTO balances (account_id, balance_cents) SELECT id, 5 FROM accounts WHERE owner_id IS NULL LIMIT 1", true },
        { "DELETE FROM entries", true },
        { "DELETE FROM postings", true },
        { "DELETE FROM accounts", true },
        { "DELETE FROM balances", true },
        { "TRUNCATE postings", true },
        { "TRUNCATE entries, postings CASCADE", true },
        { "TRUNCATE accounts, postings, balances CASCADE", true },
        { "UPDATE price_lists SET document = '{}' WHERE version = '2026-1'", true },
        { "DELETE FROM price_lists", true },
        { "UPDATE entries SET reason = 'other'", false },
        { "UPDATE postings SET amount_cents = amount_cents * 2", false },
        { "DELETE FROM postings", false },
        { "DELETE FROM entries", false },
        { "TRUNCATE entries, postings CASCADE", false },
        { "UPDATE balances SET balance_cents = balance_cents + 1", false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task refuses_to_change_what_was_booked(string sql, bool asService)
    {
        await _app.MerchantWithAsync(100);
        var refused = await RefusedAsync(sql, asService);
        // restrict_violation by the trigger, or already insufficient_privilege by the rights that the role gave up.
        refused.SqlState.ShouldBeOneOf("23001", "42501");
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task refuses_an_entry_that_does_not_balance()
    {
        var refused = await RefusedAsync(
            $"""
            BEGIN; {InsertEntry}
            INSERT INTO postings SELECT @id, 0, id, 100 FROM accounts WHERE kind = 'clearing';
            INSERT INTO postings SELECT @id, 1, id, -99 FROM accounts WHERE kind = 'clearing';
            COMMIT
            """);
        refused.SqlState.ShouldBe("23514");
    }

    [Fact]
    public async Task refuses_an_entry_without_postings() => (await RefusedAsync(InsertEntry)).SqlState.ShouldBe("23514");

    [Fact]
    public async Task refuses_a_posting_of_nothing() => (await RefusedAsync(
        $"BEGIN; {InsertEntry} INSERT INTO postings SELECT @id, 0, id, 0 FROM accounts WHERE kind = 'clearing'; COMMIT")).SqlState.ShouldBe("23514");

    [Fact]
    public async Task refuses_a_posting_that_follows_after_an_early_check()
    {
        var refused = await RefusedAsync(
            $"""
            BEGIN; {InsertEntry}
            INSERT INTO postings SELECT @id, 0, id, 100 FROM accounts WHERE kind = 'clearing';
            INSERT INTO postings SELECT @id, 1, id, -100 FROM accounts WHERE kind = 'clearing';
            SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;
            INSERT INTO postings SELECT @id, 2, id, 1 FROM accounts WHERE kind = 'clearing';
            COMMIT
            """);
        refused.SqlState.ShouldBe("23514");
    }

    [Fact]
    public async Task refuses_to_add_to_an_entry_of_the_past_even_if_it_would_balance()
    {
        var merchant = await _app.MerchantWithAsync(100);
        var refused = await RefusedAsync(
            $"""
            INSERT INTO postings SELECT e.id, 7, a.id, 5 FROM entries e, accounts a WHERE e.subject_id = '{merchant}' AND a.kind = 'clearing';
            INSERT INTO postings SELECT e.id, 8, a.id, -5 FROM entries e, accounts a WHERE e.subject_id = '{merchant}' AND a.kind = 'clearing'
            """);
        refused.SqlState.ShouldBe("23001");
    }

    [Fact]
    public async Task refuses_to_overdraw_a_merchant_by_a_cent()
    {
        var merchant = await _app.MerchantWithAsync(100);
        var refused = await RefusedAsync(
            $"""
            BEGIN; {InsertEntry}
            INSERT INTO postings SELECT @id, 0, id, -101 FROM accounts WHERE owner_id = '{merchant}' AND kind = 'merchant_balance';
            INSERT INTO postings SELECT @id, 1, id, 101 FROM accounts WHERE kind = 'clearing';
            COMMIT
            """);
        (refused.SqlState, refused.ConstraintName).ShouldBe(("23514", "ck_balances_floor"));
    }

    [Fact]
    public async Task refuses_a_second_entry_of_each_kind_and_a_second_invoice_line_of_a_job()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Formulation(merchant, maxLines: 3), Jobs.NewId());
        await _app.ConsumeAsync(job);
        await _app.ConsumeAsync(Jobs.Escalated(job, 50));
        await _app.ConsumeAsync(Jobs.Accepted(job, translator, lines: 2));
        await _app.ConsumeAsync(Jobs.Credited(job, translator));
        foreach (var kind in (string[])["reservation", "charge", "release", "earning", "credit", "credit_share"])
        {
            var refused = await RefusedAsync(
                $"INSERT INTO entries (id, kind, subject_id, job_id, event, reason, occurred_at, created_at) VALUES (@id, '{kind}', '{job.JobId}', '{job.JobId}', 't', 't', now(), now())");
            refused.SqlState.ShouldBe("23505", kind);
        }

        (await RefusedAsync(
            $"""
            INSERT INTO entries (id, kind, subject_id, job_id, event, reason, occurred_at, created_at)
            SELECT @id, kind, subject_id, job_id, event, reason, occurred_at, created_at FROM entries WHERE job_id = '{job.JobId}' AND kind = 'fee_raise'
            """)).SqlState.ShouldBe("23505");
        (await RefusedAsync(
            $"""
            INSERT INTO invoice_lines (id, merchant_id, month, job_id, kind, description, lines, net_cents, currency, tax_category, tax_rate, created_at)
            SELECT @id, merchant_id, month, job_id, kind, description, lines, net_cents, currency, tax_category, tax_rate, created_at
            FROM invoice_lines WHERE job_id = '{job.JobId}'
            """)).SqlState.ShouldBe("23505");
    }

    [Theory]
    [InlineData("charge", "gen_random_uuid()")]
    [InlineData("credit", "gen_random_uuid()")]
    [InlineData("credit_share", "NULL")]
    [InlineData("fee_raise", "NULL")]
    public async Task refuses_an_entry_about_a_job_that_names_another_subject_or_no_job(string kind, string job) => (await RefusedAsync(
        $"INSERT INTO entries (id, kind, subject_id, job_id, event, reason, occurred_at, created_at) VALUES (@id, '{kind}', @id, {job}, 't', 't', now(), now())"))
        .SqlState.ShouldBe("23514");

    [Fact]
    public void cannot_even_be_given_an_entry_that_does_not_balance()
    {
        var account = new Account { Id = Guid.Empty, Kind = AccountKind.Clearing, Currency = "EUR", CreatedAt = default };
        var cause = new Cause("t", null, "t", default);
        Should.Throw<InvalidOperationException>(() => Entry.Of(EntryKind.Opening, Guid.Empty, null, null, cause, DateTimeOffset.UnixEpoch, (account, 1), (account, -2)));
        Should.Throw<InvalidOperationException>(() => Entry.Of(EntryKind.Opening, Guid.Empty, null, null, cause, DateTimeOffset.UnixEpoch, (account, 0), (account, 0)));
        Should.Throw<InvalidOperationException>(() => Entry.Of(EntryKind.Opening, Guid.Empty, null, null, cause, DateTimeOffset.UnixEpoch));
        Should.Throw<OverflowException>(() => Entry.Of(
            EntryKind.Opening, Guid.Empty, null, null, cause, DateTimeOffset.UnixEpoch, (account, long.MaxValue), (account, long.MaxValue), (account, 2)));
    }

    private async Task<PostgresException> RefusedAsync(string sql, bool asService = true)
    {
        await using var connection = new NpgsqlConnection(asService ? _app.Database : _app.Administrator);
        await connection.OpenAsync();
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await using var command = new NpgsqlCommand(sql.Replace("@id", $"'{id}'", StringComparison.Ordinal), connection);
        return await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
    }
}
