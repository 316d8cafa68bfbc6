using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Testing;

namespace Zweizeiler.Billing.Tests;

/// <summary>Everything that a job's end leaves behind, word by word and cent by cent: entries, what is owed, lines, messages, and what operators see.</summary>
public sealed class A_settled_job(SharedApp shared) : IAsyncLifetime
{
    private const string Description = "translation de→fr";

    private LedgerBench _bench = null!;

    public async ValueTask InitializeAsync() => _bench = await LedgerBench.OnAsync(shared.Servers);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task that_was_done_is_charged_shared_and_told_and_stands_on_both_papers()
    {
        var (job, translator) = (Jobs.Placed(await _bench.MerchantWithAsync(1000)), Jobs.NewId());
        var said = await TellAsync(job, Jobs.Accepted(job, translator));
        Said(said).ShouldBe(["funded 286 168", "charged 240 46 EUR", $"earned {translator} 168 EUR"]);
        said.OfType<JobCharged>().Single().MerchantId.ShouldBe(job.MerchantId);
        (await PostingsAsync(job)).ShouldBe(
        [
            "(reservation,JobPlaced,\"Reserved on placing\",t,t,merchant_balance,-286)", "(reservation,JobPlaced,\"Reserved on placing\",t,t,merchant_reserved,286)",
            .. Entry("charge", "DeliveryAccepted", "Delivery accepted", ("merchant_reserved", -286), ("revenue", 240), ("tax", 46)),
            .. Entry("earning", "DeliveryAccepted", "Delivery accepted", ("revenue", -240), ("translator_payable", 168), ("platform_share", 72)),
        ]);
        (await LinesAsync(job)).ShouldBe(["(charge,\"Translation de→fr, 2 lines, ORDER-4711\",2,240,S,19.00)"]);
        (await EarningsAsync(job)).ShouldBe([$"({translator},earning,\"Translation de→fr\",168)"]);
        (await JobAsync(job)).ShouldBe("(charged,286,2,240,46,168,1.000,0)");
        (await BalancesAsync(job, translator)).ShouldBe(["(merchant_balance,714)", "(merchant_reserved,0)", "(translator_payable,168)"]);
    }

    [Fact]
    public async Task that_cost_less_releases_the_rest()
    {
        var (job, translator) = (Jobs.Formulation(await _bench.MerchantWithAsync(1000)), Jobs.NewId());
        Said(await TellAsync(job, Jobs.Accepted(job, translator, lines: 3))).ShouldBe(["funded 857 504", "charged 360 68 EUR", $"earned {translator} 252 EUR"]);
        (await PostingsAsync(job)).Skip(2).ShouldBe(
        [
            .. Entry("charge", "DeliveryAccepted", "Delivery accepted", ("merchant_reserved", -428), ("revenue", 360), ("tax", 68)),
            .. Entry("release", "DeliveryAccepted", "Delivery accepted", ("merchant_reserved", -429), ("merchant_balance", 429)),
            .. Entry("earning", "DeliveryAccepted", "Delivery accepted", ("revenue", -360), ("translator_payable", 252), ("platform_share", 108)),
        ]);
    }

    [Fact]
    public async Task that_came_to_nothing_is_released_whole_and_says_why()
    {
        foreach (var (end, name, reason) in new (Func<JobPlaced, object>, string, string)[]
        {
            (job => Jobs.Cancelled(job), "JobCancelled", "Cancelled before work began"), (Jobs.Expired, "JobExpired", "Nobody could be found in time"),
            (Jobs.Refunded, "JobRefunded", "The ruling went against the delivery"),
        })
        {
            using var released = new Counted(_bench.Meters, "zweizeiler.billing.jobs.released");
            var job = Jobs.Placed(await _bench.MerchantWithAsync(1000));
            Said(await TellAsync(job, end(job), end(job))).ShouldBe(["funded 286 168"]);
            (await PostingsAsync(job)).Skip(2).ShouldBe([.. Entry("release", name, reason, ("merchant_reserved", -286), ("merchant_balance", 286))]);
            (await LinesAsync(job)).ShouldBeEmpty();
            (await EarningsAsync(job)).ShouldBeEmpty();
            (await JobAsync(job)).ShouldBe("(released,286,,,,,,0)");
            released.Of(name).ShouldBeGreaterThanOrEqualTo(1);
        }
    }

