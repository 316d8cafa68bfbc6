using System.Text;
using SkiaSharp;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>The fonts of the papers, carried along so that a paper looks alike on every machine, and what is reckoned with them.</summary>
internal static class PdfText
{
    private const char Missing = '□';

    private static readonly SKTypeface Regular = Load("DejaVuSansCondensed.ttf");
    private static readonly SKTypeface Bold = Load("DejaVuSansCondensed-Bold.ttf");

    private static readonly SKFont Glyphs = new(Regular);

    public static SKFont Font(float size, bool bold = false) => new(bold ? Bold : Regular, size) { Subpixel = true };

    /// <summary>What the font has no sign for (a reference can be in any script) becomes a box; the XML has it as it is.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var rune in UblWriter.Clean(text).EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Glyphs.GetGlyph(rune.Value) == 0)
            {
                printable.Append(Missing);
            }
            else
            {
                printable.Append(rune);
            }
        }

        return printable.ToString();
    }

    /// <summary>Breaks a text at blanks, and a word that is longer than a line anywhere.</summary>
    public static IReadOnlyList<string> Wrap(string text, SKFont font, float width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in Printable(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (font.MeasureText(longer) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = word;
            while (font.MeasureText(line) > width)
            {
                var fits = Math.Max(1, (int)font.BreakText(line, width));
                fits = char.IsHighSurrogate(line[fits - 1]) ? fits + 1 : fits;
                lines.Add(line[..fits]);
                line = line[fits..];
            }
        }

        lines.Add(line);
        return lines;
    }

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(PdfText).Assembly.GetManifestResourceStream($"Zweizeiler.Billing.Fonts.{name}")
            ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
