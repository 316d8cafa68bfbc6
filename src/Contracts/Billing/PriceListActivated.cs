namespace Zweizeiler.Contracts.Billing;

/// <summary>A price list was activated and will not change any more; order intake and portal price from their own copies of it.</summary>
/// <param name="PriceList">Its version, for example <c>2026-1</c>.</param>
/// <param name="ValidFrom">From when new jobs are priced with it, UTC; the newest that is valid counts.</param>
/// <param name="Terms">The whole list as JSON, in the form that <c>Zweizeiler.Pricing</c> reads.</param>
/// <param name="ActivatedAt">When, UTC.</param>
public sealed record PriceListActivated(string PriceList, DateTimeOffset ValidFrom, string Terms, DateTimeOffset ActivatedAt);
