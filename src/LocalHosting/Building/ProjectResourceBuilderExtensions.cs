using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Projects.</summary>
public static class ProjectResourceBuilderExtensions
{
    /// <summary>Adds a project. Launch profiles are not read: <paramref name="launchProfileName"/> must be null.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name, string? launchProfileName)
        where TProject : IProjectMetadata, new()
    {
        if (launchProfileName is not null)
        {
            throw new DistributedApplicationException("LocalHosting reads no launch profiles; pass null.");
        }

        return builder.AddResource(new ProjectResource(name))
            .WithAnnotation(new TProject())
            .WithOtlpExporter()
            .WithEnvironment(SetUrls);
    }

    /// <summary>How many processes of the project run. Each has its own port; there is no proxy in front of them.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas) =>
        builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);

    private static void SetUrls(EnvironmentCallbackContext context)
    {
        var urls = context.Resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.UriScheme is "http" or "https")
            .Select(e => new EndpointReference((IResourceWithEndpoints)context.Resource, e.Name).Url).ToList();
        if (urls.Count > 0)
        {
            context.EnvironmentVariables["ASPNETCORE_URLS"] = string.Join(';', urls);
        }
    }
}
