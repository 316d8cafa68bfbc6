namespace Zweizeiler.Pricing;

public sealed partial class PriceList
{
    /// <summary>The first price list, <c>2026-1</c>: German with its neighbours, these among each other, Chinese and Japanese with German or English.</summary>
    public static PriceList Initial { get; } = new(new Document(
        Version: "2026-1",
        Currency: "EUR",
        LineLength: LineCounter.DefaultLineLength,
        MinimumLines: 2,
        CallBaseLines: 4,
        TranslatorShare: 0.70m,
        RepetitionShare: 0.25m,
        Rates: InitialRates(),
        KindShares: new Dictionary<string, decimal>
        {
            ["translation"] = 1m,
            ["formulation"] = 1m,
            ["summary"] = 0.5m,
            ["call"] = 1m,
        },
        Urgencies: new Dictionary<string, DocumentTerms>
        {
            ["standard"] = new(1.00m, 4 * 60),
            ["express"] = new(1.25m, 60),
            ["night"] = new(1.50m, 10 * 60),
        }));

    private static Dictionary<string, int> InitialRates()
    {
        string[] neighbours = ["en", "fr", "it", "es", "nl", "pl"];
        var rates = new Dictionary<string, int>();
        foreach (var language in neighbours)
        {
            Both("de", language, 120);
            foreach (var other in neighbours.Where(o => string.CompareOrdinal(o, language) > 0))
            {
                Both(language, other, 140);
            }
        }

        foreach (var eastern in (string[])["zh", "ja"])
        {
            Both("de", eastern, 180);
            Both("en", eastern, 180);
        }

        return rates;

        void Both(string one, string other, int cents) => rates[$"{one}-{other}"] = rates[$"{other}-{one}"] = cents;
    }
}
