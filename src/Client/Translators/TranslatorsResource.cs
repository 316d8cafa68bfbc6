namespace Zweizeiler.Client;

/// <summary>The people who do the work, as merchants see them.</summary>
public sealed class TranslatorsResource
{
    private readonly ApiTransport _transport;

    internal TranslatorsResource(ApiTransport transport) => _transport = transport;

    /// <summary>What a translator says of herself, how merchants rate her, and how many jobs she has done for you.</summary>
    /// <param name="id"><c>trn_…</c>, as in <see cref="JobTranslator"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<TranslatorProfile> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetAsync($"v1/translators/{Uri.EscapeDataString(id)}", ApiJson.Default.TranslatorProfile, cancellationToken);
}

/// <summary>A translator's profile.</summary>
/// <param name="Id"><c>trn_…</c></param>
/// <param name="DisplayName">The name that merchants see.</param>
/// <param name="About">In her own words; empty if she has written nothing.</param>
/// <param name="NativeLanguages">Languages that she grew up with.</param>
/// <param name="WorkingLanguages">Other languages that she works in.</param>
/// <param name="Pairs">The directions in which she translates.</param>
/// <param name="Kinds">The kinds of job that she does, for example <c>translation</c>.</param>
/// <param name="Specialities">Trades and subjects that she knows.</param>
/// <param name="Rating">How merchants rate her.</param>
/// <param name="JobsForYou">How many of your jobs she has done that you accepted.</param>
public sealed record TranslatorProfile(
    string Id,
    string DisplayName,
    string About,
    IReadOnlyList<string> NativeLanguages,
    IReadOnlyList<string> WorkingLanguages,
    IReadOnlyList<TranslatorPair> Pairs,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Specialities,
    TranslatorRating Rating,
    int JobsForYou);

/// <summary>A direction of languages.</summary>
/// <param name="Source">ISO 639-1.</param>
/// <param name="Target">ISO 639-1.</param>
public sealed record TranslatorPair(string Source, string Target);

/// <summary>How merchants rate a translator.</summary>
/// <param name="Average">1 to 5; null until there are five ratings.</param>
/// <param name="Count">How many there are.</param>
public sealed record TranslatorRating(double? Average, int Count);
