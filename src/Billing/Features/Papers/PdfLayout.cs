using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>A row of the table, measured.</summary>
internal sealed record PdfRow(int Position, IReadOnlyList<string> Description, IReadOnlyList<string> CostCentre, string Tax, string Net, long NetCents)
{
    public float Height => (Math.Max(Description.Count, CostCentre.Count) * PdfLayout.LineHeight) + 4;
}

/// <summary>What stands on one page.</summary>
/// <param name="Top">Where its table begins.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="CarriedIn">The sum of the pages before; null on the first.</param>
/// <param name="CarriedOut">The sum so far; null where the totals follow.</param>
/// <param name="HasTotals">Whether the totals stand on it.</param>
internal sealed record PdfPage(float Top, IReadOnlyList<PdfRow> Rows, long? CarriedIn, long? CarriedOut, bool HasTotals);

/// <summary>
/// Spreads the lines over pages before anything is written, since every page says how many there are. A row is never torn apart, and the totals never
/// stand alone: a row goes with them.
/// </summary>
internal sealed class PdfLayout
{
    // A4 in points (1/72 inch), margins of 20 mm.
    public const float Width = 595.28f;
    public const float Height = 841.89f;
    public const float Left = 56.7f;
    public const float Right = Width - 56.7f;
    public const float Bottom = 752;

    public const float TableSize = 8.5f;
    public const float LineHeight = 11;
    public const float TableHeadHeight = 16;
    public const float CarryHeight = 15;

    public const float PositionRight = Left + 24;
    public const float DescriptionLeft = Left + 34;
    public const float CostCentreLeft = 372;
    public const float TaxRight = 462;

    private const float NextTop = 72;

    private PdfLayout(IReadOnlyList<PdfPage> pages) => Pages = pages;

    public IReadOnlyList<PdfPage> Pages { get; }

    public static PdfLayout Of(TaxDocument paper)
    {
        var waiting = new Queue<PdfRow>(Rows(paper));
        var totals = PdfTotals.HeightOf(paper) + 8;
        var pages = new List<PdfPage>();
        long carried = 0;
        do
        {
            var top = pages.Count == 0 ? PdfHead.TableTop(paper) : NextTop;
            var y = top + TableHeadHeight + (pages.Count == 0 ? 0 : CarryHeight);
            var before = carried;
            var rows = new List<PdfRow>();
            // The last row stays back where the totals would not fit below it, so that they do not stand alone on the next page.
            while (waiting.TryPeek(out var row)
                && (y + row.Height + (waiting.Count == 1 ? totals : CarryHeight) <= Bottom || (rows.Count == 0 && pages.Count > 0)))
            {
                rows.Add(waiting.Dequeue());
                carried += row.NetCents;
                y += row.Height;
            }

            var isLast = waiting.Count == 0;
            pages.Add(new PdfPage(top, rows, pages.Count == 0 ? null : before, isLast ? null : carried, isLast));
        }
        while (waiting.Count > 0);

        return new PdfLayout(pages);
    }

    private static IEnumerable<PdfRow> Rows(TaxDocument paper)
    {
        using var font = PdfText.Font(TableSize);
        var hasCostCentres = paper.Lines.Any(l => l.CostCentre is { Length: > 0 });
        var width = (hasCostCentres ? CostCentreLeft : TaxRight - 34) - 8 - DescriptionLeft;
        var position = 0;
        foreach (var line in paper.Lines)
        {
            position++;
            yield return new PdfRow(
                position,
                PdfText.Wrap(line.Description, font, width),
                line.CostCentre is { Length: > 0 } centre ? PdfText.Wrap(centre, font, TaxRight - 34 - CostCentreLeft) : [],
                line.Tax.Category == TaxCategory.S ? PaperWords.Rate(line.Tax.Rate, paper.Language) : line.Tax.Category.ToString(),
                PaperWords.Euro(line.NetCents, paper.Language),
                line.NetCents);
        }
    }
}
