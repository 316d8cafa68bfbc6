using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Cases;

/// <summary>What is known of a case; all of it optional.</summary>
public record CaseItem
{
    [Description("Your reference, usually an order number. Jobs of the case that have none of their own take it."), MaxLength(Limits.Reference), Removable]
    public string? Reference { get; init; }

    [Description("Your customer."), Removable]
    public CustomerItem? Customer { get; init; }

    [Description("The language that you write in, ISO 639-1."), Length(2, 3), Removable]
    public string? Language { get; init; }

    [Description("Up to 20 pairs of your own; keys up to 40 characters, values up to 500."), Removable]
    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>A change of a case.</summary>
public sealed record CaseChangeItem : CaseItem, IMergePatch
{
    [Description("`closed` takes no more jobs; `open` opens the case again."), AllowedValues(CaseStates.Open, CaseStates.Closed)]
    public string? State { get; init; }
}

/// <summary>The customer of a case, so that name, greeting and language are given once.</summary>
public sealed record CustomerItem
{
    [Description("The customer's name."), MaxLength(Limits.Phrase), Removable]
    public string? Name { get; init; }

    [Description("How to greet the customer."), MaxLength(Limits.Phrase), Removable]
    public string? Greeting { get; init; }

    [Description("The customer's language, ISO 639-1."), Length(2, 3), Removable]
    public string? Language { get; init; }
}

internal static class CaseStates
{
    public const string Open = "open";
    public const string Closed = "closed";
}

internal static class CaseRules
{
    /// <param name="item">What was sent.</param>
    /// <param name="faults">Takes the faults.</param>
    /// <param name="languages">Languages on the price list.</param>
    public static void Check(CaseItem item, Faults faults, IReadOnlyCollection<string> languages)
    {
        faults.Text("/reference", item.Reference, Limits.Reference);
        faults.Text("/customer/name", item.Customer?.Name, Limits.Phrase);
        faults.Text("/customer/greeting", item.Customer?.Greeting, Limits.Phrase);
        CheckLanguage("/language", item.Language, faults, languages);
        CheckLanguage("/customer/language", item.Customer?.Language, faults, languages);
        MetadataRules.Check("/metadata", item.Metadata, faults);
    }

    /// <summary>Two languages that are the same say nothing of a pair.</summary>
    public static void CheckPair(string? own, string? customer, Faults faults)
    {
        if (!string.IsNullOrEmpty(own) && own == customer)
        {
            faults.Add("/customer/language", "pair.same", "Your language and your customer's are the same.");
        }
    }

    private static void CheckLanguage(string at, string? language, Faults faults, IReadOnlyCollection<string> languages)
    {
        if (!string.IsNullOrEmpty(language) && !(LanguagePair.IsLanguage(language) && languages.Contains(language)))
        {
            faults.Add(at, "language.unknown", $"One of: {string.Join(", ", languages)}. Codes are ISO 639-1 in lower case.");
        }
    }
}
