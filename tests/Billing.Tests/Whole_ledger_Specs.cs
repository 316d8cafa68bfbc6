using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Billing.Features.Payouts;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Tests;

/// <summary>
/// Everything that may happen to money, in random legal orders: jobs, transfers that name somebody or nobody, limits, corrections, month-ends, payouts and
/// their return. After every step the ledger is added up anew and compared with the tables that tell what happened.
/// </summary>
[Collection("Months")]
public sealed class The_whole_ledger(SharedApp shared)
{
    private static readonly Gen<Step> AnyStep =
        from what in Gen.Frequency(
            (14, Gen.Constant(Kind.Place)), (13, Gen.Constant(Kind.End)), (2, Gen.Constant(Kind.Raise)), (3, Gen.Constant(Kind.Credit)), (3, Gen.Constant(Kind.TopUp)),
            (2, Gen.Constant(Kind.Stray)), (2, Gen.Constant(Kind.Settle)), (1, Gen.Constant(Kind.Limit)), (2, Gen.Constant(Kind.Correct)), (2, Gen.Constant(Kind.Month)),
            (2, Gen.Constant(Kind.PayInvoice)), (2, Gen.Constant(Kind.PayOut)), (1, Gen.Constant(Kind.ReturnPayout)))
        from a in Gen.Choose(0, 999)
        from b in Gen.Choose(1, 4000)
        select new Step(what, a, b);

    private enum Kind
    {
        Place,
        End,
        Raise,
        Credit,
        TopUp,
        Stray,
        Settle,
        Limit,
        Correct,
        Month,
        PayInvoice,
        PayOut,
        ReturnPayout,
    }

