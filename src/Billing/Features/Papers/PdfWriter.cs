using SkiaSharp;
using Zweizeiler.Billing.Domain.Documents;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>Writes the readable copy of a paper: A4, selectable text, pages numbered, the table's head on every page and its sum carried over.</summary>
internal sealed class PdfWriter
{
    private readonly TaxDocument _paper;
    private readonly PdfLayout _layout;

    private PdfWriter(TaxDocument paper) => (_paper, _layout) = (paper, PdfLayout.Of(paper));

    public static byte[] Write(TaxDocument paper)
    {
        using var stream = new MemoryStream();
        var day = paper.IssuedOn.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var metadata = new SKDocumentPdfMetadata
        {
            Title = $"{PaperWords.Title(paper)} {paper.Number}",
            Author = "Zweizeiler",
            Creator = "Zweizeiler",
            // The paper's own day, so that writing it again makes the same paper.
            Creation = day,
            Modified = day,
            RasterDpi = SKDocumentPdfMetadata.DefaultRasterDpi,
            EncodingQuality = SKDocumentPdfMetadata.DefaultEncodingQuality,
        };
        using (var document = SKDocument.CreatePdf(stream, metadata))
        {
            new PdfWriter(paper).WritePages(document);
            document.Close();
        }

        return stream.ToArray();
    }

    private void WritePages(SKDocument document)
    {
        for (var number = 0; number < _layout.Pages.Count; number++)
        {
            var page = _layout.Pages[number];
            using var canvas = document.BeginPage(PdfLayout.Width, PdfLayout.Height);
            var pen = new PdfPen(canvas);
            if (number == 0)
            {
                PdfHead.Write(pen, _paper);
            }
            else
            {
                pen.Write($"{PaperWords.Title(_paper)} {_paper.Number}", PdfLayout.Left, 56, 9, bold: true);
            }

            WriteTable(pen, page);
            PdfFoot.Write(pen, _paper, number + 1, _layout.Pages.Count);
            document.EndPage();
        }
    }

    private void WriteTable(PdfPen pen, PdfPage page)
    {
        var y = page.Top;
        if (page.Rows.Count > 0)
        {
            y = WriteTableHead(pen, y);
        }

        if (page.CarriedIn is { } carriedIn)
        {
            y = WriteCarry(pen, y, Pick("Übertrag", "Brought forward"), carriedIn);
        }

        foreach (var row in page.Rows)
        {
            var baseline = y + 9;
            pen.WriteRight($"{row.Position}", PdfLayout.PositionRight, baseline, PdfLayout.TableSize);
            foreach (var (line, i) in row.Description.Select((line, i) => (line, i)))
            {
                pen.Write(line, PdfLayout.DescriptionLeft, baseline + (i * PdfLayout.LineHeight), PdfLayout.TableSize);
            }

            foreach (var (line, i) in row.CostCentre.Select((line, i) => (line, i)))
            {
                pen.Write(line, PdfLayout.CostCentreLeft, baseline + (i * PdfLayout.LineHeight), PdfLayout.TableSize);
            }

            pen.WriteRight(row.Tax, PdfLayout.TaxRight, baseline, PdfLayout.TableSize);
            pen.WriteRight(row.Net, PdfLayout.Right, baseline, PdfLayout.TableSize);
            y += row.Height;
            pen.Rule(y, light: true);
        }

        if (page.CarriedOut is { } carriedOut)
        {
            WriteCarry(pen, y, Pick("Zwischensumme", "Carried forward"), carriedOut);
        }

        if (page.HasTotals)
        {
            PdfTotals.Write(pen, _paper, y + 8);
        }
    }

    private float WriteTableHead(PdfPen pen, float y)
    {
        var baseline = y + 10;
        pen.WriteRight(Pick("Pos.", "No."), PdfLayout.PositionRight, baseline, PdfLayout.TableSize, bold: true);
        pen.Write(Pick("Leistung", "Service"), PdfLayout.DescriptionLeft, baseline, PdfLayout.TableSize, bold: true);
        if (_paper.Lines.Any(l => l.CostCentre is { Length: > 0 }))
        {
            pen.Write(Pick("Kostenstelle", "Cost centre"), PdfLayout.CostCentreLeft, baseline, PdfLayout.TableSize, bold: true);
        }

        pen.WriteRight(Pick("USt.", "VAT"), PdfLayout.TaxRight, baseline, PdfLayout.TableSize, bold: true);
        pen.WriteRight(Pick("Netto", "Net"), PdfLayout.Right, baseline, PdfLayout.TableSize, bold: true);
        pen.Rule(y + PdfLayout.TableHeadHeight, light: false);
        return y + PdfLayout.TableHeadHeight;
    }

    private float WriteCarry(PdfPen pen, float y, string label, long cents)
    {
        pen.Write(label, PdfLayout.DescriptionLeft, y + 9, PdfLayout.TableSize, bold: true);
        pen.WriteRight(PaperWords.Euro(cents, _paper.Language), PdfLayout.Right, y + 9, PdfLayout.TableSize, bold: true);
        pen.Rule(y + PdfLayout.CarryHeight, light: true);
        return y + PdfLayout.CarryHeight;
    }

    private string Pick(string german, string english) => PaperWords.Pick(_paper.Language, german, english);
}

/// <summary>Writes text and lines on a page.</summary>
internal sealed class PdfPen(SKCanvas canvas)
{
    private static readonly SKColor Ink = new(0x1a, 0x1d, 0x21);

    public SKCanvas Canvas => canvas;

    public void Write(string text, float x, float y, float size, bool bold = false) => Write(text, x, y, size, bold, SKTextAlign.Left);

    public void WriteRight(string text, float x, float y, float size, bool bold = false) => Write(text, x, y, size, bold, SKTextAlign.Right);

    public void Rule(float y, bool light, float left = PdfLayout.Left)
    {
        using var paint = new SKPaint { Color = light ? new SKColor(0xd8, 0xdc, 0xe0) : Ink, StrokeWidth = light ? 0.4f : 0.8f, IsStroke = true };
        canvas.DrawLine(left, y, PdfLayout.Right, y, paint);
    }

    private void Write(string text, float x, float y, float size, bool bold, SKTextAlign align)
    {
        using var font = PdfText.Font(size, bold);
        using var paint = new SKPaint { Color = Ink, IsAntialias = true };
        canvas.DrawText(PdfText.Printable(text), x, y, align, font, paint);
    }
}
