namespace Zweizeiler.Pricing.Tests.Prices;

internal static class Lists
{
    public static readonly PriceList List = PriceList.Initial;
    public static readonly LanguagePair GermanFrench = LanguagePair.Parse("de-fr");
    public static readonly TaxTreatment Domestic = TaxRules.Germany.For("DE", isBusiness: true, vatIdValid: true);

    /// <summary>A count of whole lines.</summary>
    public static LineCount Lines(int lines) => LineCount.Restore(lines * LineCounter.DefaultLineLength);

    /// <summary>The initial list with one part of its JSON replaced.</summary>
    public static PriceList With(string part, string replacement)
    {
        var json = List.ToJson();
        json.ShouldContain(part);
        return PriceList.FromJson(json.Replace(part, replacement, StringComparison.Ordinal));
    }
}
