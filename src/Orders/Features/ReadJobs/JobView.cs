using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Cases;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.ReadJobs;

/// <summary>A job as it appears everywhere in the API. Its text is not part of it.</summary>
public sealed record JobView(
    string Id,
    [property: ValuesOf(typeof(ApiNames), nameof(ApiNames.Kinds))] string Kind,
    [property: ValuesOf(typeof(JobStates))] string State,
    [property: AllowedValues("live", "test")] string Mode,
    string Source,
    string Target,
    [property: ValuesOf(typeof(ApiNames), nameof(ApiNames.Urgencies))] string Urgency,
    PriceView Price,
    PromiseView Promise,
    string? CaseId,
    string? Reference,
    string? CostCentre,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    TranslatorView? Translator,
    [property: Description("When you asked for it to be cancelled; null if you did not, or if that came too late.")] DateTimeOffset? CancellationRequestedAt,
    [property: Description("Questions that wait for your answer.")] int OpenQuestions,
    ComplaintSummary? Complaint,
    [property: Description("Why the job is in `payment_required`: `balance.insufficient` goes on by itself when the balance covers it; `price.mismatch` does not, "
        + "cancel it and order again. Null in every other state.")]
    string? FundingProblem,
    [property: Description("When the delivery counts as accepted by itself; null before a delivery, while a revision or a ruling stops that clock, and after the end.")] DateTimeOffset? AcceptanceDueAt,
    [property: Description("When it was accepted, by you or by itself.")] DateTimeOffset? AcceptedAt)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only with `expand=deliveries`.")]
    public IReadOnlyList<DeliveryView>? Deliveries { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("Only with `expand=case`, if the job belongs to one.")]
    public CaseView? Case { get; init; }

    public static JobView Of(Job job) => new(
        PublicId.Format(Ids.Job, job.Id),
        job.Kind,
        job.State.Name(),
        job.Mode,
        job.Source,
        job.Target,
        job.Urgency,
        PriceView.Of(job.Price),
        new PromiseView(job.DeliverBy),
        PublicId.Format(Ids.Case, job.CaseId),
        job.Reference,
        job.CostCentre,
        job.Metadata,
        job.CreatedAt,
        job.UpdatedAt,
        job.TranslatorId is { } translator ? new TranslatorView(PublicId.Format(Ids.Translator, translator), job.TranslatorName) : null,
        job.CancellationRequestedAt,
        job.OpenQuestions,
        ComplaintSummary.Of(job),
        job.FundingProblem,
        job.AcceptanceDueAt,
        job.AcceptedAt);
}

/// <summary>The newest complaint about the job, in short.</summary>
public sealed record ComplaintSummary(
    string Id,
    [property: AllowedValues("open", "corrected", "contested", "satisfied", "credited", "dismissed")] string State,
    DateTimeOffset ReceivedAt,
    DateTimeOffset CorrectionDueAt)
{
    public static ComplaintSummary? Of(Job job) => job is { ComplaintId: { } id, ComplaintState: { } state }
        ? new(PublicId.Format(Ids.Complaint, id), state.Name(), job.ComplaintReceivedAt!.Value, job.CorrectionDueAt!.Value)
        : null;
}

/// <summary>The promised time of delivery.</summary>
public sealed record PromiseView(DateTimeOffset DeliverBy);

/// <summary>Who works or worked on the job.</summary>
public sealed record TranslatorView(string Id, string? DisplayName);

/// <summary>A price, itemised. Amounts are whole cents.</summary>
public sealed record PriceView(
    [property: Description("Counted characters.")] int Characters,
    [property: Description("Lines of 55 characters, before the minimum.")] int Lines,
    [property: Description("Lines that are charged.")] int BilledLines,
    [property: Description("Cents a line.")] int RatePerLine,
    decimal UrgencyFactor,
    [property: Description("1, or less for an exact repetition of a text that was delivered to you before.")] decimal RepetitionFactor,
    long Net,
    string Currency,
    TaxView Tax,
    long Gross,
    [property: Description("Version of the price list.")] string PriceList,
    [property: Description("Version of the counting rules.")] int Counting)
{
    public static PriceView Of(Contracts.PriceFacts price) => new(
        price.Characters,
        price.Lines,
        price.BilledLines,
        price.RatePerLine,
        // Two decimals, as on the invoice, however the factor was written.
        decimal.Round(price.UrgencyFactor + 0.00m, 2),
        // The same whether it comes from the price list or with the column's zeros; a share may have more than two decimals.
        (price.RepetitionFactor / 1.0000000000m) + 0.00m,
        price.NetCents,
        price.Currency,
        new TaxView(price.TaxCategory, decimal.Round(price.TaxRate + 0.00m, 2), price.TaxCents),
        price.NetCents + price.TaxCents,
        price.PriceList,
        price.Counting);
}

/// <summary>Tax, for information: the invoice computes it on the month's sum.</summary>
public sealed record TaxView([property: Description("EN 16931 category: S, AE, O or E.")] string Category, decimal Rate, long Amount);
