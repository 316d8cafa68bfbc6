using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Zweizeiler.Gateway.Docs;
using Zweizeiler.Notifications.Features.ListEvents;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Architecture.Tests;

/// <summary>The guide says of codes and event types what there is in the code, and the committed description has the guide of today.</summary>
public partial class Guide_Specs
{
    private static readonly string File = System.IO.File.ReadAllText(Path.Combine(House.Root.FullName, "docs", "api-guide.md"));

    [Fact]
    public void The_committed_description_begins_with_the_guide()
    {
        var committed = JsonNode.Parse(System.IO.File.ReadAllText(Path.Combine(House.Root.FullName, "docs", "openapi", "v1.json")))!;
        ((string?)committed["info"]!["description"]).ShouldBe(
            Guide.Of(File), "docs/api-guide.md was edited: write docs/openapi/v1.json anew (ZWEIZEILER_WRITE_API_DESCRIPTION=1 ./test System)");
    }

    [Fact]
    public void Every_fault_of_the_code_is_in_the_guide_and_no_other()
    {
        var inCode = Sources().SelectMany(FaultsIn).ToHashSet(StringComparer.Ordinal);
        inCode.Count.ShouldBeGreaterThan(80);
        CodesIn("Faults of a field").ShouldBe(inCode, ignoreOrder: true);
    }

    [Fact]
    public void The_look_at_the_code_finds_faults_and_no_problems() =>
        FaultsIn("""faults.Add(at, "moon.full", "…"); faults.OneOf(at, x, "case.not_found", "a"); throw new ApiProblem(409, "job.state", "job.delivered", "webhook.test")""")
            .ShouldBe(["moon.full", "case.not_found"]);

    [Fact]
    public void Every_event_type_is_in_the_guide_and_no_other() => CodesIn("Event types").ShouldBe(EventTypes, ignoreOrder: true);

    [Fact]
    public void Every_step_of_a_job_is_an_event_type_and_no_other_is()
    {
        var steps = Directory.EnumerateFiles(Path.Combine(House.Root.FullName, "src", "Orders", "Domain"), "Job*.cs")
            .SelectMany(file => StepPattern().Matches(System.IO.File.ReadAllText(file))).Select(m => m.Groups[1].Value).Distinct().ToList();
        steps.ShouldBe(EventTypes, ignoreOrder: true);
    }

    [Fact]
    public void Every_link_within_the_guide_leads_to_a_heading()
    {
        var headings = HeadingPattern().Matches(File).Select(m => m.Groups[1].Value.ToLowerInvariant().Replace(' ', '-')).ToList();
        var links = LinkPattern().Matches(File).Select(m => m.Groups[1].Value).Distinct().ToList();
        links.ShouldNotBeEmpty();
        links.Where(link => !headings.Contains(link)).ShouldBeEmpty();
    }

    /// <summary>As the description shows them.</summary>
    private static IReadOnlyList<string> EventTypes => typeof(EventView).GetProperty(nameof(EventView.Type))!.GetCustomAttribute<ValuesOfAttribute>()!.Values;

    /// <summary>Dotted codes in the source that are neither problems nor events. Some names are both a problem's and a fault's: what is not found at a path, and in a field.</summary>
    private static IEnumerable<string> FaultsIn(string source) => CodePattern().Matches(source).Select(m => m.Groups[1].Value).Where(code =>
        code != "webhook.test"
        && !EventTypes.Contains(code)
        && (code.EndsWith(".not_found", StringComparison.Ordinal) || ProblemCatalogue.All.All(p => p.Code != code)));

    /// <summary>Where requests of merchants are read. Billing's other endpoints are the operators'.</summary>
    private static IEnumerable<string> Sources() =>
        new[] { "src/Orders/Features", "src/Notifications/Features", "src/Billing/Features", "ServiceDefaults/Http", "ServiceDefaults/Json" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(House.Root.FullName, folder), "*.cs", SearchOption.AllDirectories))
            .Select(System.IO.File.ReadAllText)
            .Where(source => source.Contains("aults", StringComparison.Ordinal)
                && (!source.Contains("namespace Zweizeiler.Billing", StringComparison.Ordinal) || source.Contains("\"/v1/", StringComparison.Ordinal)))
            .Append(System.IO.File.ReadAllText(Path.Combine(House.Root.FullName, "src", "Pricing", "LineCount.cs")));

    private static List<string> CodesIn(string heading)
    {
        var begin = File.IndexOf($"### {heading}\n", StringComparison.Ordinal);
        begin.ShouldBeGreaterThan(0, heading);
        var end = File.IndexOf("\n##", begin + 1, StringComparison.Ordinal);
        return [.. RowPattern().Matches(File[begin..end]).Select(m => m.Groups[1].Value)];
    }

    [GeneratedRegex(@"""([a-z_]+(?:\.[a-z_]+)+)""")]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"""(job\.[a-z_]+)""")]
    private static partial Regex StepPattern();

    [GeneratedRegex(@"^\| `([a-z_]+(?:\.[a-z_]+)+)` \|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"^##+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex LinkPattern();
}
