using System.Globalization;
using System.Text;

namespace Zweizeiler.AppHost;

/// <summary>What a developer needs to know once everything runs.</summary>
internal static class RunSummary
{
    public static string Of(Details details, Settings settings)
    {
        var text = new StringBuilder().AppendLine();
        Line("Gateway", details.Gateway);
        Line("API docs", details.Docs);
        Line("Portal", details.Portal);
        Line("Live key", details.Keys?.Live);
        Line("Test key", details.Keys?.Test);
        foreach (var translator in details.Translators ?? [])
        {
            Line("Translator", $"{translator.Email}  {translator.Password}  {string.Join(' ', translator.Pairs ?? [])}");
        }

        Line("Operator", details.Operator is { } o ? $"{o.Email}  {o.Password}" : null);
        Line("Mails", details.MailFolder ?? details.MailPages);
        Line("Data", settings.DataFolder);
        Line("Telemetry", details.Telemetry);
        return text.AppendLine().AppendLine("Ctrl+C ends it; the data stays. ./run --fresh starts anew.").ToString();

        void Line(string name, string? value)
        {
            if (value is not null)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-12}{value}");
            }
        }
    }
}
