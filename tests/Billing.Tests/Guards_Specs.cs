using Npgsql;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Tests.Support;

namespace Zweizeiler.Billing.Tests;

/// <summary>What the database refuses by itself, to the service's own role and to an administrator.</summary>
public sealed class The_ledgers_database(SharedApp shared) : IAsyncLifetime
{
    private const string InsertEntry =
        "INSERT INTO entries (id, kind, subject_id, merchant_id, event, reason, occurred_at, created_at) VALUES (@id, 'opening', @id, NULL, 't', 't', now(), now());";

    private readonly BillingApp _app = shared.App;

    private const string ByTrigger = "23001";
    private const string ByRights = "42501";

    /// <summary>A change, whether the service's role tries it (else an administrator), and what refuses it: the service gave up rights that it does not need.</summary>
    public static TheoryData<string, bool, string> Changes { get; } = new()
    {
        { "UPDATE entries SET reason = 'other'", true, ByTrigger },
        { "UPDATE postings SET amount_cents = amount_cents * 2", true, ByRights },
        { "UPDATE accounts SET kind = 'clearing'", true, ByTrigger },
        { "UPDATE balances SET balance_cents = balance_cents + 1", true, ByTrigger },
        { "INSERT INTO balances (account_id, balance_cents) SELECT id, 5 FROM accounts WHERE owner_id IS NULL LIMIT 1", true, ByTrigger },
        { "DELETE FROM entries", true, ByRights },
        { "DELETE FROM postings", true, ByRights },
        { "DELETE FROM accounts", true, ByRights },
        { "DELETE FROM balances", true, ByRights },
        { "TRUNCATE postings", true, ByRights },
        { "TRUNCATE entries, postings CASCADE", true, ByRights },
        { "TRUNCATE accounts, postings, balances CASCADE", true, ByRights },
        { "UPDATE price_lists SET document = '{}' WHERE version = '2026-1'", true, ByTrigger },
        { "DELETE FROM price_lists", true, ByTrigger },
        { "UPDATE entries SET reason = 'other'", false, ByTrigger },
        { "UPDATE postings SET amount_cents = amount_cents * 2", false, ByTrigger },
        { "UPDATE accounts SET currency = 'EUR'", false, ByTrigger },
        { "DELETE FROM postings", false, ByTrigger },
        { "DELETE FROM entries", false, ByTrigger },
        { "DELETE FROM accounts", false, ByTrigger },
        { "TRUNCATE entries, postings CASCADE", false, ByTrigger },
        { "UPDATE balances SET balance_cents = balance_cents + 1", false, ByTrigger },
    };

    /// <summary>The platform's accounts are there once anybody has money: without them nothing would be posted, and nothing refused.</summary>
    public async ValueTask InitializeAsync() => await _app.MerchantWithAsync(100);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task refuses_to_change_what_was_booked(string sql, bool asService, string state)
    {
        (await RefusedAsync(sql, asService)).SqlState.ShouldBe(state);
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(100, -99)]
    [InlineData(100, 100)]
    [InlineData(1)]
    [InlineData]
    public async Task refuses_an_entry_that_does_not_balance(params int[] cents)
    {
        var refused = await RefusedAsync($"BEGIN; {InsertEntry} {string.Concat(cents.Select(InsertPosting))} COMMIT");
        (refused.SqlState, refused.MessageText).ShouldBe(("23514", "Entry ID does not balance."));
    }

    [Fact]
    public async Task refuses_a_posting_of_nothing()
    {
        var refused = await RefusedAsync($"BEGIN; {InsertEntry} {InsertPosting(0, 0)} COMMIT");
        (refused.SqlState, refused.ConstraintName).ShouldBe(("23514", "ck_postings_amount"));
    }

    [Fact]
    public async Task refuses_a_posting_that_follows_after_an_early_check()
    {
        const string early = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;";
        var balanced = $"BEGIN; {InsertEntry} {InsertPosting(100, 0)} {InsertPosting(-100, 1)} {early}";
        await AcceptedAsync($"{balanced} COMMIT");
        var refused = await RefusedAsync($"{balanced} {InsertPosting(1, 2)} COMMIT");
        (refused.SqlState, refused.MessageText).ShouldBe(("23514", "Entry ID does not balance."));
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
            refused.ConstraintName.ShouldBe("ix_entries_subject_id_kind", kind);
        }

        (await RefusedAsync(
            $"""
            INSERT INTO entries (id, kind, subject_id, job_id, event, reason, occurred_at, created_at)
            SELECT @id, kind, subject_id, job_id, event, reason, occurred_at, created_at FROM entries WHERE job_id = '{job.JobId}' AND kind = 'fee_raise'
            """)).ConstraintName.ShouldBe("ix_entries_subject_id_kind");
        (await RefusedAsync(
            $"""
            INSERT INTO invoice_lines (id, merchant_id, month, job_id, kind, description, lines, net_cents, currency, tax_category, tax_rate, created_at)
            SELECT @id, merchant_id, month, job_id, kind, description, lines, net_cents, currency, tax_category, tax_rate, created_at
            FROM invoice_lines WHERE job_id = '{job.JobId}' AND kind = 'charge'
            """)).ConstraintName.ShouldBe("ix_invoice_lines_job_id_kind");
    }

    [Theory]
    [InlineData("charge", "gen_random_uuid()", "ck_entries_subject")]
    [InlineData("credit", "gen_random_uuid()", "ck_entries_subject")]
    [InlineData("credit_share", "NULL", "ck_entries_subject")]
    [InlineData("fee_raise", "NULL", "ck_entries_fee_raise")]
    public async Task refuses_an_entry_about_a_job_that_names_another_subject_or_no_job(string kind, string job, string constraint) => (await RefusedAsync(
        $"INSERT INTO entries (id, kind, subject_id, job_id, event, reason, occurred_at, created_at) VALUES (@id, '{kind}', @id, {job}, 't', 't', now(), now())"))
        .ConstraintName.ShouldBe(constraint);

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

    private static string InsertPosting(int cents, int position) =>
        $"INSERT INTO postings SELECT @id, {position}, id, {cents} FROM accounts WHERE kind = 'clearing'; ";

    private async Task AcceptedAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_app.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql.Replace("@id", $"'{Jobs.NewId()}'", StringComparison.Ordinal), connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What the database says, with ID for the entry's.</summary>
    private async Task<Refusal> RefusedAsync(string sql, bool asService = true)
    {
        await using var connection = new NpgsqlConnection(asService ? _app.Database : _app.Administrator);
        await connection.OpenAsync();
        var id = Jobs.NewId();
        await using var command = new NpgsqlCommand(sql.Replace("@id", $"'{id}'", StringComparison.Ordinal), connection);
        var refused = await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync());
        return new Refusal(refused.SqlState, refused.MessageText.Replace($"{id}", "ID", StringComparison.Ordinal), refused.ConstraintName);
    }

    private sealed record Refusal(string SqlState, string MessageText, string? ConstraintName);
}
