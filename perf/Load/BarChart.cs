using System.Globalization;
using System.Xml.Linq;

namespace Zweizeiler.Load;

/// <summary>Measured values side by side, as a picture for perf/RESULTS.md.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Unit">What the values are.</param>
/// <param name="Goal">Where a line is drawn, if anywhere.</param>
/// <param name="Bars">The values, from top to bottom.</param>
internal sealed record BarChart(string Title, string Unit, double? Goal, IReadOnlyList<(string Label, double Value)> Bars)
{
    private const int Width = 760;
    private const int LabelWidth = 300;
    private const int ValueWidth = 70;
    private const int RowHeight = 26;
    private const int Top = 44;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private double Largest => Math.Max(Goal ?? 0, Bars.Max(b => b.Value));

    private int Bottom => Top + (Bars.Count * RowHeight);

    public XDocument Draw() => new(new XElement(
        Svg + "svg",
        new XAttribute("viewBox", Text($"0 0 {Width} {Bottom + (Goal is null ? 12 : 30)}")),
        new XAttribute("role", "img"),
        new XAttribute("font-family", "system-ui, sans-serif"),
        new XAttribute("font-size", "14"),
        new XElement(Svg + "title", $"{Title} ({Unit})"),
        // Readable on light and dark pages alike.
        new XElement(Svg + "style", "text{fill:#24292f}.bar{fill:#1f6f8b}.goal{stroke:#b3261e;stroke-dasharray:4 3}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.bar{fill:#5fb3ce}.goal{stroke:#ff8a80}}"),
        Label(0, 20, $"{Title} ({Unit})", new XAttribute("font-weight", "600")),
        Bars.Select((bar, i) => new[]
        {
            Label(LabelWidth - 8, Top + (i * RowHeight) + 17, bar.Label, new XAttribute("text-anchor", "end")),
            new XElement(
                Svg + "rect",
                new XAttribute("class", "bar"),
                new XAttribute("x", LabelWidth),
                new XAttribute("y", Top + (i * RowHeight) + 4),
                new XAttribute("width", Text($"{Length(bar.Value):0.#}")),
                new XAttribute("height", RowHeight - 8)),
            Label(LabelWidth + Length(bar.Value) + 6, Top + (i * RowHeight) + 17, Text($"{bar.Value:0.###}")),
        }),
        Goal is { } goal ? GoalLine(goal) : null));

    private static XElement Label(double x, double y, string text, XAttribute? attribute = null) => new(
        Svg + "text", new XAttribute("x", Text($"{x:0.#}")), new XAttribute("y", Text($"{y:0.#}")), attribute, text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private XElement[] GoalLine(double goal) =>
    [
        new XElement(
            Svg + "line",
            new XAttribute("class", "goal"),
            new XAttribute("x1", Text($"{LabelWidth + Length(goal):0.#}")),
            new XAttribute("x2", Text($"{LabelWidth + Length(goal):0.#}")),
            new XAttribute("y1", Top),
            new XAttribute("y2", Bottom + 4)),
        Label(LabelWidth + Length(goal), Bottom + 20, Text($"goal {goal:0.###}"), new XAttribute("text-anchor", "middle")),
    ];

    private double Length(double value) => value / Largest * (Width - LabelWidth - ValueWidth);
}