    [Fact]
    public async Task that_was_cancelled_after_work_began_costs_and_pays_the_share()
    {
        var (job, translator) = (Jobs.Placed(await _bench.MerchantWithAsync(1000)), Jobs.NewId());
        Said(await TellAsync(job, Jobs.Escalated(job, 45), Jobs.Cancelled(job, translator)))
            .ShouldBe(["funded 286 168", "charged 120 23 EUR", $"earned {translator} 107 EUR"]);
        const string reason = "Cancelled after work began: a share is charged";
        (await PostingsAsync(job)).Skip(2).ShouldBe(
        [
            .. Entry("charge", "JobCancelled", reason, ("merchant_reserved", -143), ("revenue", 120), ("tax", 23)),
            .. Entry("release", "JobCancelled", reason, ("merchant_reserved", -143), ("merchant_balance", 143)),
            .. Entry("earning", "JobCancelled", reason, ("revenue", -120), ("translator_payable", 84), ("platform_share", 36)),
            .. Entry("fee_raise", "JobEscalated", "Raised so that the job found somebody", ("fee_raises", -23), ("translator_payable", 23)),
        ]);
        (await LinesAsync(job)).ShouldBe(["(charge,\"Cancellation share 50 %: translation de→fr, 2 lines, ORDER-4711\",2,120,S,19.00)"]);
        (await EarningsAsync(job)).ShouldBe([$"({translator},earning,\"Translation de→fr\",84)", $"({translator},fee_raise,\"Raise: {Description}\",23)"]);
        (await JobAsync(job)).ShouldBe("(charged,286,2,120,23,84,0.500,23)");
    }

