using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using System.Xml;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Glossaries;

/// <summary>A term and its translation.</summary>
public sealed record TermItem
{
    [Description("The term in the source language."), Required, MaxLength(TermRules.TermLength)]
    public string? Source { get; init; }

    [Description("Its translation."), Required, MaxLength(TermRules.TermLength)]
    public string? Target { get; init; }

    [Description("When it is used, for the translator."), MaxLength(TermRules.NoteLength)]
    public string? Note { get; init; }

    [Description("True if the translation must not be used.")]
    public bool? Forbidden { get; init; }
}

/// <summary>A term as it was sent, in whatever format, and where it stood there.</summary>
internal sealed record RawTerm(string At, string? Source, string? Target, string? Note, bool Forbidden);

/// <summary>One set of rules for terms, whatever format they come in; what passes can be written in each of them and read back the same.</summary>
internal static class TermRules
{
    public const int TermLength = 200;
    public const int NoteLength = 500;

    /// <summary>The terms without white space around them and in NFC, in their order; what is wrong is a fault where it stands.</summary>
    public static List<GlossaryTerm> Check(IReadOnlyList<RawTerm> raw, string at, Faults faults)
    {
        if (raw.Count > Glossary.MaxTerms)
        {
            faults.Add(at, "glossary.too_many", string.Create(
                CultureInfo.InvariantCulture, $"A glossary has at most {Glossary.MaxTerms:N0} terms; these are {raw.Count:N0}."));
            return [];
        }

        var terms = new List<GlossaryTerm>(raw.Count);
        var places = new Dictionary<(string, string), string>(raw.Count);
        foreach (var term in raw)
        {
            var source = Text($"{term.At}/source", term.Source, required: true, faults);
            var target = Text($"{term.At}/target", term.Target, required: true, faults);
            var note = Text($"{term.At}/note", term.Note, required: false, faults);
            if (source is null || target is null)
            {
                continue;
            }

            if (!places.TryAdd((source.ToUpperInvariant(), target), term.At))
            {
                faults.Add(term.At, "term.duplicate", $"This term has this translation already, at {places[(source.ToUpperInvariant(), target)]}.");
            }

            terms.Add(new GlossaryTerm(source, target, note, term.Forbidden));
        }

        return terms;
    }

    public static IReadOnlyList<RawTerm> Raw(IReadOnlyList<TermItem>? items, Faults faults) =>
        [.. faults.Placed("/terms", items).Select(term => new RawTerm(term.At, term.Value.Source, term.Value.Target, term.Value.Note, term.Value.Forbidden ?? false))];

    private static string? Text(string at, string? value, bool required, Faults faults)
    {
        var text = value?.Trim().Normalize(NormalizationForm.FormC);
        if (string.IsNullOrEmpty(text))
        {
            if (required)
            {
                faults.Add(at, "field.required", "This must not be empty.");
            }

            return null;
        }

        faults.Text(at, text, required ? TermLength : NoteLength);
        // A note may have several lines. Everything else that is no character of XML cannot be exported.
        if (text.Any(c => char.IsControl(c) && (required || c is not ('\n' or '\t'))) || !IsXml(text))
        {
            faults.Add(at, "text.control", "Control characters are not permitted.");
        }

        return text;
    }

    private static bool IsXml(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
