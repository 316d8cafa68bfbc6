using Zweizeiler.FaultInjection.Oracle;

namespace Zweizeiler.FaultInjection.Tests;

/// <summary>The oracle says yes to what is right, and no to each thing that can be wrong, under the name of the check that is broken.</summary>
public sealed class Oracle_Specs
{
    private static readonly Evidence Good = GoodRun.Evidence;

    public static TheoryData<string, string> Wrong
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (what, check, _) in Cases)
            {
                data.Add(what, check);
            }

            return data;
        }
    }

    private static IReadOnlyList<(string What, string Check, Evidence Evidence)> Cases =>
    [
        ("a job of an acknowledged order is missing", "acknowledged orders exist once", Good with { Jobs = [Good.Jobs[0]] }),
        ("an acknowledged order was carried out twice", "acknowledged orders exist once", Good with { Jobs = [.. Good.Jobs, Good.Jobs[0] with { Id = GoodRun.Message }] }),
        ("the answer names another job", "acknowledged orders exist once", Good with { Orders = [Good.Orders[0] with { Answers = [[GoodRun.Accepted, GoodRun.Message]] }] }),
        ("an order never got an answer", "no order stays unknown", Good with { Orders = [Good.Orders[0] with { Outcome = Outcome.Unknown, Answers = [] }] }),
        ("an order was refused and carried out", "refused orders leave nothing", Good with { Orders = [Good.Orders[0] with { Outcome = Outcome.Refused }] }),
        ("a repetition got other jobs", "a repeated key gets the first answer", Good with { Orders = [Good.Orders[0] with { Answers = [[GoodRun.Accepted, GoodRun.Cancelled], [GoodRun.Cancelled, GoodRun.Accepted]] }] }),
        ("an acknowledged claim never was", "what was acknowledged has happened", Good with { Deeds = [new Deed("claim", GoodRun.Cancelled, GoodRun.Claire)] }),
        ("of three acknowledged deliveries two are there", "what was acknowledged has happened", Good with { Deeds = [.. Enumerable.Repeat(new Deed("deliver", GoodRun.Accepted, GoodRun.Jonas), 3)] }),
        ("an acknowledged rejection was lost", "what was acknowledged has happened", Good with { Deeds = [new Deed("job.rejected", GoodRun.Accepted)] }),
        ("two hold one job", "at most one holder at any time", Good with { Holds = [Good.Holds[0], Good.Holds[2]] }),
        ("one holds a job by two claims", "at most one holder at any time", Good with { Holds = [Good.Holds[0], Good.Holds[2] with { TranslatorId = GoodRun.Claire }] }),
        ("a job is accepted while it is open", "only legal transitions", Changed(3, c => c with { State = "accepted" })),
        ("a job goes on after its end", "only legal transitions", Changed(10, c => c with { Type = "job.claimed" })),
        ("a job begins in the middle", "only legal transitions", Changed(0, c => c with { State = "open" })),
        ("the marketplace has not heard of a cancellation", "the services agree on each job", Good with { MarketplaceStates = new Dictionary<Guid, string> { [GoodRun.Accepted] = "accepted", [GoodRun.Cancelled] = "open" } }),
        ("the marketplace does not know a job", "the services agree on each job", Good with { MarketplaceStates = new Dictionary<Guid, string> { [GoodRun.Accepted] = "accepted" } }),
        ("a message was consumed twice", "each message has its effect once", Good with { Effects = [Good.Effects[0] with { Times = 2 }] }),
        ("an accepted job was not charged", "one charge and one earning a job", Without("charge")),
        ("an accepted job was charged twice", "one charge and one earning a job", With(new Booking(GoodRun.Accepted, "charge", 0))),
        ("an accepted job earned nothing", "one charge and one earning a job", Without("earning")),
        ("a cancelled job was charged and earned nothing", "one charge and one earning a job", With(new Booking(GoodRun.Cancelled, "charge", 0))),
        ("a refunded job was charged", "one charge and one earning a job", Good with { Jobs = [Good.Jobs[0] with { State = "refunded" }] }),
        ("an earning is not in the portal", "what is earned is shown", Good with { Earnings = [] }),
        ("the ledger made more than zero for a moment", "debits equal credits at every moment", Good with { Snapshots = [Good.Snapshots[0] with { TotalCents = 1 }] }),
        ("an entry did not balance for a moment", "debits equal credits at every moment", Good with { Snapshots = [Good.Snapshots[0] with { Unbalanced = 1 }] }),
        ("a running balance was wrong for a moment", "debits equal credits at every moment", Good with { Snapshots = [Good.Snapshots[0] with { WrongBalances = 1 }] }),
        ("a charge is on no invoice", "invoice lines equal charged jobs", Good with { Lines = [Good.Lines[0] with { InvoiceId = null }] }),
        ("a charge has no line", "invoice lines equal charged jobs", Good with { Lines = [] }),
        ("a charge has two lines", "invoice lines equal charged jobs", Good with { Lines = [Good.Lines[0], Good.Lines[0]] }),
        ("a line has no charge", "invoice lines equal charged jobs", Good with { Lines = [.. Good.Lines, new ChargeLine(GoodRun.Cancelled, GoodRun.Invoice)] }),
        ("a number was given and is on no paper", "numbers without gap", Good with { Series = [new Series("ZR", 2026, 2)] }),
        ("a number was given twice", "numbers without gap", Good with { Papers = [Good.Papers[0], Good.Papers[0]] }),
        ("a number has no paper", "each number has its paper", Good with { Papers = [Good.Papers[0] with { State = "numbered", Documents = 0 }] }),
        ("a paper has a line less than it says", "each number has its paper", Good with { Papers = [Good.Papers[0] with { LineCount = 2 }] }),
        ("a state change was not logged", "each state change is in the event log", Good with { Changes = [.. Good.Changes.Skip(1)] }),
        ("the log ends with another state", "each state change is in the event log", Good with { Jobs = [Good.Jobs[0] with { State = "disputed" }, Good.Jobs[1]] }),
        ("a webhook never came", "each state change reached the receiver", Good with { Webhooks = [.. Good.Webhooks.Skip(2)] }),
        ("an event came under two ids", "one webhook-id an event", Good with { Webhooks = [.. Good.Webhooks, Good.Webhooks[0] with { WebhookId = "evt_other" }] }),
        ("two events came under one id", "one webhook-id an event", Good with { Webhooks = [.. Good.Webhooks, Good.Webhooks[1] with { WebhookId = Good.Webhooks[0].WebhookId }] }),
        ("an event was told of a job that does not exist", "no event of what did not happen", Good with { Webhooks = [.. Good.Webhooks, new Heard("evt_x", GoodRun.Message, 1, "job.placed")] }),
        ("a step was told that was rolled back", "no event of what did not happen", Good with { Changes = [.. Good.Changes, new StateChange(GoodRun.Cancelled, 6, "job.claimed", "in_progress")] }),
        ("a message lies in an error queue", "outbox, inbox, queues empty or explained", Good with { Leftovers = [new Leftover("queue orders-job-funded_error", 1)] }),
        ("a text stands in a log", "no text in log, queue or trace", Good with { Searched = [new SearchedPlace("orders.log", 100, true)] }),
    ];

    [Fact]
    public void A_good_run_is_good()
    {
        var checks = Checks.All(Good);
        checks.ShouldAllBe(c => c.IsKept && c.Cases > 0);
        Verdict.IsGood(checks).ShouldBeTrue();
    }

    [Fact]
    public void A_wish_to_cancel_may_be_acknowledged_twice() => Checks.Deeds(Good with
    {
        Deeds = [new Deed("job.cancellation_requested", GoodRun.Cancelled), new Deed("job.cancellation_requested", GoodRun.Cancelled)],
    }).IsKept.ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_bad_one_is_seen(string what, string check)
    {
        var checks = Checks.All(Cases.Single(c => c.What == what).Evidence);
        checks.Single(c => c.Name == check).IsKept.ShouldBeFalse();
        Verdict.IsGood(checks).ShouldBeFalse();
        Verdict.Table(checks).ShouldContain($"\n{check}:");
    }

    [Fact]
    public void Every_check_has_a_case_that_breaks_it() =>
        Checks.All(Good).Select(c => c.Name).Except(Cases.Select(c => c.Check)).ShouldBeEmpty();

    [Fact]
    public void A_run_in_which_nothing_happened_shows_nothing() => Verdict.IsGood(Checks.All(new Evidence())).ShouldBeFalse();

    private static Evidence Changed(int which, Func<StateChange, StateChange> change) =>
        Good with { Changes = [.. Good.Changes.Select((c, n) => n == which ? change(c) : c)] };

    private static Evidence Without(string booking) => Good with { Bookings = [.. Good.Bookings.Where(b => b.Kind != booking)] };

    private static Evidence With(Booking booking) => Good with { Bookings = [.. Good.Bookings, booking] };
}
