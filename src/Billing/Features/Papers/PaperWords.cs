using System.Globalization;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>What papers say in words, in German and English.</summary>
internal static class PaperWords
{
    private static readonly CultureInfo German = CultureInfo.GetCultureInfo("de-DE");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static CultureInfo CultureOf(string language) => language == "de" ? German : English;

    public static string Pick(string language, string german, string english) => language == "de" ? german : english;

    public static string Title(TaxDocument paper) => paper.Kind switch
    {
        PaperKind.Invoice => Pick(paper.Language, "Rechnung", "Invoice"),
        // "Gutschrift" alone would mean a self-billed invoice in tax law.
        PaperKind.CreditNote => Pick(paper.Language, "Rechnungskorrektur", "Credit note"),
        _ => Pick(paper.Language, "Gutschrift", "Self-billed invoice"),
    };

    public static string Euro(long cents, string language) =>
        (cents / 100m).ToString("#,##0.00", CultureOf(language)) + " €";

    public static string Day(DateOnly day, string language) =>
        day.ToString(language == "de" ? "dd.MM.yyyy" : "d MMMM yyyy", CultureOf(language));

    public static string Rate(decimal rate, string language) => rate.ToString("0.##", CultureOf(language)) + " %";

    public static string Terms(TaxDocument paper)
    {
        var (language, sums) = (paper.Language, paper.Sums);
        return paper switch
        {
            { Kind: PaperKind.CreditNote } => Pick(
                language, "Der Betrag wurde Ihrem Guthaben gutgeschrieben.", "The amount was credited to your balance."),
            { Kind: PaperKind.SelfBilled } => Pick(
                language, "Der Betrag wird mit den wöchentlichen Auszahlungen überwiesen.", "The amount is paid with the weekly payouts."),
            { DueOn: { } due } when sums.DueCents > 0 => Pick(
                language, $"Bitte überweisen Sie den Betrag bis zum {Day(due, language)}.", $"Please pay by {Day(due, language)}."),
            _ => Pick(language, "Bezahlt aus Ihrem Guthaben. Bitte überweisen Sie nichts.", "Paid from your balance. There is nothing to pay."),
        };
    }

    /// <summary>Why there is no tax, with its code in the list of EN 16931 where there is one; null for the standard rate.</summary>
    public static (string? Code, string Text)? Exemption(TaxCategory category, TaxDocument paper) => category switch
    {
        TaxCategory.AE => ("VATEX-EU-AE", Pick(paper.Language, "Steuerschuldnerschaft des Leistungsempfängers", "Reverse charge: the recipient is liable for the tax")),
        TaxCategory.O => ("VATEX-EU-O", Pick(paper.Language, "Nicht steuerbar: Leistungsort außerhalb der EU", "Not subject to VAT: place of supply outside the EU")),
        TaxCategory.E => (null, paper.Seller.Country == "DE"
            ? Pick(paper.Language, "Steuerfrei für Kleinunternehmer nach § 19 UStG", "Exempt: small business (§ 19 UStG)")
            : Pick(paper.Language, "Steuerfrei für Kleinunternehmen (Art. 284 RL 2006/112/EG)", "Exempt: small enterprise (Article 284 of Directive 2006/112/EC)")),
        _ => null,
    };

    public static string TaxLine(TaxSum tax, TaxDocument paper) => tax.Category == TaxCategory.S
        ? Pick(
            paper.Language,
            $"Umsatzsteuer {Rate(tax.Rate, paper.Language)} auf {Euro(tax.NetCents, paper.Language)}",
            $"VAT {Rate(tax.Rate, paper.Language)} on {Euro(tax.NetCents, paper.Language)}")
        : Exemption(tax.Category, paper)!.Value.Text;

    private static readonly Dictionary<string, string> GermanKinds = new(StringComparer.Ordinal)
    {
        ["translation"] = "Übersetzung",
        ["formulation"] = "Formulierung",
        ["summary"] = "Zusammenfassung",
        ["call"] = "Anruf",
    };

    /// <summary>A line's description as it was stored, in English, with its few words in German where the paper is.</summary>
    public static string Description(string description, string language)
    {
        if (language != "de")
        {
            return description;
        }

        // The reference behind the lines is the merchant's own and stays as it is.
        var (prefix, rest) = ("", description);
        if (Cut(ref rest, "Cancellation share ") && rest.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0)
        {
            prefix = $"Stornoanteil {rest[..colon].Replace('.', ',')}: ";
            rest = rest[(colon + 2)..];
        }
        else if (Cut(ref rest, "Credit note: "))
        {
            prefix = "Gutschrift: ";
        }
        else if (Cut(ref rest, "Raise: "))
        {
            prefix = "Zuschlag: ";
        }
        else if (Cut(ref rest, "Taken back: "))
        {
            prefix = "Zurückgenommen: ";
        }

        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && GermanKinds.TryGetValue(rest[..space].ToLowerInvariant(), out var kind))
        {
            rest = kind + rest[space..];
        }

        var comma = rest.IndexOf(", ", StringComparison.Ordinal);
        if (comma < 0)
        {
            return prefix + rest;
        }

        var end = rest.IndexOf(", ", comma + 2, StringComparison.Ordinal);
        end = end < 0 ? rest.Length : end;
        var lines = rest[comma..end].Replace("lines", "Zeilen", StringComparison.Ordinal).Replace("line", "Zeile", StringComparison.Ordinal);
        return prefix + rest[..comma] + lines + rest[end..];
    }

    private static bool Cut(ref string text, string prefix)
    {
        var starts = text.StartsWith(prefix, StringComparison.Ordinal);
        text = starts ? text[prefix.Length..] : text;
        return starts;
    }
}
