using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Parameters and connection strings from outside.</summary>
public static class ParameterResourceBuilderExtensions
{
    /// <summary>A parameter that somebody must set as <c>Parameters:name</c>.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => Configured(builder, name) ?? throw Missing($"Parameters:{name}"), secret));

    /// <summary>A parameter with a value.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
        builder.AddResource(new ParameterResource(name, _ => value, secret));

    /// <summary>A parameter that is generated, and with <paramref name="persist"/> kept, unless it is set.</summary>
    public static IResourceBuilder<ParameterResource> AddParameter(
        this IDistributedApplicationBuilder builder, string name, ParameterDefault value, bool secret = false, bool persist = false)
    {
        var secrets = ((LocalApplicationBuilder)builder).Secrets;
        var parameter = new ParameterResource(name, Value, secret) { Default = value };
        return builder.AddResource(parameter);

        string Value(ParameterDefault? standard) => Configured(builder, name)
            ?? (persist ? secrets.GetOrAdd($"Parameters:{name}", standard!.GetDefaultValue) : standard!.GetDefaultValue());
    }

    /// <summary>A server that somebody else runs, by <c>ConnectionStrings:name</c>.</summary>
    public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(
        this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
        builder.AddResource(new ExternalConnectionString(
            name, environmentVariableName, () => builder.Configuration[$"ConnectionStrings:{name}"] ?? throw Missing($"ConnectionStrings:{name}")));

    private static string? Configured(IDistributedApplicationBuilder builder, string name) => builder.Configuration[$"Parameters:{name}"];

    private static DistributedApplicationException Missing(string key) =>
        new($"'{key}' is not set; set it as environment variable {key.Replace(":", "__", StringComparison.Ordinal)}.");

    private sealed class ExternalConnectionString(string name, string? variable, Func<string> value) : Resource(name), IResourceWithConnectionString
    {
        public string? ConnectionStringEnvironmentVariable => variable;

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{value()}");
    }
}
