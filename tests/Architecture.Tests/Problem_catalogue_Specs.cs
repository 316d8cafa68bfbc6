using System.Text.RegularExpressions;
using Zweizeiler.Gateway.Docs;

namespace Zweizeiler.Architecture.Tests;

/// <summary>What the services can answer stands in the catalogue, and so in the description and in the guide.</summary>
public partial class Problem_catalogue_Specs
{
    [Fact]
    public void Every_problem_in_the_code_is_in_the_catalogue()
    {
        var known = ProblemCatalogue.All.Select(p => $"{p.Status} {p.Code}").ToHashSet(StringComparer.Ordinal);
        var answered = Sources().SelectMany(InCode).Distinct().ToList();

        answered.Count.ShouldBeGreaterThan(10);
        answered.Where(p => !known.Contains(p)).ShouldBeEmpty();
    }

    [Fact]
    public void The_look_at_the_code_finds_what_is_not_in_the_catalogue() =>
        InCode("""new ApiProblem(StatusCodes.Status409Conflict, "moon.full", "The moon is full", "Wait.")""").ShouldBe(["409 moon.full"]);

    [Fact]
    public void Every_problem_of_the_catalogue_is_in_the_guide()
    {
        foreach (var problem in ProblemCatalogue.All.Where(p => !p.Code.EndsWith(".not_found", StringComparison.Ordinal)))
        {
            Guide.Text.ShouldContain($"| {problem.Status} | `{problem.Code}` | {problem.Title} | {problem.Remedy} |");
        }
    }

    private static IEnumerable<string> InCode(string source) =>
        ProblemPattern().Matches(source).Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value}")
            .Concat(NotFoundPattern().Matches(source).Select(m => $"404 {m.Groups[1].Value}.not_found"));

    private static IEnumerable<string> Sources() =>
        new[] { "src/Orders", "src/Billing", "src/Notifications", "src/Gateway", "ServiceDefaults" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(House.Root.FullName, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !file.EndsWith("ProblemCatalogue.cs", StringComparison.Ordinal))
            .Select(File.ReadAllText);

    [GeneratedRegex(@"StatusCodes\.Status(\d{3})\w*,\s*""([a-z_]+(?:\.[a-z_]+)+)""")]
    private static partial Regex ProblemPattern();

    [GeneratedRegex(@"CommonProblems\.NotFound\(""([a-z_]+)""\)")]
    private static partial Regex NotFoundPattern();
}
