using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zweizeiler.Pricing;

public sealed partial class PriceList
{
    /// <summary>The price list as JSON; <see cref="FromJson"/> reads it back. The same list always makes the same text.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Document(
            Version,
            Currency,
            LineLength,
            MinimumLines,
            CallBaseLines,
            TranslatorShare,
            RepetitionShare,
            Pairs.ToDictionary(p => p.ToString(), p => _rates[p]),
            Enum.GetValues<JobKind>().ToDictionary(k => k.Name(), k => _kindShares[k]),
            Enum.GetValues<Urgency>().ToDictionary(u => u.Name(), u => new DocumentTerms(Terms(u).Factor, (int)Terms(u).Promise.TotalMinutes)),
            CancellationShare),
        DocumentContext.Default.Document);

    /// <summary>Reads a price list.</summary>
    /// <exception cref="FormatException">The text is not JSON of this form, or the list breaks one of its rules; the message says which.</exception>
    public static PriceList FromJson(string json)
    {
        try
        {
            return new PriceList(JsonSerializer.Deserialize(json, DocumentContext.Default.Document) ?? throw Invalid("it is null"));
        }
        catch (JsonException e)
        {
            throw new FormatException($"The price list is invalid: {e.Message}", e);
        }
    }

    internal sealed record Document(
        string Version,
        string Currency,
        int LineLength,
        int MinimumLines,
        int CallBaseLines,
        decimal TranslatorShare,
        decimal RepetitionShare,
        IReadOnlyDictionary<string, int> Rates,
        IReadOnlyDictionary<string, decimal> KindShares,
        IReadOnlyDictionary<string, DocumentTerms> Urgencies,
        // Lists that were stored before there was such a share do not have it (docs/adr/0013-cancellation-share.md).
        decimal CancellationShare = 0.5m);

    internal sealed record DocumentTerms(decimal Factor, int PromiseMinutes);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false)]
    [JsonSerializable(typeof(Document))]
    internal sealed partial class DocumentContext : JsonSerializerContext;
}
