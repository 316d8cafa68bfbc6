namespace Zweizeiler.Marketplace.Domain;

/// <summary>
/// How quickly one translator may try to take jobs: some at once, then one after another with time to read each. A person hardly meets the limit; a
/// script that takes whatever appears does.
/// </summary>
public sealed record ClaimPace
{
    public const string Section = "Claims";

    public const int Burst = 8;

    /// <summary>After so long one more try is free.</summary>
    public TimeSpan Refill { get; init; } = TimeSpan.FromSeconds(3);

    public ClaimPace Checked() => Refill > TimeSpan.Zero ? this : throw new InvalidOperationException($"{Section}: Refill longer than zero.");
}
