using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Templates;

/// <summary>A reply template.</summary>
public record TemplateItem
{
    [Description("What you call it."), MaxLength(TemplateRules.NameLength)]
    public string? Name { get; init; }

    [Description("The language of the text, ISO 639-1; the source of a job placed with it, if the job names none."), Length(2, 3), Removable]
    public string? Language { get; init; }

    [Description("The text, with a placeholder such as `{{orderNumber}}` wherever something differs from letter to letter.")]
    public string? Text { get; init; }
}

/// <summary>A change of a reply template.</summary>
public sealed record TemplateChangeItem : TemplateItem, IMergePatch;

internal static class TemplateRules
{
    public const int NameLength = 120;
    public const int ValueLength = 2000;

    /// <summary>Checks what is given; what must be given is the caller's business.</summary>
    public static void Check(TemplateItem item, Faults faults, IReadOnlyCollection<string> languages)
    {
        faults.Text("/name", item.Name, NameLength, mayBeEmpty: false);
        if (!string.IsNullOrEmpty(item.Language) && !(LanguagePair.IsLanguage(item.Language) && languages.Contains(item.Language)))
        {
            faults.Add("/language", "language.unknown", $"One of: {string.Join(", ", languages)}. Codes are ISO 639-1 in lower case.");
        }

        if (item.Text is null)
        {
            return;
        }

        faults.Text("/text", item.Text, Limits.TextCharacters, mayBeEmpty: false);
        if (!TemplateText.TryParse(item.Text, out var template, out var faultAt))
        {
            faults.Add("/text", "template.placeholder", string.Create(
                CultureInfo.InvariantCulture,
                $"At character {faultAt} there are two opening braces that begin no placeholder. A placeholder is a name in double braces: a letter, then letters, digits or '_', 40 at most."));
        }
        else if (template.Placeholders.Count > TemplateText.MaxPlaceholders)
        {
            faults.Add("/text", "template.placeholders", $"At most {TemplateText.MaxPlaceholders} placeholders are permitted; these are {template.Placeholders.Count}.");
        }
    }

    /// <summary>Puts values into a template; null, and a fault for each of them, if some are missing or too many.</summary>
    public static string? Render(string at, string text, IReadOnlyDictionary<string, string>? values, Faults faults)
    {
        if (!TemplateText.TryParse(text, out var template, out _))
        {
            throw new InvalidOperationException("A template that cannot be read was stored.");
        }

        var names = template.Placeholders;
        values ??= new Dictionary<string, string>();
        var isSound = true;
        foreach (var name in names.Where(n => !values.ContainsKey(n)))
        {
            // A value that could not even be read has its fault already.
            isSound = false;
            faults.Add($"{at}/{name}", "template.value_missing", $"The template has a placeholder '{name}'; give it a value.");
        }

        foreach (var (name, value) in values)
        {
            var pointer = $"{at}/{FieldRules.Escape(name)}";
            if (!names.Contains(name, StringComparer.Ordinal))
            {
                faults.Add(pointer, "template.value_unknown", names.Count == 0
                    ? "The template has no placeholders."
                    : $"The template has no such placeholder. It has: {string.Join(", ", names)}.");
            }

            faults.Text(pointer, value, ValueLength);
            isSound &= !faults.Has(pointer);
        }

        return isSound ? template.Render(values) : null;
    }
}
