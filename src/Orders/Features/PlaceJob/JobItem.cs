using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>A job to be done.</summary>
public record JobItem
{
    [Description("What is to be done: a translation; a formulation (a reply written from points); a summary of a foreign message; a telephone call.")]
    [Required, ValuesOf(typeof(ApiNames), nameof(ApiNames.Kinds))]
    public string? Kind { get; init; }

    [Description("Source language, ISO 639-1: that of the text; of a formulation or call, yours. Not needed where the case says it."), Length(2, 3)]
    public string? Source { get; init; }

    [Description("Target language, ISO 639-1: that of the delivery; of a summary, yours; of a call, the customer's. Not needed where the case says it."), Length(2, 3)]
    public string? Target { get; init; }

    [Description("The text to be translated or summarised, at most 10,000 counted characters.")]
    public string? Text { get; init; }

    [Description("A reply template whose text is translated, instead of `text`; only for a translation.")]
    public string? TemplateId { get; init; }

    [Description("A value for each placeholder of the template, by its name.")]
    public Dictionary<string, string>? Values { get; init; }

    [Description("What the reply is to say, in your language; only for a formulation, 1 to 20 points."), MaxLength(Limits.Points)]
    public IReadOnlyList<string>? Points { get; init; }

    [Description("The customer's message that the reply answers, at most 10,000 characters; only for a formulation. It costs nothing.")]
    public string? Message { get; init; }

    [Description("The most lines that the reply may cost; only for a formulation. 10 if not given."), Range(1, Limits.FormulationLines)]
    public int? MaxLines { get; init; }

    [Description("Whom to ring up, when, and what for; only for a call.")]
    public CallItem? Call { get; init; }

    [Description("How soon; standard if not given. Each has its factor and promise on the price list.")]
    [ValuesOf(typeof(ApiNames), nameof(ApiNames.Urgencies))]
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

    [Description("A quote that fixes the price. All jobs of the quote are placed together, in its order, each naming it.")]
    public string? QuoteId { get; init; }

    [Description("Refuses the job if its price including tax is higher; next to `jobs`, if that of all of them together is.")]
    public MoneyItem? MaxPrice { get; init; }
}

/// <summary>One job, or up to 50 jobs of which all are placed or none.</summary>
public sealed record JobOrderItem : JobItem
{
    [Description("Several jobs instead of one; those of one pair and kind share one minimum charge."), MaxLength(Limits.JobsAtOnce)]
    public IReadOnlyList<JobItem>? Jobs { get; init; }
}

/// <summary>An amount of money.</summary>
public sealed record MoneyItem
{
    [Description("Whole cents."), Required]
    public long? Amount { get; init; }

    [Description("ISO 4217; EUR if not given.")]
    public string? Currency { get; init; }
}

/// <summary>A telephone call to be made.</summary>
public sealed record CallItem
{
    [Description("E.164: a plus sign, the country code and the number, digits only."), Required, RegularExpression(Limits.E164)]
    public string? Number { get; init; }

    [Description("When it may ring."), Required]
    public CallWindowItem? Window { get; init; }

    [Description("How often to try; 2 if not given."), Range(1, Limits.CallAttempts)]
    public int? Attempts { get; init; }

    [Description("The most minutes that may be charged; 10 if not given."), Range(1, Limits.CallMinutes)]
    public int? MaxMinutes { get; init; }

    [Description("What to find out or say, in your language; 1 to 10 points."), Required, MaxLength(Limits.CallQuestions)]
    public IReadOnlyList<string>? Ask { get; init; }
}

/// <summary>The time in which a customer may be rung up.</summary>
public sealed record CallWindowItem
{
    [Description("Not before this time."), Required]
    public DateTimeOffset? From { get; init; }

    [Description("Not after this time, which is at most 14 days ahead. The job is promised for this time at the earliest."), Required]
    public DateTimeOffset? To { get; init; }

    [Description("The customer's time zone, by its IANA name, for example Europe/Paris."), Required, MaxLength(Limits.TimeZone)]
    public string? TimeZone { get; init; }
}

internal static class Limits
{
    /// <summary>At most 15 digits, the first of which is no zero (ITU-T E.164); nothing that anybody answers has fewer than seven.</summary>
    public const string E164 = @"^\+[1-9][0-9]{6,14}$";

    public const int Points = 20;
    public const int FormulationLines = 50;
    public const int FormulationLinesNotGiven = 10;
    public const int CallAttempts = 5;
    public const int CallAttemptsNotGiven = 2;
    public const int CallMinutes = 60;
    public const int CallMinutesNotGiven = 10;
    public const int CallQuestions = 10;
    public const int CallDaysAhead = 14;
    public const int TimeZone = 64;
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
