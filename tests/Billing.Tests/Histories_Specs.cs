using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Tests;

/// <summary>
/// Random legal histories of many jobs, all their messages shuffled and some told twice: the ledger is true after every one of them, and in the
/// end every account holds what it would hold had they come in order.
/// </summary>
public sealed class Any_history_of_jobs(SharedApp shared)
{
    private const long Opening = 1_000_000;

    private readonly BillingApp _app = shared.App;

    [Theory]
    [InlineData(20261124)]
    [InlineData(4711)]
    [InlineData(7)]
    [InlineData(93)]
    public async Task in_any_order_keeps_the_ledger_true_at_every_step(int seed)
    {
        var chance = new Random(seed);
        var (rich, poor) = (await _app.MerchantWithAsync(Opening), await _app.MerchantWithAsync(2500));
        var translators = Enumerable.Range(0, 3).Select(_ => Jobs.NewId()).ToArray();
        var histories = Enumerable.Range(0, 30).Select(i => History.Random(chance, i % 5 == 0 ? poor : rich, translators)).ToList();
        var messages = histories.SelectMany(h => h.Messages).ToList();
        messages.AddRange(messages.Where(_ => chance.Next(4) == 0).ToList());
        var shuffled = messages.ToArray();
        chance.Shuffle(shuffled);

        var jobs = histories.Select(h => h.Placed.JobId).ToArray();
        foreach (var message in shuffled)
        {
            await _app.ConsumeAsync(message);
            (await _app.ReconcileAsync()).Count.ShouldBe(0, $"after {message.GetType().Name}");
            (await FaultsAsync(jobs)).ShouldBe(0, $"after {message.GetType().Name}");
        }

        var ofRich = histories.Where(h => h.Placed.MerchantId == rich).ToList();
        var (available, reserved) = await _app.BalanceAsync(rich);
        reserved.ShouldBe(ofRich.Sum(h => h.StillReserved));
        available.ShouldBe(Opening - reserved - ofRich.Sum(h => h.GrossKept));
        foreach (var history in ofRich)
        {
            (await _app.ScalarAsync<long>("SELECT coalesce(sum(net_cents), 0)::bigint FROM invoice_lines WHERE job_id = $1", history.Placed.JobId))
                .ShouldBe(history.NetKept, history.ToString());
            (await EarnedAsync(history.Placed.JobId)).ShouldBe(history.Earned, history.ToString());
        }
    }

    private Task<long> EarnedAsync(Guid job) => _app.ScalarAsync<long>(
        """
        SELECT coalesce(sum(p.amount_cents), 0)::bigint FROM entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
        WHERE e.job_id = $1 AND a.kind = 'translator_payable'
        """, job);

    /// <summary>
    /// Jobs of which less than nothing is reserved, or more was charged than was reserved, or whose invoice lines are not charges minus credits, or
    /// whose net is not shared out.
    /// </summary>
    private Task<long> FaultsAsync(Guid[] jobs) => _app.ScalarAsync<long>(
        """
        SELECT count(*) FROM (
            SELECT e.job_id,
                coalesce(sum(p.amount_cents) FILTER (WHERE a.kind = 'merchant_reserved'), 0) AS reserved_now,
                coalesce(sum(p.amount_cents) FILTER (WHERE a.kind = 'merchant_reserved' AND e.kind = 'reservation'), 0) AS reserved,
                coalesce(-sum(p.amount_cents) FILTER (WHERE a.kind = 'merchant_reserved' AND e.kind = 'charge'), 0) AS captured,
                coalesce(sum(p.amount_cents) FILTER (WHERE a.kind = 'revenue' AND e.kind IN ('charge', 'credit')), 0) AS net,
                coalesce(sum(p.amount_cents) FILTER (WHERE a.kind = 'revenue'), 0) AS not_shared
            FROM entries e JOIN postings p ON p.entry_id = e.id JOIN accounts a ON a.id = p.account_id
            WHERE e.job_id = ANY ($1) GROUP BY e.job_id) j
        LEFT JOIN (SELECT job_id, sum(net_cents) AS net FROM invoice_lines GROUP BY job_id) l USING (job_id)
        WHERE reserved_now < 0 OR captured > reserved OR not_shared <> 0 OR j.net <> coalesce(l.net, 0)
        """, jobs);

    /// <summary>What happened to a job, and what must have come of it.</summary>
    private sealed record History(JobPlaced Placed, IReadOnlyList<object> Messages, long StillReserved, long NetKept, long GrossKept, long Earned, string How)
    {
        public static History Random(Random chance, Guid merchant, Guid[] translators)
        {
            var country = chance.Next(3) == 0 ? "AT" : "DE";
            var (most, lines, minutes, minimum) = (chance.Next(1, 12), chance.Next(1, 15), chance.Next(0, 15), chance.Next(0, 3));
            var placed = chance.Next(4) switch
            {
                0 => Jobs.Placed(merchant, chance.Next(1, 900), (Urgency)chance.Next(3), country: country),
                1 => Jobs.Ordered(merchant, JobOrder.Summary(Jobs.Pair, LineCount.Restore(chance.Next(1, 900)), Urgency.Express, chance.Next(2) == 0), country: country),
                2 => Jobs.Formulation(merchant, most, minimum, country),
                _ => Jobs.Ordered(merchant, JobOrder.Call(Jobs.Pair, most, Urgency.Standard), country: country),
            };
            var (translator, reached) = (translators[chance.Next(translators.Length)], chance.Next(2) == 0);
            List<object> messages = [placed];
            long raise = 0;
            for (var version = 2; version < 2 + chance.Next(3); version++)
            {
                messages.Add(Jobs.Escalated(placed, raise += chance.Next(0, 2) * 35, version));
            }

            var call = placed.Facts.Kind == "call" ? new CallFacts(reached ? CallOutcome.Reached : CallOutcome.Voicemail, minutes, 2) : null;
            var ending = chance.Next(8);
            messages.AddRange(ending switch
            {
                0 => [],
                1 => [Jobs.Cancelled(placed)],
                2 => [Jobs.Expired(placed)],
                3 => [Jobs.Refunded(placed)],
                4 => [Jobs.Cancelled(placed, translator)],
                5 => [Jobs.Accepted(placed, translator, lines, call)],
                6 => [Jobs.Accepted(placed, translator, lines, call), Jobs.Credited(placed, translator, byRuling: false)],
                _ => (object[])[Jobs.Accepted(placed, translator, lines, call), Jobs.Credited(placed, translator, byRuling: true)],
            });

            var done = placed.Facts.Kind switch
            {
                "formulation" => 120 * Math.Max(Math.Min(lines, most), minimum),
                "call" => 120 * (4 + (reached ? Math.Min(minutes, most) : 0)),
                _ => placed.Price.NetCents,
            };
            var (net, fee, raised) = ending switch
            {
                4 => (Half(placed.Price.NetCents), Half(placed.Price.TranslatorFeeCents), Half(raise)),
                >= 5 => (done, Round(done * 0.7m), raise),
                _ => (0L, 0L, 0L),
            };
            var gross = net + (country == "DE" ? Round(net * 0.19m) : 0);
            var credited = ending >= 6;
            return new History(
                placed, messages, ending == 0 ? Jobs.Gross(placed) : 0, credited ? 0 : net, credited ? 0 : gross, ending == 7 ? 0 : fee + raised,
                $"{placed.Facts.Kind}, ending {ending}");
        }

        public override string ToString() => How;

        private static long Half(long cents) => (cents + 1) / 2;

        private static long Round(decimal cents) => (long)decimal.Round(cents, 0, MidpointRounding.AwayFromZero);
    }
}
