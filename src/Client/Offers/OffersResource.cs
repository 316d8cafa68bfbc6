namespace Zweizeiler.Client;

/// <summary>What is offered, at what price, and how long it takes now. Any key may ask.</summary>
public sealed class OffersResource
{
    private readonly ApiTransport _transport;

    internal OffersResource(ApiTransport transport) => _transport = transport;

    /// <summary>Which languages are translated into which.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<Language>> ListLanguagesAsync(CancellationToken cancellationToken = default) =>
        (await _transport.GetAsync("v1/languages", ApiJson.Default.PageLanguage, cancellationToken).ConfigureAwait(false)).Data;

    /// <summary>The price list in force; a job keeps the version that it was ordered with.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<PriceList> GetPriceListAsync(CancellationToken cancellationToken = default) =>
        _transport.GetAsync("v1/price-list", ApiJson.Default.PriceList, cancellationToken);

    /// <summary>How long jobs take now, from real deliveries.</summary>
    /// <param name="filter">Which jobs.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<DeliveryTime>> ListDeliveryTimesAsync(
        DeliveryTimeFilter? filter = null, CancellationToken cancellationToken = default) =>
        (await _transport.GetAsync(
            "v1/eta" + Query.Of(("source", filter?.Source), ("target", filter?.Target), ("kind", filter?.Kind), ("urgency", filter?.Urgency)),
            ApiJson.Default.PageDeliveryTime,
            cancellationToken).ConfigureAwait(false)).Data;
}

/// <summary>A language and what it is translated into.</summary>
/// <param name="Code">ISO 639-1.</param>
/// <param name="Name">Name in English.</param>
/// <param name="Targets">Languages that it is translated into.</param>
public sealed record Language(string Code, string Name, IReadOnlyList<string> Targets);

/// <summary>A price list. Amounts are cents, without tax.</summary>
/// <param name="Version">For example <c>2026-1</c>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="LineLength">Characters a line, spaces included.</param>
/// <param name="MinimumLines">Lines that a job, or the jobs of one pair and kind in one request, cost at least.</param>
/// <param name="Urgencies">How soon, at what factor.</param>
/// <param name="Rates">What a line costs.</param>
/// <param name="CallBaseLines">Line equivalents that a call costs for its attempts; each started minute costs one more.</param>
/// <param name="RepetitionShare">What an exact repetition costs, as a share of the rate; the minimum stays.</param>
/// <param name="CancellationShare">What a job costs that is cancelled after work began, as a share of its net price.</param>
/// <param name="Kinds">What a kind costs, as a share of the rate.</param>
public sealed record PriceList(
    string Version,
    string Currency,
    int LineLength,
    int MinimumLines,
    IReadOnlyList<PriceListUrgency> Urgencies,
    IReadOnlyList<PriceListRate> Rates,
    int? CallBaseLines = null,
    decimal? RepetitionShare = null,
    decimal? CancellationShare = null,
    IReadOnlyDictionary<string, decimal>? Kinds = null);

/// <summary>How soon, at what factor.</summary>
/// <param name="Name"><c>standard</c>, <c>express</c> or <c>night</c>.</param>
/// <param name="Factor">Factor on the net price.</param>
/// <param name="PromiseMinutes">Longest time to delivery.</param>
public sealed record PriceListUrgency(string Name, decimal Factor, int PromiseMinutes);

/// <summary>What a line costs from one language into another.</summary>
/// <param name="Source">Source language.</param>
/// <param name="Target">Target language.</param>
/// <param name="RatePerLine">Cents a line of a translation.</param>
/// <param name="RatesPerLine">Cents a line for each kind; of a call, for each line equivalent.</param>
public sealed record PriceListRate(string Source, string Target, int RatePerLine, IReadOnlyDictionary<string, int>? RatesPerLine = null);

/// <summary>Which delivery times a list shows; what is null does not matter.</summary>
/// <param name="Source">Only from this language.</param>
/// <param name="Target">Only into this language.</param>
/// <param name="Kind">One of <see cref="JobKind"/>; translation if null.</param>
/// <param name="Urgency">Standard if null.</param>
public sealed record DeliveryTimeFilter(string? Source = null, string? Target = null, string? Kind = null, string? Urgency = null);

/// <summary>How long a sort of job takes now.</summary>
/// <param name="Source">Source language.</param>
/// <param name="Target">Target language.</param>
/// <param name="Kind">One of <see cref="JobKind"/>.</param>
/// <param name="Urgency">How soon it is asked for.</param>
/// <param name="MedianMinutes">Half of the jobs are delivered within this time.</param>
/// <param name="P90Minutes">Nine of ten jobs are delivered within this time.</param>
/// <param name="DeliverBy">What a job ordered now is promised for.</param>
/// <param name="Samples">How many deliveries this rests on.</param>
public sealed record DeliveryTime(
    string Source, string Target, string Kind, string Urgency, int MedianMinutes, int P90Minutes, DateTimeOffset DeliverBy, int Samples);
