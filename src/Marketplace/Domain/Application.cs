namespace Zweizeiler.Marketplace.Domain;

/// <summary>Somebody who would like to translate here without having been invited. An operator sees it once its address is confirmed.</summary>
public sealed class Application
{
    public const int LongestName = 120;
    public const int LongestWhy = 1500;
    public const int LongestWord = 500;
    public const int MostPairs = 6;

    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required string NormalizedEmail { get; init; }

    public required string Name { get; init; }

    /// <summary><c>de</c> or <c>en</c>.</summary>
    public required string Locale { get; init; }

    public required List<string> NativeLanguages { get; init; }

    /// <summary>As <c>de-fr</c>.</summary>
    public required List<string> Pairs { get; init; }

    /// <summary>See <see cref="JobKinds"/>.</summary>
    public required List<string> Kinds { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset AppliedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary><see cref="DeskAction.Accepted"/> or <see cref="DeskAction.Declined"/>.</summary>
    public string? Outcome { get; init; }

    /// <summary>What the operator wrote to her.</summary>
    public string? Word { get; init; }
}
