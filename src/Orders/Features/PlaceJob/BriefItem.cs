using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Zweizeiler.Orders.Features.PlaceJob;

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
