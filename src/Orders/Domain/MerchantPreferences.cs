using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Domain;

/// <summary>What a merchant wants of every job unless it says otherwise; one for each mode.</summary>
public sealed class MerchantPreferences
{
    public const int ShortestRetention = 7;
    public const int LongestRetention = 3650;
    public const int UsualRetention = 365;

    /// <summary>So many translators can be preferred, and as many blocked.</summary>
    public const int MostTranslators = 100;

    public required Guid MerchantId { get; init; }

    public required string Mode { get; init; }

    /// <summary>The default brief, sealed.</summary>
    public SealedText? Brief { get; set; }

    /// <summary>After so many days texts are erased.</summary>
    public int RetentionDays { get; set; } = UsualRetention;

    public IReadOnlyList<Guid> PreferredTranslators { get; set; } = [];

    public IReadOnlyList<Guid> BlockedTranslators { get; set; } = [];

    /// <summary>Which glossary a job of a pair gets that names none; by pair, for example <c>de-fr</c>.</summary>
    public IReadOnlyDictionary<string, Guid> Glossaries { get; set; } = new Dictionary<string, Guid>();

    /// <summary>0 for what was never saved.</summary>
    public int Version { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public void Changed(DateTimeOffset now)
    {
        Version++;
        UpdatedAt = now;
    }
}