    [Fact]
    public async Task is_true_after_every_step_of_any_legal_history()
    {
        await using var app = await BillingApp.StartAsync(shared.Servers);
        var (steps, refused) = (0, 0);
        Prop.ForAll(AnyStep.ArrayOf(60).ToArbitrary(), history =>
        {
            var world = Task.Run(() => World.RunAsync(app, history)).GetAwaiter().GetResult();
            steps += world.Done.Count;
            refused += world.Done.Count(d => d is "declined" or "refused");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

        // A property over nothing would hold as well.
        steps.ShouldBe(6 * 65);
        refused.ShouldBeGreaterThan(0, "some of it must meet a floor");
        foreach (var kind in (string[])["reservation", "charge", "release", "earning", "fee_raise", "credit", "credit_share", "payment", "assignment", "payment_return", "invoice_rounding", "statement_tax", "payout", "payout_return", "correction"])
        {
            (await app.ScalarAsync<long>("SELECT count(*) FROM entries WHERE kind = $1", kind)).ShouldBeGreaterThan(0, kind);
        }
    }

    /// <summary>One step; what it is done to is picked by <paramref name="A"/> out of what there is, <paramref name="B"/> are cents or a choice.</summary>
    private sealed record Step(Kind What, int A, int B);

    private sealed class World(BillingApp app)
    {
        private static int _month;
        private static int _week;

        private readonly List<Guid> _merchants = [];
        private readonly List<Guid> _translators = [];
        private readonly List<(JobPlaced Job, Guid Translator)> _open = [];
        private readonly List<(JobPlaced Job, Guid Translator)> _charged = [];

        private readonly Dictionary<Guid, (int Version, long Cents)> _raised = [];

        public List<string> Done { get; } = [];

        public static async Task<World> RunAsync(BillingApp app, IEnumerable<Step> history)
        {
            var world = new World(app);
            world._merchants.Add(await app.RegisteredAsync(12_000));
            world._merchants.Add(await app.RegisteredAsync(3000));
            world._merchants.Add(await app.RegisteredAsync(4000, "AT", "ATU13585627"));
            world._translators.Add(await app.TranslatorAsync(Books.German()));
            world._translators.Add(await app.TranslatorAsync(Books.German("small_business")));
            // Two jobs whose taxes make a cent more than the tax on their sum are there in any case, and a month-end that must give it back.
            Step[] before = [new(Kind.Place, 0, 492), new(Kind.Place, 0, 492), new(Kind.End, 0, 3), new(Kind.End, 0, 3)];
            foreach (var step in (Step[])[.. before, .. history, new Step(Kind.Month, 0, 0)])
            {
                world.Done.Add(await world.DoAsync(step));
                await world.AssertTrueAsync($"after {string.Join(", ", world.Done)}");
            }

            return world;
        }

        private static T? Pick<T>(List<T> of, int a) => of.Count == 0 ? default : of[a % of.Count];

        private async Task<string> DoAsync(Step step)
        {
            var (merchant, translator) = (Pick(_merchants, step.A), Pick(_translators, step.B));
            switch (step.What)
            {
                case Kind.Place:
                    var country = merchant == _merchants[2] ? "AT" : "DE";
                    var job = (step.B % 3) switch
                    {
                        0 => Jobs.Placed(merchant, (step.B % 400) + 1, country: country),
                        1 => Jobs.Formulation(merchant, (step.B % 9) + 1, country: country),
                        _ => Jobs.Ordered(merchant, JobOrder.Call(Jobs.Pair, (step.B % 9) + 1, Urgency.Express), country: country),
                    };
                    if ((await app.ConsumeAsync(job)).OfType<JobFundingDeclined>().Any())
                    {
                        return "declined";
                    }

                    _open.Add((job, translator));
                    return "placed";

                case Kind.End when Pick(_open, step.A) is ({ } ending, var worker):
                    _open.Remove((ending, worker));
                    switch (step.B % 6)
                    {
                        case 0:
                            await app.ConsumeAsync(Jobs.Cancelled(ending));
                            return "cancelled";
                        case 1:
                            await app.ConsumeAsync(Jobs.Expired(ending));
                            return "expired";
                        case 2:
                            await app.ConsumeAsync(Jobs.Cancelled(ending, worker) with { CancelledAt = Books.Within });
                            break;
                        default:
                            var call = ending.Facts.Kind == "call" ? new CallFacts(step.B % 2 == 0 ? CallOutcome.Reached : CallOutcome.Voicemail, step.B % 12, 2) : null;
                            await app.ConsumeAsync(Jobs.Accepted(ending, worker, (step.B % 12) + 1, call) with { AcceptedAt = Books.Within });
                            break;
                    }

                    _charged.Add((ending, worker));
                    return "charged";

                case Kind.Raise when Pick(_open, step.A) is ({ } late, _):
                    // Each step of a job's escalation tells the whole raise, and never a smaller one.
                    var (version, raise) = _raised.GetValueOrDefault(late.JobId, (1, 0));
                    _raised[late.JobId] = (version + 1, raise + (step.B % 100));
                    await app.ConsumeAsync(Jobs.Escalated(late, raise + (step.B % 100), version + 1));
                    return "raised";

                case Kind.Credit when Pick(_charged, step.A) is ({ } complained, var writer):
                    _charged.Remove((complained, writer));
                    await app.ConsumeAsync(Jobs.Credited(complained, writer, byRuling: step.B % 2 == 0) with { CreditedAt = Books.Within });
                    return "credited";

                case Kind.TopUp:
                    var own = (string)JsonNode.Parse(await app.As(merchant).GetStringAsync("/v1/balance"))!["topUp"]!["reference"]!;
                    return await TransferAsync(new Transfer(step.B, own, BankReference: NewReference()), "topped up");

                case Kind.Stray:
                    return await TransferAsync(new Transfer(step.B, Free: "Rechnung?", BankReference: NewReference()), "stray");

                case Kind.Settle when await OneAsync<Guid>("SELECT id FROM payments WHERE state = 'unmatched' ORDER BY id LIMIT 1") is [var payment]:
                    var path = $"/operations/payments/{ServiceDefaults.PublicId.Format("pay", payment)}";
                    var number = await app.ScalarAsync<long>("SELECT customer_number + 10000 FROM merchants WHERE id = $1", merchant);
                    return await SentAsync(step.B % 2 == 0
                        ? app.AsOperator().PostAsJsonAsync($"{path}/return", new { reason = "Nobody knows them" })
                        : app.AsOperator().PostAsJsonAsync($"{path}/assign", new { customerNumber = $"{number}", reason = "She said so" }));

                case Kind.Limit:
                    return await SentAsync(app.AsOperator().PutAsJsonAsync($"/operations/merchants/{merchant}/credit-limit", new { cents = step.B, reason = "As agreed" }));

                case Kind.Correct:
                    var cents = step.B % 2 == 0 ? step.B : -step.B;
                    var against = (step.A % 3) switch { 0 => "platform_share", 1 => "unassigned", _ => "clearing" };
                    return await SentAsync(app.AsOperator().PutAsJsonAsync($"/operations/corrections/{Jobs.NewId()}", step.A % 2 == 0
                        ? (object)new { merchantId = merchant, cents, against, reason = "Was wrong before" }
                        : new { translatorId = translator, cents, against, reason = "Was wrong before" }));

                case Kind.Month:
                    await app.RunMonthAsync(Books.Month.AddMonths(Interlocked.Increment(ref _month)));
                    return "month run";

                case Kind.PayInvoice when await OneAsync<string>(
                        "SELECT payment_reference || ' ' || open_cents FROM invoices WHERE merchant_id = $1 AND kind = 'invoice' AND state = 'issued' AND open_cents > 0 ORDER BY number LIMIT 1", merchant) is [var due]:
                    return await TransferAsync(new Transfer(long.Parse(due.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), due.Split(' ')[0], BankReference: NewReference()), "invoice paid");

                case Kind.PayOut:
                    await using (var scope = app.Services.CreateAsyncScope())
                    {
                        await scope.ServiceProvider.GetRequiredService<MakePayouts>().NextAsync(new DateOnly(2030, 1, 7).AddDays(7 * Interlocked.Increment(ref _week)), CancellationToken.None);
                    }

                    return "paid out";

                case Kind.ReturnPayout when await OneAsync<string>("SELECT end_to_end_id || ' ' || cents FROM payouts WHERE translator_id = $1 AND state = 'sent' ORDER BY id DESC LIMIT 1", translator) is [var back]:
                    await TransferAsync(new Transfer(
                        long.Parse(back.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture), EndToEnd: back.Split(' ')[0], ReturnReason: "AC04", BankReference: NewReference()), "");
                    await app.ConsumeAsync(app.Given(translator, Books.German(), version: 1 + Done.Count));
                    return "payout returned";

                default:
                    // There is nothing to do it to yet.
                    goto case Kind.Place;
            }
        }

        private static string NewReference() => Jobs.NewId().ToString("N");

        private async Task<string> TransferAsync(Transfer transfer, string done)
        {
            (await app.ImportAsync(Books.Camt(transfer))).Status.ShouldBe(HttpStatusCode.OK);
            return done;
        }

        private static async Task<string> SentAsync(Task<HttpResponseMessage> request)
        {
            using var answer = await request;
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.NoContent, HttpStatusCode.UnprocessableEntity);
            return answer.StatusCode == HttpStatusCode.NoContent ? "done" : "refused";
        }

        private async Task<T[]> OneAsync<T>(string sql, params object[] values)
        {
            await using var source = Npgsql.NpgsqlDataSource.Create(app.Database);
            await using var command = source.CreateCommand(sql);
            foreach (var value in values)
            {
                command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = value });
            }

            return await command.ExecuteScalarAsync() is T found ? [found] : [];
        }

