namespace Zweizeiler.Marketplace.Domain;

public enum EscalationStep
{
    /// <summary>Offered to those too who have paused.</summary>
    Widen,

    /// <summary>The platform adds to the fee.</summary>
    Raise,

    /// <summary>Released and told: before the promise is broken, not after.</summary>
    Expire,
}

/// <summary>What is done for a job that nobody takes, as shares of the time from its offer to its promise.</summary>
public sealed record EscalationRules
{
    public const string Section = "Escalation";

    public double WidenAt { get; init; } = 0.5;

    public double RaiseAt { get; init; } = 0.75;

    public double ExpireAt { get; init; } = 0.95;

    /// <summary>The merchant has at least this long to help herself.</summary>
    public TimeSpan ExpireBefore { get; init; } = TimeSpan.FromMinutes(5);

    public int RaisePercent { get; init; } = 25;

    public EscalationRules Checked() =>
        WidenAt is >= 0 and <= 1 && RaiseAt >= WidenAt && ExpireAt >= RaiseAt && ExpireAt <= 1 && ExpireBefore >= TimeSpan.Zero && RaisePercent is >= 0 and <= 1000
            ? this
            : throw new InvalidOperationException($"{Section}: 0 ≤ WidenAt ≤ RaiseAt ≤ ExpireAt ≤ 1, ExpireBefore and RaisePercent not negative.");

    /// <summary>What is to be done next with a job on offer, and when. What is past its last moment is not widened first.</summary>
    public (EscalationStep Step, DateTimeOffset At) Next(Job job, DateTimeOffset now)
    {
        var from = job.ClockFrom ?? job.OfferedAt ?? job.PlacedAt;
        var span = job.DeliverBy - from;
        var expire = Latest(from, Earliest(from + (span * ExpireAt), job.DeliverBy - ExpireBefore));
        return (job.WidenedAt, job.RaiseCents) switch
        {
            _ when now >= expire => (EscalationStep.Expire, expire),
            (null, _) => (EscalationStep.Widen, Earliest(expire, from + (span * WidenAt))),
            (_, 0) when Raise(job.FeeCents) > 0 => (EscalationStep.Raise, Earliest(expire, from + (span * RaiseAt))),
            _ => (EscalationStep.Expire, expire),
        };
    }

    /// <summary>What is added to a fee, in cents, half a cent up.</summary>
    public long Raise(long feeCents) => ((feeCents * RaisePercent) + 50) / 100;

    private static DateTimeOffset Earliest(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
