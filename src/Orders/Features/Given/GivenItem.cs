using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;

namespace Zweizeiler.Orders.Features.Given;

/// <summary>An item of an order, filled with what was given once, and what it brings along besides.</summary>
/// <param name="At">Where the item stands in the request.</param>
/// <param name="Sent">The item as it was sent.</param>
/// <param name="Item">The item, filled; it is checked and priced as if all of it had been sent.</param>
internal sealed record GivenItem(string At, JobItem Sent, JobItem Item)
{
    public Guid? CaseId { get; init; }

    /// <summary>Whom to ask first, and whom never; null if the merchant has no wishes.</summary>
    public TranslatorPreferences? Preferences { get; init; }

    /// <summary>What the case knows of the customer; null without a case, or if it knows nothing.</summary>
    public CaseCustomer? Customer { get; init; }

    public KnownGlossary? Glossary { get; init; }

    /// <summary>The merchant's terms for the translator; null if no glossary is used.</summary>
    public IReadOnlyList<GlossaryTerm>? Terms => Glossary is null ? null : TermSearch.In(Glossary.Terms, Item.Text);
}

internal static class Filling
{
    /// <summary>What <paramref name="brief"/> leaves out is taken from <paramref name="default"/>; an empty list is not left out.</summary>
    public static BriefItem? With(this BriefItem? brief, BriefItem? @default) => brief is null || @default is null
        ? brief ?? @default
        : brief with
        {
            Formality = brief.Formality ?? @default.Formality,
            Tone = brief.Tone ?? @default.Tone,
            Audience = brief.Audience ?? @default.Audience,
            CustomerName = brief.CustomerName ?? @default.CustomerName,
            Greeting = brief.Greeting ?? @default.Greeting,
            Mood = brief.Mood ?? @default.Mood,
            Channel = brief.Channel ?? @default.Channel,
            MaxLength = brief.MaxLength ?? @default.MaxLength,
            MustSay = brief.MustSay ?? @default.MustSay,
            MustNotPromise = brief.MustNotPromise ?? @default.MustNotPromise,
            GlossaryId = brief.GlossaryId ?? @default.GlossaryId,
        };

    public static JobItem With(this JobItem item, Case its, CaseCustomer? customer)
    {
        var (source, target) = CaseLanguages.Fill(item.Kind, item.Source, item.Target, its.Language, its.CustomerLanguage);
        return item with
        {
            Source = source,
            Target = target,
            Reference = item.Reference ?? its.Reference,
            Brief = customer is null ? item.Brief : item.Brief.With(new BriefItem { CustomerName = customer.Name, Greeting = customer.Greeting }),
        };
    }
}
