using Zweizeiler.FaultInjection.Oracle;

namespace Zweizeiler.FaultInjection.Tests;

/// <summary>What is known after a run in which everything was right: two jobs of one order, one accepted and one cancelled, and an order that was refused.</summary>
internal static class GoodRun
{
    public static readonly Guid Accepted = new("0191e6f0-0000-7000-8000-000000000001");
    public static readonly Guid Cancelled = new("0191e6f0-0000-7000-8000-000000000002");
    public static readonly Guid Claire = new("0191e6f0-0000-7000-8000-000000000011");
    public static readonly Guid Jonas = new("0191e6f0-0000-7000-8000-000000000012");
    public static readonly Guid FirstClaim = new("0191e6f0-0000-7000-8000-000000000021");
    public static readonly Guid SecondClaim = new("0191e6f0-0000-7000-8000-000000000022");
    public static readonly Guid Invoice = new("0191e6f0-0000-7000-8000-000000000031");
    public static readonly Guid Message = new("0191e6f0-0000-7000-8000-000000000041");

    private static readonly (string Type, string State)[] LifeOfAccepted =
    [
        ("job.placed", "placed"), ("job.funded", "open"), ("job.open", "open"), ("job.claimed", "in_progress"), ("job.question", "on_hold"), ("job.answered", "in_progress"),
        ("job.delivered", "in_review"), ("job.revision_requested", "in_revision"), ("job.delivered", "in_review"), ("job.accepted", "accepted"), ("job.complaint", "accepted"),
    ];

    private static readonly (string Type, string State)[] LifeOfCancelled =
        [("job.placed", "placed"), ("job.funded", "open"), ("job.open", "open"), ("job.cancellation_requested", "open"), ("job.cancelled", "cancelled")];

    public static Evidence Evidence { get; } = new()
    {
        Orders =
        [
            new PlacedOrder("M1-1", ["M1-1-1", "M1-1-2"], Outcome.Acknowledged, [[Accepted, Cancelled], [Accepted, Cancelled]]),
            new PlacedOrder("M1-2", ["M1-2"], Outcome.Refused, []),
        ],
        Deeds = [new Deed("claim", Accepted, Claire), new Deed("claim", Accepted, Jonas), new Deed("deliver", Accepted, Jonas), new Deed("job.accepted", Accepted)],
        Jobs = [new StoredJob(Accepted, "M1-1-1", "accepted", LifeOfAccepted.Length), new StoredJob(Cancelled, "M1-1-2", "cancelled", LifeOfCancelled.Length)],
        MarketplaceStates = new Dictionary<Guid, string> { [Accepted] = "accepted", [Cancelled] = "cancelled" },
        Changes = [.. ChangesOf(Accepted, LifeOfAccepted), .. ChangesOf(Cancelled, LifeOfCancelled)],
        // The first came twice.
        Webhooks = [.. HeardOf(Accepted, LifeOfAccepted), HeardOf(Accepted, LifeOfAccepted).First(), .. HeardOf(Cancelled, LifeOfCancelled)],
        Holds = [new Hold(Accepted, Claire, FirstClaim, true), new Hold(Accepted, Claire, FirstClaim, false), new Hold(Accepted, Jonas, SecondClaim, true)],
        Deliveries = [(Accepted, Jonas), (Accepted, Jonas)],
        Bookings =
        [
            new Booking(null, "opening", 0), new Booking(Accepted, "reservation", 0), new Booking(Accepted, "charge", 0), new Booking(Accepted, "earning", 0),
            new Booking(Cancelled, "reservation", 0), new Booking(Cancelled, "release", 0),
        ],
        Earnings = [Accepted],
        Snapshots = [new LedgerSnapshot(DateTimeOffset.UnixEpoch, 6, 0, 0, 0)],
        Lines = [new ChargeLine(Accepted, Invoice)],
        Papers = [new Paper(Invoice, "ZR-2026-000001", "issued", 1, 2)],
        Series = [new Series("ZR", 2026, 1)],
        Effects = [new Effect("orders", Message, "JobFundedConsumer", 1)],
        Leftovers = [new Leftover("outbox of orders", 0), new Leftover("inbox of orders", 7, "remembered")],
        Searched = [new SearchedPlace("orders.log", 100, false)],
    };

    private static IEnumerable<StateChange> ChangesOf(Guid job, (string Type, string State)[] life) =>
        life.Select((step, n) => new StateChange(job, n + 1, step.Type, step.State));

    private static IEnumerable<Heard> HeardOf(Guid job, (string Type, string State)[] life) => life.Select((step, n) => new Heard($"evt_{job:N}_{n + 1}", job, n + 1, step.Type));
}
