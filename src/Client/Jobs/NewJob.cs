namespace Zweizeiler.Client;

/// <summary>A job to be ordered.</summary>
public sealed record NewJob
{
    /// <summary><c>translation</c>.</summary>
    public string Kind { get; init; } = "translation";

    /// <summary>Source language, ISO 639-1, lower case.</summary>
    public required string Source { get; init; }

    /// <summary>Target language, ISO 639-1, lower case.</summary>
    public required string Target { get; init; }

    /// <summary>The text, at most 10,000 characters.</summary>
    public required string Text { get; init; }

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

    /// <summary>The job is refused if its price including tax is higher.</summary>
    public Amount? MaxPrice { get; init; }
}

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

    /// <summary>What the text must say.</summary>
    public IReadOnlyList<string>? MustSay { get; init; }

    /// <summary>What the text must not promise.</summary>
    public IReadOnlyList<string>? MustNotPromise { get; init; }
}

/// <summary>An amount of money.</summary>
/// <param name="Value">In the currency's smallest unit: cents.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record Amount([property: System.Text.Json.Serialization.JsonPropertyName("amount")] long Value, string Currency = "EUR");
