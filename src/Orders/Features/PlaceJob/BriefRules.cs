using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Checks a brief and turns it into what the translator gets.</summary>
internal static class BriefRules
{
    public static void Check(string at, BriefItem? brief, Faults faults)
    {
        if (brief is null)
        {
            return;
        }

        faults.OneOf($"{at}/formality", brief.Formality, "formality.unknown", "formal", "informal", "auto");
        faults.OneOf($"{at}/channel", brief.Channel, "channel.unknown", "email", "chat", "marketplace", "letter");
        faults.Text($"{at}/tone", brief.Tone, Limits.Word);
        faults.Text($"{at}/mood", brief.Mood, Limits.Word);
        faults.Text($"{at}/audience", brief.Audience, Limits.Phrase);
        faults.Text($"{at}/customerName", brief.CustomerName, Limits.Phrase);
        faults.Text($"{at}/greeting", brief.Greeting, Limits.Phrase);
        if (brief.MaxLength is < 1 or > Limits.TextCharacters)
        {
            faults.Add($"{at}/maxLength", "field.range", $"1 to {Limits.TextCharacters} characters are possible.");
        }

        faults.Texts($"{at}/mustSay", brief.MustSay, Limits.BriefPoints, Limits.BriefPoint);
        faults.Texts($"{at}/mustNotPromise", brief.MustNotPromise, Limits.BriefPoints, Limits.BriefPoint);
    }

    public static JobBrief ToContract(BriefItem? brief) => new(
        brief?.Formality ?? "auto",
        brief?.Tone,
        brief?.Audience,
        brief?.CustomerName,
        brief?.Greeting,
        brief?.Mood,
        brief?.Channel,
        brief?.MaxLength,
        brief?.MustSay ?? [],
        brief?.MustNotPromise ?? []);
}
