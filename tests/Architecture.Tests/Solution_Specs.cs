using System.Text.RegularExpressions;
using Zweizeiler.Architecture.Tests.Rules;

namespace Zweizeiler.Architecture.Tests;

public sealed partial class Solution_Specs
{
    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = File.ReadAllText(Path.Combine(House.Root.FullName, "Platform.sln"));
        var held = ProjectPath().Matches(solution).Select(match => match.Groups[1].Value.Replace('\\', '/'));

        var there = House.Projects().Select(file => Path.GetRelativePath(House.Root.FullName, file.FullName).Replace('\\', '/'));

        there.Except(held).ShouldBeEmpty("dotnet sln add is missing");
        held.Except(there).ShouldBeEmpty("the solution names what is gone");
    }

    [Fact]
    public void Versions_are_kept_in_one_place()
    {
        foreach (var project in House.Projects())
            ProjectRules.OwnVersions(File.ReadAllText(project.FullName)).ShouldBeEmpty(project.Name);
    }

    [Fact]
    public void A_version_kept_elsewhere_is_caught() =>
        ProjectRules.OwnVersions("""<Project><ItemGroup><PackageReference Include="A" Version="1.0" /><PackageReference Include="B" /></ItemGroup></Project>""")
            .ShouldBe(["A"]);

    [GeneratedRegex("\"([^\"]+\\.csproj)\"")]
    private static partial Regex ProjectPath();
}
