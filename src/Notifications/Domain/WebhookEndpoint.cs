using Zweizeiler.Contracts;

namespace Zweizeiler.Notifications.Domain;

/// <summary>Where a merchant wants her events sent.</summary>
public sealed class WebhookEndpoint
{
    public const int MaxPerMerchant = 20;

    /// <summary>After so long without a success its merchant is warned.</summary>
    public static readonly TimeSpan WarnedAfter = TimeSpan.FromDays(1);

    /// <summary>After so long without a success nothing more is sent there.</summary>
    public static readonly TimeSpan SwitchedOffAfter = TimeSpan.FromDays(5);

    /// <summary>
    /// After so long without any attempt nobody knows how an endpoint does, and its days of failing begin anew. Longer than the longest wait between two
    /// attempts of a delivery.
    /// </summary>
    public static readonly TimeSpan Silence = TimeSpan.FromDays(2);

    /// <summary>How exactly <see cref="FailedAt"/> is kept.</summary>
    public static readonly TimeSpan FailureNoted = TimeSpan.FromMinutes(10);

    /// <summary>How long the secret before the newest one signs too.</summary>
    public static readonly TimeSpan RotationTakes = TimeSpan.FromHours(24);

    public required Guid Id { get; init; }

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    public required string Url { get; set; }

    /// <summary>Event types to be sent; empty for all.</summary>
    public required List<string> Types { get; set; }

    /// <summary>The signing secret, sealed; it must be readable to sign and is shown once.</summary>
    public required SealedText Secret { get; set; }

    public required WrappedDataKey SecretKey { get; set; }

    public SealedText? PreviousSecret { get; private set; }

    public WrappedDataKey? PreviousSecretKey { get; private set; }

    public DateTimeOffset? PreviousUntil { get; private set; }

    public EndpointState State { get; private set; }

    /// <summary>Why it is off: <c>gone</c> (it answered 410) or <c>failing</c>.</summary>
    public string? OffReason { get; private set; }

    /// <summary>Since when no attempt has succeeded; null if the last one did.</summary>
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>When an attempt failed last, roughly.</summary>
    public DateTimeOffset? FailedAt { get; private set; }

    public DateTimeOffset? WarnedAt { get; private set; }

    public int Version { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public bool Wants(string type) => Types.Count == 0 || Types.Contains(type);

    public void Changed(DateTimeOffset now) => (Version, UpdatedAt) = (Version + 1, now);

    /// <summary>Nothing is sent until it is resumed; what happens meanwhile is kept for it.</summary>
    public void Pause(DateTimeOffset now)
    {
        if (State == EndpointState.Enabled)
        {
            State = EndpointState.Paused;
            Changed(now);
        }
    }

    public void Resume(DateTimeOffset now)
    {
        if (State != EndpointState.Enabled)
        {
            (State, OffReason, FailingSince, WarnedAt) = (EndpointState.Enabled, null, null, null);
            Changed(now);
        }
    }

    /// <summary>A new secret; the one before signs too for a while, so that receivers can change over without losing anything.</summary>
    public void Rotate(SealedText secret, WrappedDataKey key, DateTimeOffset now)
    {
        (PreviousSecret, PreviousSecretKey, PreviousUntil) = (Secret, SecretKey, now + RotationTakes);
        (Secret, SecretKey) = (secret, key);
        Changed(now);
    }
}

public enum EndpointState
{
    Enabled,
    Paused,

    /// <summary>By us, because it failed for days or said that it is gone.</summary>
    Off,
}
