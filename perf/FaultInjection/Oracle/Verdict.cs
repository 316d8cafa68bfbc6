using System.Globalization;
using System.Text;

namespace Zweizeiler.FaultInjection.Oracle;

/// <summary>The table at the end of a run.</summary>
internal static class Verdict
{
    private const int Shown = 5;

    public static string Table(IReadOnlyList<Check> checks)
    {
        var width = checks.Max(c => c.Name.Length);
        var table = new StringBuilder();
        table.AppendLine(CultureInfo.InvariantCulture, $"| {"check".PadRight(width)} |  cases | violations |");
        table.AppendLine(CultureInfo.InvariantCulture, $"|-{new string('-', width)}-|-------:|-----------:|");
        foreach (var check in checks)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {check.Name.PadRight(width)} | {check.Cases,6} | {check.Violations.Count,10} |");
        }

        foreach (var check in checks.Where(c => !c.IsKept))
        {
            table.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{check.Name}:");
            foreach (var violation in check.Violations.Take(Shown))
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"  {violation}");
            }

            if (check.Violations.Count > Shown)
            {
                table.AppendLine(CultureInfo.InvariantCulture, $"  and {check.Violations.Count - Shown} more");
            }
        }

        return table.ToString();
    }

    /// <summary>A run in which nothing was looked at has shown nothing.</summary>
    public static bool IsGood(IReadOnlyList<Check> checks) => checks.All(c => c.IsKept) && checks.Count(c => c.Cases > 0) > checks.Count / 2;
}