        private async Task AssertTrueAsync(string when)
        {
            (await app.ReconcileAsync()).Count.ShouldBe(0, when);
            foreach (var (what, sql) in Truths)
            {
                (await app.ScalarAsync<long>(sql)).ShouldBe(0, $"{what}, {when}");
            }
        }

        private const string Of = "SELECT coalesce(sum(p.amount_cents), 0) FROM postings p JOIN accounts a ON a.id = p.account_id JOIN entries e ON e.id = p.entry_id WHERE ";

        /// <summary>Each is zero as long as it holds.</summary>
        private static readonly (string What, string Sql)[] Truths =
        [
            ("all postings make zero", $"SELECT ({Of} true)::bigint"),
            ("no reservation is negative", "SELECT count(*) FROM balances b JOIN accounts a ON a.id = b.account_id WHERE a.kind = 'merchant_reserved' AND balance_cents < 0"),
            ("nobody is below her limit",
                """
                SELECT count(*) FROM balances b JOIN accounts a ON a.id = b.account_id
                LEFT JOIN LATERAL (SELECT limit_cents FROM credit_limits l WHERE l.account_id = a.id ORDER BY set_at DESC, id DESC LIMIT 1) l ON true
                WHERE a.kind = 'merchant_balance' AND balance_cents < -coalesce(limit_cents, 0)
                """),
            ("of no job is more captured than reserved, and its lines are what it was charged and credited",
                """
                SELECT count(*) FROM (
                    SELECT e.job_id,
                        coalesce(sum(p.amount_cents) FILTER (WHERE a.kind = 'merchant_reserved'), 0) AS left_over,
                        coalesce(sum(p.amount_cents) FILTER (WHERE a.kind = 'merchant_reserved' AND e.kind = 'reservation'), 0) AS reserved,
                        coalesce(-sum(p.amount_cents) FILTER (WHERE a.kind = 'merchant_reserved' AND e.kind = 'charge'), 0) AS captured,
                        coalesce(sum(p.amount_cents) FILTER (WHERE a.kind = 'revenue' AND e.kind IN ('charge', 'credit')), 0) AS net,
                        coalesce(sum(p.amount_cents) FILTER (WHERE a.kind = 'revenue'), 0) AS not_shared
                    FROM entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
                    WHERE e.job_id IS NOT NULL GROUP BY e.job_id) j
                LEFT JOIN (SELECT job_id, sum(net_cents) AS net FROM invoice_lines GROUP BY job_id) l USING (job_id)
                WHERE left_over < 0 OR captured > reserved OR not_shared <> 0 OR j.net <> coalesce(l.net, 0)
                """),
            ("of a job that has ended nothing is set aside, and of one that has not all of it",
                """
                SELECT count(*) FROM jobs j LEFT JOIN LATERAL (
                    SELECT sum(p.amount_cents) AS cents FROM entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
                    WHERE e.job_id = j.id AND a.kind = 'merchant_reserved') r ON true
                WHERE j.mode = 'live' AND coalesce(r.cents, 0) <> CASE j.state WHEN 'funded' THEN j.reserved_cents ELSE 0 END
                """),
            ("an invoice is the sum of its lines",
                """
                SELECT count(*) FROM invoices i WHERE i.state <> 'voided'
                AND i.net_cents <> (SELECT abs(sum(l.net_cents)) FROM paper_lines p JOIN invoice_lines l ON l.id = p.line_id WHERE p.paper_id = i.id)
                """),
            ("the tax owed is that of the papers, and of the lines that stand on none yet",
                $"""
                SELECT (({Of} a.kind = 'tax')
                    - (SELECT coalesce(sum(CASE WHEN kind = 'invoice' THEN tax_cents ELSE -tax_cents END), 0) FROM invoices WHERE state <> 'voided')
                    - (SELECT coalesce(sum(sign(net_cents) * round(abs(net_cents) * tax_rate / 100)) FILTER (WHERE tax_category = 'S'), 0)
                        FROM invoice_lines WHERE invoice_id IS NULL))::bigint
                """),
            ("what is owed to translators is what they earned, its tax and corrections, less what was paid",
                $"""
                SELECT (({Of} a.kind = 'translator_payable')
                    - (SELECT coalesce(sum(cents), 0) FROM earning_lines)
                    - (SELECT coalesce(sum(tax_cents), 0) FROM statements)
                    - ({Of} a.kind = 'translator_payable' AND e.kind = 'correction')
                    + (SELECT coalesce(sum(cents), 0) FROM payouts WHERE state <> 'returned'))::bigint
                """),
            ("the bank has what came in and has not gone out",
                $"""
                SELECT (({Of} a.kind = 'clearing' AND e.kind NOT IN ('correction', 'opening'))
                    + (SELECT coalesce(sum(cents), 0) FROM payments WHERE state <> 'returned')
                    - (SELECT coalesce(sum(cents), 0) FROM payouts WHERE state <> 'returned'))::bigint
                """),
            ("what is nobody's is what names nobody",
                $"""
                SELECT (({Of} a.kind = 'unassigned' AND e.kind <> 'correction')
                    - (SELECT coalesce(sum(cents), 0) FROM payments WHERE state = 'unmatched'))::bigint
                """),
            ("nobody owes more on invoices than her account is below zero",
                """
                SELECT count(*) FROM (SELECT merchant_id, sum(open_cents) AS open_cents FROM invoices GROUP BY merchant_id) i
                JOIN LATERAL (SELECT sum(balance_cents) AS cents FROM balances b JOIN accounts a ON a.id = b.account_id WHERE a.owner_id = i.merchant_id) b ON true
                WHERE open_cents > 0 AND b.cents > 0
                """),
        ];
    }
}
