using System.Reflection;

namespace Zweizeiler.Architecture.Tests;

/// <summary>What the house consists of, for the rules to walk through.</summary>
internal static class House
{
    public static readonly string[] Services = ["Billing", "Gateway", "Marketplace", "Notifications", "Orders"];

    public static readonly DirectoryInfo Root = FindRoot();

    public static TheoryData<string> EveryService => [.. Services];

    public static Assembly Assembly(string project) => System.Reflection.Assembly.Load($"Zweizeiler.{project}");

    public static IEnumerable<FileInfo> Projects() => Root
        .EnumerateFiles("*.csproj", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden })
        .Where(file => !Path.GetRelativePath(Root.FullName, file.FullName).StartsWith("artifacts", StringComparison.Ordinal));

    public static string ProjectFile(string project) => File.ReadAllText(Projects().Single(file => file.Name == $"{project}.csproj").FullName);

    private static DirectoryInfo FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
                return folder;
        }
        throw new InvalidOperationException($"Platform.sln was not found above {AppContext.BaseDirectory}.");
    }
}
