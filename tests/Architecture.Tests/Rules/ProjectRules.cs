using System.Xml.Linq;

namespace Zweizeiler.Architecture.Tests.Rules;

/// <summary>Rules about project files. Each returns what breaks it.</summary>
internal static class ProjectRules
{
    private static readonly string[] OpenToServices = ["Contracts", "Pricing", "Messaging", "ServiceDefaults"];

    /// <summary>A service references nothing of the house but what is made for all.</summary>
    public static IEnumerable<string> ServiceReferences(string projectFile) =>
        Includes(projectFile, "ProjectReference")
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))
            .Except(OpenToServices);

    /// <summary>The same, of the compiled assembly: what reached it by another way.</summary>
    public static IEnumerable<string> AssemblyReferences(System.Reflection.Assembly service) =>
        service.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("Zweizeiler.", StringComparison.Ordinal))
            .Except(OpenToServices.Select(name => $"Zweizeiler.{name}"));

    /// <summary>The project stands on the framework alone.</summary>
    public static IEnumerable<string> AnyReferences(string projectFile) =>
        [.. Includes(projectFile, "ProjectReference"), .. Includes(projectFile, "PackageReference"), .. Includes(projectFile, "FrameworkReference")];

    /// <summary>Versions are kept in Directory.Packages.props.</summary>
    public static IEnumerable<string> OwnVersions(string projectFile) =>
        XDocument.Parse(projectFile).Descendants("PackageReference")
            .Where(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null)
            .Select(reference => reference.Attribute("Include")!.Value);

    private static IEnumerable<string> Includes(string projectFile, string element) =>
        XDocument.Parse(projectFile).Descendants(element).Select(reference => reference.Attribute("Include")!.Value);
}