    [Fact]
    public async Task is_paid_what_it_was_raised_by_once_and_the_highest_of_it()
    {
        var (job, translator) = (Jobs.Placed(await _bench.MerchantWithAsync(1000)), Jobs.NewId());
        Said(await TellAsync(job, Jobs.Escalated(job, 40, 3), Jobs.Escalated(job, 90, 4), Jobs.Escalated(job, 60, 5), Jobs.Accepted(job, translator)))
            .ShouldBe(["funded 286 168", "charged 240 46 EUR", $"earned {translator} 258 EUR"]);
        Said(await TellAsync(Jobs.Escalated(job, 90, 6))).ShouldBeEmpty();
        Said(await TellAsync(Jobs.Escalated(job, 91, 7))).ShouldBe([$"earned {translator} 259 EUR"]);
        (await PostingsAsync(job)).Where(p => p.StartsWith("(fee_raise", StringComparison.Ordinal)).ShouldBe(
        [
            .. Entry("fee_raise", "JobEscalated", "Raised so that the job found somebody", ("fee_raises", -90), ("translator_payable", 90)),
            .. Entry("fee_raise", "JobEscalated", "Raised so that the job found somebody", ("fee_raises", -1), ("translator_payable", 1)),
        ], ignoreOrder: true);
        (await EarningsAsync(job)).Count.ShouldBe(3);
        (await BalancesAsync(job, translator)).ShouldContain("(translator_payable,259)");
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 60)]
    [InlineData(true, 220)]
    [InlineData(true, 300)]
    public async Task that_was_credited_is_given_back_and_borne_by_whom_the_ruling_names(bool byRuling, long paidOut)
    {
        using var credited = new Counted(_bench.Meters, "zweizeiler.billing.credited");
        var (job, translator) = (Jobs.Placed(await _bench.MerchantWithAsync(1000)), Jobs.NewId());
        await TellAsync(job, Jobs.Escalated(job, 90), Jobs.Accepted(job, translator));
        if (paidOut > 0)
        {
            await PayOutAsync(translator, paidOut);
        }

        Said(await TellAsync(Jobs.Credited(job, translator, byRuling), Jobs.Credited(job, translator, !byRuling))).ShouldBeEmpty();
        var fromTranslator = byRuling ? Math.Max(0, 258 - paidOut) : 0;
        var ofRaise = Math.Min(90, fromTranslator);
        (string, long)[] share = [("revenue", 240), ("translator_payable", -fromTranslator), ("fee_raises", ofRaise), ("platform_share", fromTranslator - ofRaise - 240)];
        (await PostingsAsync(job)).Where(p => p.StartsWith("(credit", StringComparison.Ordinal)).ShouldBe(
        [
            .. Entry("credit", "ComplaintCredited", "Credited after a complaint", ("revenue", -240), ("tax", -46), ("merchant_balance", 286)),
            .. Entry("credit_share", "ComplaintCredited", "Credited after a complaint", [.. share.Where(p => p.Item2 != 0)]),
        ]);
        (await LinesAsync(job)).ShouldContain("(credit_note,\"Credit note: translation de→fr, 2 lines, ORDER-4711\",-2,-240,S,19.00)");
        (await EarningsAsync(job)).Where(l => l.Contains("taken_back", StringComparison.Ordinal))
            .ShouldBe(fromTranslator == 0 ? [] : [$"({translator},taken_back,\"Taken back: {Description}\",{-fromTranslator})"]);
        (await JobAsync(job)).ShouldBe("(credited,286,2,240,46,168,1.000,90)");
        (await BalancesAsync(job, translator)).ShouldBe(["(merchant_balance,1000)", "(merchant_reserved,0)", $"(translator_payable,{258 - paidOut - fromTranslator})"]);
        credited.Of(null).ShouldBeGreaterThanOrEqualTo(240);

        // What is raised afterwards is still hers unless she was ruled against.
        Said(await TellAsync(Jobs.Escalated(job, 100, 9))).ShouldBe(byRuling ? [] : [$"earned {translator} 268 EUR"]);
    }

    /// <summary>Of two raises by the same amount the first one is the cause.</summary>
    [Fact]
    public async Task names_the_first_of_the_raises_that_promised_as_much()
    {
        var (job, translator) = (Jobs.Placed(await _bench.MerchantWithAsync(1000)), Jobs.NewId());
        await TellAsync(job, Jobs.Escalated(job, 90, 5), Jobs.Escalated(job, 90, 4), Jobs.Escalated(job, 90, 6), Jobs.Accepted(job, translator));
        (await _bench.RowsAsync("SELECT r.version FROM entries e JOIN fee_raises r ON r.id = e.subject_id WHERE e.job_id = $1 AND e.kind = 'fee_raise'", job.JobId))
            .ShouldBe(["(4)"]);
    }

    /// <summary>With a monthly account a credit pays what is open of an invoice; a raise, which the platform bears, pays nothing of it.</summary>
    [Fact]
    public async Task pays_an_open_invoice_with_what_is_credited_and_with_nothing_else()
    {
        var merchant = await _bench.MerchantWithAsync(1);
        await _bench.LimitAsync(merchant, 500);
        var (job, translator) = (Jobs.Placed(merchant), Jobs.NewId());
        await TellAsync(job, Jobs.Accepted(job, translator));
        var invoice = await InvoicedAsync(job, openCents: 285);

        await TellAsync(Jobs.Escalated(job, 90));
        (await OpenAsync()).ShouldBe("(285)");
        await TellAsync(Jobs.Credited(job, translator));
        (await OpenAsync()).ShouldBe("(0)");

        async Task<string> OpenAsync() => (await _bench.RowsAsync("SELECT open_cents FROM invoices WHERE id = $1", invoice)).Single();
    }

    [Fact]
    public async Task that_is_heard_of_last_is_settled_at_once_with_all_that_was_told_before()
    {
        var (job, translator) = (Jobs.Placed(await _bench.MerchantWithAsync(1000)), Jobs.NewId());
        Said(await TellAsync(Jobs.Credited(job, translator, byRuling: true), Jobs.Escalated(job, 10), Jobs.Accepted(job, translator), job))
            .ShouldBe(["funded 286 168", "charged 240 46 EUR", $"earned {translator} 178 EUR"]);
        (await JobAsync(job)).ShouldBe("(credited,286,2,240,46,168,1.000,10)");
        (await BalancesAsync(job, translator)).ShouldBe(["(merchant_balance,1000)", "(merchant_reserved,0)", "(translator_payable,0)"]);
    }

    [Fact]
    public async Task that_was_never_funded_costs_nothing_and_is_told_to_operators_only_if_somebody_worked()
    {
        var merchant = await _bench.MerchantWithAsync(1);
        var (idle, worked) = (Jobs.Placed(merchant), Jobs.Placed(merchant));
        Said(await TellAsync(idle, Jobs.Cancelled(idle))).ShouldBe(["declined balance.insufficient"]);
        Said(await TellAsync(worked, Jobs.Accepted(worked))).ShouldBe(["declined balance.insufficient"]);
        _bench.Errors.Where(e => e.Contains($"{idle.JobId}", StringComparison.Ordinal)).ShouldBeEmpty();
        _bench.Errors.Where(e => e.Contains($"{worked.JobId}", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("never funded");
        (await PostingsAsync(idle)).Concat(await PostingsAsync(worked)).ShouldBeEmpty();
        (await JobAsync(worked)).ShouldBe("(declined,0,,,,,,0)");
    }

    [Fact]
    public async Task that_two_tell_different_things_of_keeps_the_first_and_is_told_to_operators()
    {
        var job = Jobs.Placed(await _bench.MerchantWithAsync(1000));
        Said(await TellAsync(job, Jobs.Cancelled(job), Jobs.Accepted(job))).ShouldBe(["funded 286 168"]);
        (await JobAsync(job)).ShouldStartWith("(released");
        _bench.Errors.Where(e => e.Contains($"{job.JobId}", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain("both accepted and ended");
    }

    [Fact]
    public async Task in_test_mode_leaves_nothing_in_the_ledger()
    {
        var job = Jobs.Placed(await _bench.MerchantWithAsync(1000), mode: "test");
        Said(await TellAsync(job, Jobs.Accepted(job))).ShouldBe(["funded 0 168"]);
        (await PostingsAsync(job)).ShouldBeEmpty();
        (await LinesAsync(job)).ShouldBeEmpty();
    }

    [Fact]
    public async Task counts_what_it_was_charged()
    {
        using var charged = new Counted(_bench.Meters, "zweizeiler.billing.charged");
        var job = Jobs.Placed(await _bench.MerchantWithAsync(1000));
        await TellAsync(job, Jobs.Accepted(job));
        charged.Of(null).ShouldBeGreaterThanOrEqualTo(240);
    }

    private async Task<IReadOnlyList<object>> TellAsync(params object[] messages)
    {
        List<object> said = [];
        foreach (var message in messages)
        {
            said.AddRange(await _bench.ConsumeAsync(message));
        }

        return said;
    }

    private static IEnumerable<string> Said(IEnumerable<object> messages) => messages.Select(message => message switch
    {
        JobFunded m => $"funded {m.ReservedCents} {m.TranslatorFeeCents}",
        JobFundingDeclined m => $"declined {m.Reason}",
        JobCharged m => $"charged {m.NetCents} {m.TaxCents} {m.Currency}",
        EarningCredited m => $"earned {m.TranslatorId} {m.FeeCents} {m.Currency}",
        _ => message.GetType().Name,
    });

    /// <summary>An entry about the job that a message made: the merchant's unless it moves nothing of hers.</summary>
    private static IEnumerable<string> Entry(string kind, string made, string reason, params (string Account, long Cents)[] postings) => postings.Select(p =>
        $"({kind},{made},\"{reason}\",t,{(kind is "earning" or "fee_raise" or "credit_share" ? "f" : "t")},{p.Account},{p.Cents})");

    private Task<IReadOnlyList<string>> PostingsAsync(JobPlaced job) => _bench.RowsAsync(
        """
        SELECT e.kind, e.event, e.reason, e.message_id IS NOT NULL, e.merchant_id IS NOT NULL, a.kind, p.amount_cents
        FROM entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id WHERE e.job_id = $1
        ORDER BY array_position(ARRAY['reservation', 'charge', 'release', 'earning', 'fee_raise', 'credit', 'credit_share'], e.kind::text), e.created_at, e.id, p.position
        """,
        job.JobId);

    private Task<IReadOnlyList<string>> LinesAsync(JobPlaced job) => _bench.RowsAsync(
        "SELECT kind, description, lines, net_cents, tax_category, tax_rate FROM invoice_lines WHERE job_id = $1 ORDER BY kind", job.JobId);

    private Task<IReadOnlyList<string>> EarningsAsync(JobPlaced job) => _bench.RowsAsync(
        "SELECT translator_id, kind, description, cents FROM earning_lines WHERE job_id = $1 ORDER BY kind, cents", job.JobId);

    private async Task<string> JobAsync(JobPlaced job) => (await _bench.RowsAsync(
        """
        SELECT state, reserved_cents, charged_lines, charged_net_cents, charged_tax_cents, charged_fee_cents, charged_share, raised_cents FROM jobs WHERE id = $1
        """,
        job.JobId)).Single();

    private Task<IReadOnlyList<string>> BalancesAsync(JobPlaced job, Guid translator) => _bench.RowsAsync(
        "SELECT a.kind, b.balance_cents FROM balances b JOIN accounts a ON a.id = b.account_id WHERE a.owner_id IN ($1, $2) ORDER BY a.kind", job.MerchantId, translator);

    /// <summary>An invoice of the job's charge, of which this much is open.</summary>
    private async Task<Guid> InvoicedAsync(JobPlaced job, long openCents)
    {
        await using var scope = _bench.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BillingDbContext>();
        var now = TimeProvider.System.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var party = new Party { Name = "Test", Country = "DE" };
        var invoice = new Invoice
        {
            Id = Jobs.NewId(),
            MerchantId = job.MerchantId,
            Month = new DateOnly(today.Year, today.Month, 1),
            Kind = InvoiceKind.Invoice,
            OutsideScope = false,
            Number = $"{job.JobId:N}",
            Language = "de",
            Seller = party,
            Buyer = party,
            CustomerNumber = "1",
            Corrects = [],
            LineCount = 1,
            Taxes = [],
            NetCents = 240,
            TaxCents = 46,
            GrossCents = 286,
            RoundingCents = 0,
            DueCents = openCents,
            IssuedOn = today,
            PaymentReference = "RF00",
            PayTo = null,
            NumberedAt = now,
        };
        invoice.Open(openCents, null);
        db.Add(invoice);
        await db.SaveChangesAsync();
        await db.InvoiceLines.IgnoreQueryFilters().Where(l => l.JobId == job.JobId).ExecuteUpdateAsync(l => l.SetProperty(x => x.InvoiceId, invoice.Id));
        return invoice.Id;
    }

    private async Task PayOutAsync(Guid translator, long cents)
    {
        await using var scope = _bench.Services.CreateAsyncScope();
        var (db, ledger) = (scope.ServiceProvider.GetRequiredService<BillingDbContext>(), scope.ServiceProvider.GetRequiredService<Ledger>());
        await using var transaction = await db.Database.BeginTransactionAsync();
        var accounts = await ledger.OpenAsync(default, AccountKey.Clearing, AccountKey.PayableTo(translator));
        var now = TimeProvider.System.GetUtcNow();
        ledger.Post(Domain.Entry.Of(
            EntryKind.Payout, Jobs.NewId(), null, null, new Cause("test", null, "Paid out", now), now,
            (accounts[AccountKey.PayableTo(translator)], -cents), (accounts[AccountKey.Clearing], cents)));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    /// <summary>Adds up what a counter of the bench counts while it is looked at; others may count as well.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly System.Collections.Concurrent.ConcurrentBag<(string? Tag, long Value)> _seen = [];
        private readonly MeterListener _listener = new();

        public Counted(IMeterFactory meters, string instrument)
        {
            _listener.InstrumentPublished = (found, listener) =>
            {
                if (found.Name == instrument && ReferenceEquals(found.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(found);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) => _seen.Add((tags.Length > 0 ? (string?)tags[0].Value : null, value)));
            _listener.Start();
        }

        public long Of(string? tag) => _seen.Where(s => s.Tag == tag).Sum(s => s.Value);

        public void Dispose() => _listener.Dispose();
    }
}

/// <summary>The one way to the ledger.</summary>
public sealed class Accounts_that_are_opened(SharedApp shared) : IAsyncLifetime
{
    private LedgerBench _bench = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _bench = await LedgerBench.OnAsync(shared.Servers);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task are_made_once_if_they_are_missing_and_found_otherwise()
    {
        var (merchant, stranger) = (await _bench.MerchantWithAsync(70), await _bench.MerchantWithAsync(71));
        await using var scope = _bench.Services.CreateAsyncScope();
        var (db, ledger) = Of(scope);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        // One that is there, one that is not, and the platform's own.
        var accounts = await ledger.OpenAsync(Cancelled, AccountKey.BalanceOf(merchant), AccountKey.ReservedOf(merchant), AccountKey.PayableTo(stranger), AccountKey.Revenue);
        accounts[AccountKey.BalanceOf(merchant)].Key.ShouldBe(AccountKey.BalanceOf(merchant));
        accounts[AccountKey.PayableTo(stranger)].Key.ShouldBe(AccountKey.PayableTo(stranger));
        accounts[AccountKey.Revenue].Key.ShouldBe(AccountKey.Revenue);
        (accounts.Balance(AccountKey.BalanceOf(merchant)), accounts.Balance(AccountKey.ReservedOf(merchant)), accounts.Balance(AccountKey.PayableTo(stranger))).ShouldBe((70, 0, 0));
        Should.Throw<KeyNotFoundException>(() => accounts[AccountKey.BalanceOf(stranger)]);
        var again = await ledger.OpenAsync(Cancelled, AccountKey.ReservedOf(merchant));
        again[AccountKey.ReservedOf(merchant)].Id.ShouldBe(accounts[AccountKey.ReservedOf(merchant)].Id);
        await transaction.CommitAsync(Cancelled);
        (await _bench.RowsAsync("SELECT kind, currency FROM accounts WHERE owner_id = $1 ORDER BY kind", merchant)).ShouldBe(["(merchant_balance,EUR)", "(merchant_reserved,EUR)"]);
    }

    [Fact]
    public async Task side_by_side_for_the_first_time_are_the_same_ones()
    {
        var merchant = Jobs.NewId();
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var scope = _bench.Services.CreateAsyncScope();
            var (db, ledger) = Of(scope);
            await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
            var accounts = await ledger.OpenAsync(Cancelled, AccountKey.BalanceOf(merchant), AccountKey.ReservedOf(merchant));
            await transaction.CommitAsync(Cancelled);
            return accounts[AccountKey.BalanceOf(merchant)].Id;
        })));
        ids.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task have_what_is_on_them_and_what_their_limit_adds()
    {
        var merchant = await _bench.MerchantWithAsync(286);
        (await AvailableAsync(merchant)).ShouldBe(286);
        await _bench.LimitAsync(merchant, 500);
        (await AvailableAsync(merchant)).ShouldBe(786);
    }

    /// <summary>Whoever looks at a balance that another decides on waits, and sees what it became.</summary>
    [Fact]
    public async Task are_held_until_what_was_decided_is_posted()
    {
        var merchant = await _bench.MerchantWithAsync(286);
        await using var first = _bench.Services.CreateAsyncScope();
        await using var second = _bench.Services.CreateAsyncScope();
        var (db, ledger) = Of(first);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        var accounts = await ledger.OpenAsync(Cancelled, AccountKey.BalanceOf(merchant), AccountKey.ReservedOf(merchant));
        var (waiter, process) = await WaiterAsync(second, merchant);
        await Eventually.Within(
            MessageTap.Soon,
            async () => waiter.IsCompleted || (await _bench.RowsAsync("SELECT cardinality(pg_blocking_pids($1))", process)).Single() != "(0)",
            "The second one has looked at the balance, or waits for it");

        var now = TimeProvider.System.GetUtcNow();
        ledger.Post(Entry.Of(
            EntryKind.Opening, Jobs.NewId(), null, merchant, new Cause("test", null, "Set aside", now), now,
            (accounts[AccountKey.BalanceOf(merchant)], -200), (accounts[AccountKey.ReservedOf(merchant)], 200)));
        await db.SaveChangesAsync(Cancelled);
        await transaction.CommitAsync(Cancelled);
        (await waiter).ShouldBe(86);
    }

    private async Task<long> AvailableAsync(Guid merchant)
    {
        await using var scope = _bench.Services.CreateAsyncScope();
        var (db, ledger) = Of(scope);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        return (await ledger.OpenAsync(Cancelled, AccountKey.BalanceOf(merchant))).Available(AccountKey.BalanceOf(merchant));
    }

    /// <summary>What is available to somebody else, and the process in the database that asks.</summary>
    private static async Task<(Task<long> Available, int Process)> WaiterAsync(AsyncServiceScope scope, Guid merchant)
    {
        var (db, ledger) = Of(scope);
        var transaction = await db.Database.BeginTransactionAsync(Cancelled);
        var process = await db.Database.SqlQuery<int>($"""SELECT pg_backend_pid() AS "Value" """).SingleAsync(Cancelled);
        return (LookAsync(), process);

        async Task<long> LookAsync()
        {
            await using (transaction)
            {
                return (await ledger.OpenAsync(Cancelled, AccountKey.BalanceOf(merchant))).Available(AccountKey.BalanceOf(merchant));
            }
        }
    }

    private static (BillingDbContext Db, Ledger Ledger) Of(AsyncServiceScope scope) =>
        (scope.ServiceProvider.GetRequiredService<BillingDbContext>(), scope.ServiceProvider.GetRequiredService<Ledger>());
}
