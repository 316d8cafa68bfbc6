using SkiaSharp;
using Zweizeiler.Billing.Domain.Documents;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>The sums below the table, the terms, and the code for banking apps.</summary>
internal static class PdfTotals
{
    private const float RowHeight = 14;
    private const float LabelLeft = 290;
    private const float CodeSize = 88;

    public static float HeightOf(TaxDocument paper)
    {
        using var font = PdfText.Font(9);
        return (Sums(paper).Sum(s => s.Lines.Count) * RowHeight) + 12 + (PdfText.Wrap(PaperWords.Terms(paper), font, PdfLayout.Right - PdfLayout.Left).Count * 12)
            + (paper.PayTo is null ? 8 : CodeSize + 22);
    }

    public static void Write(PdfPen pen, TaxDocument paper, float y)
    {
        foreach (var (lines, cents, bold) in Sums(paper))
        {
            foreach (var line in lines)
            {
                y += RowHeight;
                pen.Write(line, LabelLeft, y - 4, 9, bold);
            }

            pen.WriteRight(PaperWords.Euro(cents, paper.Language), PdfLayout.Right, y - 4, 9, bold);
            if (bold)
            {
                pen.Rule(y, light: false, LabelLeft);
            }
        }

        y += 24;
        using var font = PdfText.Font(9);
        foreach (var line in PdfText.Wrap(PaperWords.Terms(paper), font, PdfLayout.Right - PdfLayout.Left))
        {
            pen.Write(line, PdfLayout.Left, y, 9);
            y += 12;
        }

        if (paper.PayTo is { } target)
        {
            WriteTransfer(pen, paper, target, y);
        }
    }

    private static void WriteTransfer(PdfPen pen, TaxDocument paper, PaymentTarget target, float y)
    {
        WriteCode(pen.Canvas, EpcCode.Modules(target, paper.Sums.DueCents), PdfLayout.Left, y);
        var x = PdfLayout.Left + CodeSize + 16;
        (string Label, string Value)[] facts =
        [
            (Pick("Empfänger", "Payee"), target.Holder),
            ("IBAN", string.Join(' ', target.Iban.Chunk(4).Select(c => new string(c)))),
            ("BIC", target.Bic ?? ""),
            (Pick("Verwendungszweck", "Reference"), target.Reference),
            (Pick("Betrag", "Amount"), PaperWords.Euro(paper.Sums.DueCents, paper.Language)),
        ];
        var row = y + 14;
        foreach (var (label, value) in facts.Where(f => f.Value.Length > 0))
        {
            pen.Write(label, x, row, 9);
            pen.Write(value, x + 90, row, 9, bold: label is "IBAN");
            row += RowHeight;
        }

        string Pick(string german, string english) => PaperWords.Pick(paper.Language, german, english);
    }

    private static void WriteCode(SKCanvas canvas, bool[,] modules, float left, float top)
    {
        var size = modules.GetLength(0);
        var module = CodeSize / size;
        using var paint = new SKPaint { Color = SKColors.Black, IsAntialias = false };
        using var builder = new SKPathBuilder();
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                if (modules[row, column])
                {
                    builder.AddRect(SKRect.Create(left + (column * module), top + (row * module), module, module));
                }
            }
        }

        // One path: single squares would show hairlines between them.
        using var path = builder.Detach();
        canvas.DrawPath(path, paint);
    }

    private static List<(IReadOnlyList<string> Lines, long Cents, bool Bold)> Sums(TaxDocument paper)
    {
        using var font = PdfText.Font(9);
        var sums = paper.Sums;
        var rows = new List<(IReadOnlyList<string> Lines, long Cents, bool Bold)> { Row(Pick("Summe netto", "Net total"), sums.NetCents) };
        rows.AddRange(sums.Taxes.Select(tax => Row(PaperWords.TaxLine(tax, paper), tax.TaxCents)));
        rows.Add(Row(Pick("Gesamtbetrag", "Total"), sums.GrossCents, bold: true));
        if (sums.RoundingCents != 0)
        {
            rows.Add(Row(Pick("Rundung zu Ihren Gunsten", "Rounding in your favour"), sums.RoundingCents));
        }

        if (sums.PaidCents != 0)
        {
            rows.Add(Row(
                paper.Kind == PaperKind.CreditNote ? Pick("Ihrem Guthaben gutgeschrieben", "Credited to your balance") : Pick("Aus Guthaben bezahlt", "Paid from your balance"),
                -sums.PaidCents));
        }

        if (sums.PaidCents != 0 || sums.RoundingCents != 0)
        {
            rows.Add(Row(Pick("Zu zahlen", "Amount due"), sums.DueCents, bold: true));
        }

        return rows;

        (IReadOnlyList<string>, long, bool) Row(string label, long cents, bool bold = false) =>
            (PdfText.Wrap(label, font, PdfLayout.Right - 70 - LabelLeft), cents, bold);

        string Pick(string german, string english) => PaperWords.Pick(paper.Language, german, english);
    }
}

/// <summary>The foot of every page: the platform's data, and which page it is.</summary>
internal static class PdfFoot
{
    public static void Write(PdfPen pen, TaxDocument paper, int page, int pages)
    {
        var us = paper.Kind == PaperKind.SelfBilled ? paper.Buyer : paper.Seller;
        var outside = paper.Sums.Taxes.Any(t => t.Category == Pricing.TaxCategory.O);
        var ids = new[]
        {
            us.RegistrationId,
            us.VatId is { } vatId && !outside ? PaperWords.Pick(paper.Language, "USt-IdNr. ", "VAT id ") + vatId : null,
            us.TaxNumber is { } number ? PaperWords.Pick(paper.Language, "Steuernummer ", "Tax number ") + number : null,
        };
        pen.Rule(784, light: true);
        pen.Write($"{us.Name} · {us.Street} · {us.PostCode} {us.City}", PdfLayout.Left, 796, 7);
        pen.Write(string.Join(" · ", ids.Where(i => i is { Length: > 0 })), PdfLayout.Left, 806, 7);
        pen.WriteRight(PaperWords.Pick(paper.Language, $"Seite {page} von {pages}", $"Page {page} of {pages}"), PdfLayout.Right, 796, 7);
    }
}
