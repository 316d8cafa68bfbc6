namespace Zweizeiler.Client;

/// <summary>A job to be ordered, or to be quoted. Each kind has parts of its own: give those of the kind and no others.</summary>
public sealed record NewJob
{
    /// <summary>One of <see cref="JobKind"/>.</summary>
    public string Kind { get; init; } = JobKind.Translation;

    /// <summary>Source language, ISO 639-1, lower case: that of the text; of a formulation or call, yours. Not needed where the case says it.</summary>
    public string? Source { get; init; }

    /// <summary>Target language, ISO 639-1, lower case: that of the delivery; of a call, the customer's. Not needed where the case says it.</summary>
    public string? Target { get; init; }

    /// <summary>Of a translation or summary: the text, at most 10,000 characters.</summary>
    public string? Text { get; init; }

    /// <summary>Of a translation, instead of <see cref="Text"/>: a reply template, with its <see cref="Values"/>.</summary>
    public string? TemplateId { get; init; }

    /// <summary>A value for each placeholder of the template, by its name.</summary>
    public IReadOnlyDictionary<string, string>? Values { get; init; }

    /// <summary>Of a formulation: what the reply is to say, in your language; 1 to 20 points.</summary>
    public IReadOnlyList<string>? Points { get; init; }

    /// <summary>Of a formulation: the customer's message that the reply answers. It costs nothing.</summary>
    public string? Message { get; init; }

    /// <summary>Of a formulation: the most lines that it may cost, 1 to 50. Null: 10.</summary>
    public int? MaxLines { get; init; }

    /// <summary>Of a call: whom to ring up, when, and what for.</summary>
    public NewCall? Call { get; init; }

    /// <summary><c>standard</c> (within 4 hours), <c>express</c> (within 1 hour) or <c>night</c>. Null: standard.</summary>
    public string? Urgency { get; init; }

    /// <summary>How it is to be written.</summary>
    public Brief? Brief { get; init; }

    /// <summary>The case that the job belongs to.</summary>
    public string? CaseId { get; init; }

    /// <summary>Your own reference, usually an order number; on every answer and on the invoice line.</summary>
    public string? Reference { get; init; }

    /// <summary>The cost centre that the invoice line names.</summary>
    public string? CostCentre { get; init; }

    /// <summary>Up to 20 pairs of your own.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>A quote that fixes the price. All jobs of the quote are ordered together, in its order, each naming it.</summary>
    public string? QuoteId { get; init; }

    /// <summary>The job is refused if its price including tax is higher.</summary>
    public Amount? MaxPrice { get; init; }
}

/// <summary>The four kinds of job.</summary>
public static class JobKind
{
    /// <summary>A text into another language.</summary>
    public const string Translation = "translation";

    /// <summary>A reply in the customer's language, written from your points.</summary>
    public const string Formulation = "formulation";

    /// <summary>The gist of a foreign message in your language.</summary>
    public const string Summary = "summary";

    /// <summary>A telephone call.</summary>
    public const string Call = "call";
}

/// <summary>A telephone call to be made.</summary>
public sealed record NewCall
{
    /// <summary>E.164: a plus sign, the country code and the number, digits only.</summary>
    public required string Number { get; init; }

    /// <summary>When it may ring.</summary>
    public required CallWindow Window { get; init; }

    /// <summary>How often to try, 1 to 5. Null: 2.</summary>
    public int? Attempts { get; init; }

    /// <summary>The most minutes that may be charged, 1 to 60. Null: 10.</summary>
    public int? MaxMinutes { get; init; }

    /// <summary>What to find out or say, in your language; 1 to 10 points.</summary>
    public required IReadOnlyList<string> Ask { get; init; }
}

/// <summary>The time in which a customer may be rung up.</summary>
/// <param name="From">Not before this time.</param>
/// <param name="To">Not after this time, at most 14 days ahead.</param>
/// <param name="TimeZone">The customer's time zone, IANA, for example <c>Europe/Paris</c>.</param>
public sealed record CallWindow(DateTimeOffset From, DateTimeOffset To, string TimeZone);

/// <summary>The brief: how a text is to be written.</summary>
public sealed record Brief
{
    /// <summary><c>formal</c>, <c>informal</c> or <c>auto</c>. Null: auto.</summary>
    public string? Formality { get; init; }

    /// <summary>A word on the tone, for example <c>friendly</c>.</summary>
    public string? Tone { get; init; }

    /// <summary>Who reads it.</summary>
    public string? Audience { get; init; }

    /// <summary>The end customer's name.</summary>
    public string? CustomerName { get; init; }

    /// <summary>How to greet the end customer.</summary>
    public string? Greeting { get; init; }

    /// <summary>The end customer's mood.</summary>
    public string? Mood { get; init; }

    /// <summary><c>email</c>, <c>chat</c>, <c>marketplace</c> or <c>letter</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>Longest permitted delivery in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Your glossary for the pair of languages, <c>gls_…</c>. Null: the one that your preferences name for it.</summary>
    public string? GlossaryId { get; init; }

    /// <summary>What the text must say.</summary>
    public IReadOnlyList<string>? MustSay { get; init; }

    /// <summary>What the text must not promise.</summary>
    public IReadOnlyList<string>? MustNotPromise { get; init; }
}

/// <summary>An amount of money.</summary>
/// <param name="Value">In the currency's smallest unit: cents.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Amount([property: System.Text.Json.Serialization.JsonPropertyName("amount")] long Value, string Currency = "EUR");
