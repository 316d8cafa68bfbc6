using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>A job to be done.</summary>
public record JobItem
{
    [Description("What is to be done. Offered now: translation.")]
    [AllowedValues("translation")]
    public string? Kind { get; init; }

    [Description("Source language, ISO 639-1."), Length(2, 3)]
    public string? Source { get; init; }

    [Description("Target language, ISO 639-1."), Length(2, 3)]
    public string? Target { get; init; }

    [Description("The text to be translated, at most 10,000 counted characters.")]
    public string? Text { get; init; }

    [Description("A reply template whose text is translated, instead of `text`; only for a translation.")]
    public string? TemplateId { get; init; }

    [Description("A value for each placeholder of the template, by its name.")]
    public Dictionary<string, string>? Values { get; init; }

    [Description("How soon; standard if not given. Each has its factor and promise on the price list.")]
    [AllowedValues("standard", "express", "night")]
    public string? Urgency { get; init; }

    [Description("How it is to be written.")]
    public BriefItem? Brief { get; init; }

    [Description("The case that the job belongs to; what it says of reference, customer and languages need not be said again.")]
    public string? CaseId { get; init; }

    [Description("Your reference, usually an order number; returned everywhere and printed on the invoice."), MaxLength(Limits.Reference)]
    public string? Reference { get; init; }

    [Description("The cost centre that the invoice line names."), MaxLength(Limits.CostCentre)]
    public string? CostCentre { get; init; }

    [Description("Up to 20 pairs of your own; keys up to 40 characters, values up to 500.")]
    public Dictionary<string, string>? Metadata { get; init; }

    [Description("A quote that fixes the price.")]
    public string? QuoteId { get; init; }

    [Description("Refuses the job if its price including tax is higher.")]
    public MoneyItem? MaxPrice { get; init; }
}

/// <summary>One job, or up to 50 jobs of which all are placed or none.</summary>
public sealed record JobOrderItem : JobItem
{
    [Description("Several jobs instead of one; those of one pair and kind share one minimum charge."), MaxLength(Limits.JobsAtOnce)]
    public IReadOnlyList<JobItem>? Jobs { get; init; }
}

/// <summary>How a text is to be written.</summary>
public sealed record BriefItem
{
    [Description("How the reader is addressed; auto if not given: as the text does."), AllowedValues("formal", "informal", "auto")]
    public string? Formality { get; init; }

    [Description("In your words, for example friendly."), MaxLength(Limits.Word)]
    public string? Tone { get; init; }

    [Description("Who reads it."), MaxLength(Limits.Phrase)]
    public string? Audience { get; init; }

    [Description("Your customer's name."), MaxLength(Limits.Phrase)]
    public string? CustomerName { get; init; }

    [Description("How to greet your customer."), MaxLength(Limits.Phrase)]
    public string? Greeting { get; init; }

    [Description("Your customer's mood, for example annoyed."), MaxLength(Limits.Word)]
    public string? Mood { get; init; }

    [Description("Where the text will stand."), AllowedValues("email", "chat", "marketplace", "letter")]
    public string? Channel { get; init; }

    [Description("The most characters that the delivery may have."), Range(1, Limits.TextCharacters)]
    public int? MaxLength { get; init; }

    [Description("Your glossary for the pair; if not given, the one that your preferences name for it.")]
    public string? GlossaryId { get; init; }

    [Description("What the text must say."), MaxLength(Limits.BriefPoints)]
    public IReadOnlyList<string>? MustSay { get; init; }

    [Description("What the text must not promise."), MaxLength(Limits.BriefPoints)]
    public IReadOnlyList<string>? MustNotPromise { get; init; }
}

/// <summary>An amount of money.</summary>
public sealed record MoneyItem
{
    [Description("Whole cents.")]
    public long? Amount { get; init; }

    [Description("ISO 4217; EUR if not given.")]
    public string? Currency { get; init; }
}

internal static class Limits
{
    public const int JobsAtOnce = 50;
    public const int TextCharacters = 10_000;
    public const int Reference = 120;
    public const int CostCentre = 60;
    public const int MetadataPairs = 20;
    public const int MetadataKey = 40;
    public const int MetadataValue = 500;
    public const int Word = 60;
    public const int Phrase = 200;
    public const int BriefPoints = 20;
    public const int BriefPoint = 500;
}
