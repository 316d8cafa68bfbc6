using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Zweizeiler.Marketplace.Features.Jobs;

namespace Zweizeiler.Marketplace.Features.Workbench.Checks;

/// <summary>How the reader is addressed: by name, and formally or not.</summary>
internal static class AddressChecks
{
    private const int Ending = 2;
    private const RegexOptions Plain = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Words that say "you" to a friend.</summary>
    private static readonly FrozenDictionary<string, Regex> Informal = new Dictionary<string, Regex>
    {
        ["de"] = new(@"\b(?:du|dich|dir|dein(?:e[nmrs]?)?|euch|euer|eure[nmrs]?)\b", Plain),
        ["fr"] = new(@"\b(?:tu|te|toi|ton|ta|tes|tiens|tienne)\b|\bt['’](?=\p{L})", Plain),
        ["it"] = new(@"\b(?:tu|te|ti|tuo|tua|tuoi|tue)\b", Plain),
        ["es"] = new(@"\b(?:tú|te|ti|tu|tus|tuyo|tuya|contigo|vosotros|vosotras|vuestr[oa]s?)\b", Plain),
        ["nl"] = new(@"\b(?:je|jij|jou|jouw|jullie)\b", Plain),
        ["pl"] = new(@"\b(?:ty|ciebie|cię|tobie|tobą|tw(?:ój|oja|oje|ojego|ojej|oim|oją))\b", Plain),
    }.ToFrozenDictionary();

    /// <summary>Words that say "you" formally; where a capital letter makes it so, not at the beginning of a sentence.</summary>
    private static readonly FrozenDictionary<string, Regex> Formal = new Dictionary<string, Regex>
    {
        ["de"] = new(@"(?<=[\p{L},;] )(?:Sie|Ihnen|Ihr(?:e[nmrs]?)?)\b", RegexOptions.CultureInvariant),
        ["fr"] = new(@"\b(?:vous|votre|vos)\b", Plain),
        ["it"] = new(@"(?<=[\p{L},;] )(?:Lei|Le|La|Suo|Sua|Suoi|Sue)\b", RegexOptions.CultureInvariant),
        ["es"] = new(@"\b(?:usted|ustedes)\b", Plain),
        ["nl"] = new(@"\b(?:u|uw)\b", Plain),
        ["pl"] = new(@"\b(?:Pan|Pani|Pana|Panu|Państw\p{L}*)\b", RegexOptions.CultureInvariant),
    }.ToFrozenDictionary();

    public static IEnumerable<Finding> Run(CheckedText checkedText) => [.. Formality(checkedText), .. Name(checkedText)];

    private static IEnumerable<Finding> Formality(CheckedText checkedText)
    {
        var wrong = checkedText.Brief.Formality switch { "formal" => Informal, "informal" => Formal, _ => null };
        return wrong is not null && wrong.TryGetValue(checkedText.TargetLanguage, out var pattern) && pattern.Match(checkedText.Text) is { Success: true } match
            ? [new Finding(checkedText.Brief.Formality == "formal" ? Finding.TooInformal : Finding.TooFormal, match.Value, Blocks: false) { Start = match.Index, Length = match.Length }]
            : [];
    }

    /// <summary>A reply addresses its reader by name; a translation keeps the name that its source has.</summary>
    private static IEnumerable<Finding> Name(CheckedText checkedText)
    {
        var names = Preview.NamesOf(checkedText.Brief);
        if (names.Count == 0 || checkedText.IsWide || (!checkedText.IsReply && !names.Any(n => Has(checkedText.Source, n))))
        {
            return [];
        }

        return names.Any(n => Has(checkedText.Text, n)) || (checkedText.TargetLanguage == "pl" && IsNamedInPolish(checkedText.Text, names)) ? [] : [new Finding(Finding.NameMissing, checkedText.Brief.CustomerName ?? "", Blocks: false)];
    }

    /// <summary>Polish declines names (Kowalska becomes Kowalskiej), and addresses formally without one: Szanowna Pani.</summary>
    private static bool IsNamedInPolish(string text, IReadOnlyList<string> names) => Formal["pl"].IsMatch(text)
        || names.Any(n => n.Length > Ending + 2 && text.Normalize().Contains(n[..^Ending], StringComparison.OrdinalIgnoreCase));

    private static bool Has(string text, string name) => WordSearch.Find(text.Normalize(), name).Any();
}
