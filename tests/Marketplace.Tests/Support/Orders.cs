using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>Jobs of every kind, as Orders and Billing bring them.</summary>
internal static class Orders
{
    public const string Number = "+33123456789";
    public const string Customer = "Mme Odile Martin-Brunet";

    public static readonly JobBrief Brief = new(
        "formal", "friendly", null, Customer, "Chère Madame Martin-Brunet", "annoyed", "email", null, ["Erstattung ist möglich"], ["Liefertermin"]);

    /// <summary>Source and target are those of the job: a summary goes from the customer's language into the merchant's.</summary>
    public static JobPlaced PlacedOf(this Market market, string kind, JobContent content, int lines = 2, int characters = 93, long fee = 168)
    {
        var placed = market.Placed();
        return placed with
        {
            Facts = placed.Facts with { Kind = kind },
            Price = placed.Price with { Lines = lines, BilledLines = lines, Characters = characters, TranslatorFeeCents = fee },
            Content = market.Vault.Seal(market.DataKey, placed.JobId, TextPurpose.JobContent, content),
        };
    }

    public static async Task<string> OfferAsync(this Market market, JobPlaced placed)
    {
        await market.Recorder.PublishAsync(placed);
        await market.Recorder.PublishAsync(new JobFunded(placed.JobId, placed.MerchantId, 0, placed.Price.TranslatorFeeCents, market.Time.GetUtcNow()));
        await market.IsAsync(placed.JobId, JobState.Open);
        return PublicId.Format("job", placed.JobId);
    }

    public static Task<string> OfferTranslationAsync(this Market market, string text, params GlossaryTerm[] terms) =>
        market.OfferAsync(market.PlacedOf("translation", new JobContent(text, Brief, Terms: terms)));

    public static Task<string> OfferFormulationAsync(
        this Market market, IReadOnlyList<string> points, string? message = null, int maxLines = 2, params GlossaryTerm[] terms) =>
        market.OfferAsync(market.PlacedOf("formulation", new JobContent("", Brief, new FormulationContent(points, message, maxLines), Terms: terms), maxLines, 0, 840));

    public static Task<string> OfferSummaryAsync(this Market market, string text) =>
        market.OfferAsync(market.PlacedOf("summary", new JobContent(text, Brief), fee: 84));

    public static Task<string> OfferCallAsync(
        this Market market, DateTimeOffset from, TimeSpan length, int attempts = 2, int maxMinutes = 10, string timeZone = "America/New_York", params string[] ask) =>
        market.OfferAsync(market.PlacedOf(
            "call",
            new JobContent("", Brief, Call: new CallContent(Number, from, from + length, timeZone, attempts, maxMinutes, ask.Length > 0 ? ask : ["Ist das Paket da?"])),
            14, 0, 1176));

    /// <summary>Sends the form of the workbench as it stands there, with these fields filled in.</summary>
    public static Task<HttpResponseMessage> SendAsync(this Visitor visitor, string job, string handler, Dictionary<string, string> fields) =>
        visitor.SendFromBenchAsync(job, handler, new(fields));

    /// <summary>The delivery as it was told to the others, and its content opened.</summary>
    public static async Task<(JobDelivered Told, DeliveryContent Content)> DeliveredAsync(this Market market, string job)
    {
        await Eventually.Within(TimeSpan.FromSeconds(30), () => market.Recorder.All<JobDelivered>().Any(d => d.JobId == Market.Id(job)));
        var told = market.Recorder.All<JobDelivered>().Single(d => d.JobId == Market.Id(job));
        return (told, market.Vault.Open<DeliveryContent>(market.DataKey, told.DeliveryId, TextPurpose.DeliveryContent, told.Content));
    }
}
