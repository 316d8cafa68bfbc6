using Zweizeiler.Billing.Domain.Documents;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>The head of the first page: who to whom, what it is, and its numbers.</summary>
internal static class PdfHead
{
    private const float FactsTop = 252;
    private const float FactHeight = 13;

    public static float TableTop(TaxDocument paper) => FactsTop + (Facts(paper).Count * FactHeight) + NoteHeight(paper) + 12;

    public static void Write(PdfPen pen, TaxDocument paper)
    {
        // A self-billed invoice is written by its recipient and sent to the seller.
        var (from, to) = paper.Kind == PaperKind.SelfBilled ? (paper.Buyer, paper.Seller) : (paper.Seller, paper.Buyer);
        pen.Write("Zweizeiler", PdfLayout.Left, 70, 20, bold: true);
        pen.Write($"{from.Name} · {from.Street} · {from.PostCode} {from.City}", PdfLayout.Left, 128, 7);
        var y = 146f;
        foreach (var line in AddressOf(to, from.Country))
        {
            pen.Write(line, PdfLayout.Left, y, 10);
            y += 13;
        }

        pen.Write($"{PaperWords.Title(paper)} {paper.Number}", PdfLayout.Left, FactsTop - 22, 15, bold: true);
        y = FactsTop;
        foreach (var (label, value) in Facts(paper))
        {
            pen.Write(label, PdfLayout.Left, y, 9);
            pen.Write(value, PdfLayout.Left + 130, y, 9);
            y += FactHeight;
        }

        foreach (var line in NoteLines(paper))
        {
            pen.Write(line, PdfLayout.Left, y + 4, 9);
            y += 12;
        }
    }

    /// <summary>As on a letter: the country only where it goes abroad.</summary>
    private static IEnumerable<string> AddressOf(Party party, string from) => new[]
    {
        party.Name, party.Street, $"{party.PostCode} {party.City}".Trim(), party.Country == from ? "" : CountryName(party.Country),
    }.Where(line => line.Length > 0);

    private static List<(string Label, string Value)> Facts(TaxDocument paper)
    {
        var language = paper.Language;
        var facts = new List<(string, string)>
        {
            (Pick("Datum", "Date"), PaperWords.Day(paper.IssuedOn, language)),
            (Pick("Leistungszeitraum", "Period of service"), $"{PaperWords.Day(paper.From, language)} – {PaperWords.Day(paper.Until, language)}"),
            (paper.Kind == PaperKind.SelfBilled ? Pick("Lieferantennummer", "Supplier number") : Pick("Kundennummer", "Customer number"), paper.CustomerNumber),
        };
        if (paper.Buyer.BuyerReference is { Length: > 0 } reference)
        {
            facts.Add((Pick("Ihre Referenz", "Your reference"), reference));
        }

        var outside = paper.Sums.Taxes.Any(t => t.Category == Pricing.TaxCategory.O);
        if (paper.Kind != PaperKind.SelfBilled && paper.Buyer.VatId is { Length: > 0 } vatId && !outside)
        {
            facts.Add((Pick("Ihre USt-IdNr.", "Your VAT id"), vatId));
        }

        if (paper.Kind == PaperKind.SelfBilled)
        {
            if (paper.Seller.VatId is { Length: > 0 } sellersVatId)
            {
                facts.Add((Pick("Ihre USt-IdNr.", "Your VAT id"), sellersVatId));
            }

            if (paper.Seller.TaxNumber is { Length: > 0 } taxNumber)
            {
                facts.Add((Pick("Ihre Steuernummer", "Your tax number"), taxNumber));
            }
        }

        if (paper.Corrects.Count > 0)
        {
            facts.Add((Pick("Zu Rechnung", "For invoice"), string.Join(", ", paper.Corrects)));
        }

        if (paper.DueOn is { } due && paper.Sums.DueCents > 0)
        {
            facts.Add((Pick("Zahlbar bis", "Due"), PaperWords.Day(due, language)));
        }

        return facts;

        string Pick(string german, string english) => PaperWords.Pick(language, german, english);
    }

    private static float NoteHeight(TaxDocument paper) => NoteLines(paper).Count is var lines and > 0 ? (lines * 12) + 6 : 0;

    private static IReadOnlyList<string> NoteLines(TaxDocument paper)
    {
        if (paper.Note is not { } note)
        {
            return [];
        }

        using var font = PdfText.Font(9);
        return PdfText.Wrap(note, font, PdfLayout.Right - PdfLayout.Left);
    }

    private static string CountryName(string code)
    {
        try
        {
            return new System.Globalization.RegionInfo(code).EnglishName.ToUpperInvariant();
        }
        catch (ArgumentException)
        {
            // A code that the runtime does not know is still a code.
            return code;
        }
    }
}
