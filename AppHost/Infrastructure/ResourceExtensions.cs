namespace Zweizeiler.AppHost.Infrastructure;

internal static class ResourceExtensions
{
    /// <summary>
    /// Ready and alive. Each probe is a health check as well (Aspire adds it under the probe's path, and refuses a second check of the same path), so
    /// there is no WithHttpHealthCheck beside them.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithProbes(this IResourceBuilder<ProjectResource> service) => service
        .WithHttpProbe(ProbeType.Readiness, "/health/ready")
        .WithHttpProbe(ProbeType.Liveness, "/health/live");

    /// <summary>A secret of 256 bits in letters and digits, which need no escaping anywhere. Generated once and kept, unless it is set.</summary>
    public static IResourceBuilder<ParameterResource> AddSecret(this IDistributedApplicationBuilder builder, string name) =>
        builder.AddParameter(name, new GenerateParameterDefault { MinLength = 43, Special = false }, secret: true, persist: true);

    /// <summary>A developer's webhook receiver runs on the developer's machine; elsewhere such targets are refused.</summary>
    public static IResourceBuilder<ProjectResource> AllowWebhooksToThisMachine(this IResourceBuilder<ProjectResource> notifications) =>
        notifications.ApplicationBuilder.ExecutionContext.IsPublishMode
            ? notifications
            : notifications
                .WithEnvironment("Webhooks__AllowedNetworks__0", "127.0.0.0/8")
                .WithEnvironment("Webhooks__AllowedNetworks__1", "::1/128");
}
