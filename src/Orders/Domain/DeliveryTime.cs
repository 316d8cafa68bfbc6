namespace Zweizeiler.Orders.Domain;

/// <summary>How long a job's first delivery took. It names no merchant and no text: promises are computed from everybody's.</summary>
public sealed class DeliveryTime
{
    /// <summary>Older ones say nothing about now any more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public required Guid JobId { get; init; }

    public required string Kind { get; init; }

    public required string Urgency { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }

    /// <summary>Hour of the day, UTC, in which the job was placed.</summary>
    public required short Hour { get; init; }

    public required int Seconds { get; init; }

    public required DateTimeOffset DeliveredAt { get; init; }

    public static DeliveryTime Of(Job job, DateTimeOffset deliveredAt) => new()
    {
        JobId = job.Id,
        Kind = job.Kind,
        Urgency = job.Urgency,
        Source = job.Source,
        Target = job.Target,
        Hour = (short)job.CreatedAt.UtcDateTime.Hour,
        // The two times are of two machines, whose clocks may differ a little.
        Seconds = (int)Math.Clamp((deliveredAt - job.CreatedAt).TotalSeconds, 0, int.MaxValue),
        DeliveredAt = deliveredAt,
    };
}
