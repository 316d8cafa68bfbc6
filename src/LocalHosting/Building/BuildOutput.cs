using System.Reflection;

namespace Aspire.Hosting;

/// <summary>
/// What the app host's build wrote into its assembly (LocalHosting.targets): its folder, and for each referenced project the assembly that was built.
/// So projects start as <c>dotnet x.dll</c>, without asking MSBuild again.
/// </summary>
internal sealed class BuildOutput
{
    private const string ProjectDirectoryKey = "apphostprojectpath";
    private const string UserSecretsKey = "localhosting.usersecretsid";
    private const string TargetPrefix = "localhosting.target:";

    private readonly Dictionary<string, string> _targets;

    private BuildOutput(IEnumerable<AssemblyMetadataAttribute> metadata)
    {
        var values = metadata.Where(m => m.Value is not null).ToLookup(m => m.Key, m => m.Value!);
        ProjectDirectory = values[ProjectDirectoryKey].FirstOrDefault();
        UserSecretsId = values[UserSecretsKey].FirstOrDefault();
        _targets = values.Where(v => v.Key.StartsWith(TargetPrefix, StringComparison.Ordinal))
            .ToDictionary(v => v.Key[TargetPrefix.Length..], v => v.First(), StringComparer.Ordinal);
    }

    public string? ProjectDirectory { get; }

    public string? UserSecretsId { get; }

    public static BuildOutput Of(Assembly? appHost) => new(appHost?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? []);

    /// <summary>The runtime that starts a project, and the assembly that it starts.</summary>
    /// <param name="project">A project reference of the app host.</param>
    /// <param name="compiledFolder">Where it is looked for first, if anywhere: <see cref="Engine.LocalHostingOptions.CompiledFolder"/>.</param>
    public (string Dotnet, string Assembly) TargetOf(IProjectMetadata project, string? compiledFolder) => _targets.TryGetValue(project.ProjectPath, out var target)
        ? Compiled(project, target, compiledFolder) ?? ("dotnet", target)
        : throw new DistributedApplicationException($"The project '{project.ProjectPath}' is no project reference of the app host.");

    // What is compiled there holds code of the runtime beside it, and runs on no other.
    private static (string Dotnet, string Assembly)? Compiled(IProjectMetadata project, string target, string? compiledFolder) =>
        compiledFolder is { Length: > 0 } folder
        && Path.Combine(folder, Path.GetFileNameWithoutExtension(project.ProjectPath), Path.GetFileName(target)) is var compiled
        && File.Exists(compiled)
            ? (Path.Combine(folder, "dotnet", "dotnet"), compiled)
            : null;
}
