using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Marketplace.Features.Reviews;

/// <summary>What a merchant objects to, with the text that it is about.</summary>
/// <param name="Content">What she says.</param>
/// <param name="Stretches">The delivered text, in stretches that are meant and others.</param>
/// <param name="Places">The places that are meant, in the order of the objection.</param>
/// <param name="Language">The language of the delivered text.</param>
public sealed record ObjectionView(ObjectionContent Content, IReadOnlyList<Stretch> Stretches, IReadOnlyList<Place> Places, string Language)
{
    /// <summary>All that was delivered: with a summary its mood and next step, with a reply its back-gloss.</summary>
    public required DeliveryContent Delivered { get; init; }

    public static ObjectionView Of(ObjectionContent content, DeliveryContent delivery, string language)
    {
        var text = TextOf(delivery);
        var places = Passages.Places(text, content.Passages);
        return new ObjectionView(content, Passages.Split(text, places), places, language) { Delivered = delivery };
    }

    /// <summary>The text that passages are counted in: each kind has one that is meant to be read as it is.</summary>
    public static string TextOf(DeliveryContent delivery) =>
        delivery.Text.Length > 0 ? delivery.Text : delivery.Summary?.Gist ?? delivery.CallReport ?? "";
}

/// <summary>A place of a text that is meant, with a number to name it by.</summary>
public sealed record Place(int Number, int Start, int End, string Words, string? Note);

/// <param name="Text">The words, as they were delivered.</param>
/// <param name="Numbers">The places that it belongs to; none for the text between.</param>
/// <param name="Ends">The places that end with it.</param>
public sealed record Stretch(string Text, IReadOnlyList<int> Numbers, IReadOnlyList<int> Ends);

/// <summary>Cuts a text where marked places begin and end. Places may overlap, and whatever they say, nothing of the text is lost.</summary>
public static class Passages
{
    public static IReadOnlyList<Place> Places(string text, IReadOnlyList<Passage> passages)
    {
        var places = new List<Place>();
        foreach (var passage in passages)
        {
            var (start, end) = (Math.Clamp(passage.Start, 0, text.Length), Math.Clamp(passage.End, 0, text.Length));
            // Never through the middle of a surrogate pair.
            start -= IsInside(text, start) ? 1 : 0;
            end += IsInside(text, end) ? 1 : 0;
            places.Add(new Place(places.Count + 1, start, end, start < end ? text[start..end] : "", passage.Note));
        }

        return places;
    }

    public static IReadOnlyList<Stretch> Split(string text, IReadOnlyList<Place> places)
    {
        var real = places.Where(p => p.Start < p.End).ToList();
        int[] cuts = [.. real.SelectMany(p => new[] { p.Start, p.End }).Append(0).Append(text.Length).Distinct().Order()];
        return
        [
            .. cuts.Zip(cuts.Skip(1)).Select(cut => new Stretch(
                text[cut.First..cut.Second],
                [.. real.Where(p => p.Start <= cut.First && cut.Second <= p.End).Select(p => p.Number)],
                [.. real.Where(p => p.End == cut.Second).Select(p => p.Number)])),
        ];
    }

    private static bool IsInside(string text, int at) => at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);
}
