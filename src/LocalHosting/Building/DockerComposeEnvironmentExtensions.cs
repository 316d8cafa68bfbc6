using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Docker;

namespace Aspire.Hosting
{
    /// <summary>Publishing for Compose; only Aspire can do it.</summary>
    public static class DockerComposeEnvironmentExtensions
    {
        public static IResourceBuilder<DockerComposeEnvironmentResource> AddDockerComposeEnvironment(this IDistributedApplicationBuilder builder, string name) =>
            throw new DistributedApplicationException($"LocalHosting cannot publish; '{name}' needs Aspire's packages.");
    }
}

namespace Aspire.Hosting.Docker
{
    /// <summary>Where a published application runs.</summary>
    public class DockerComposeEnvironmentResource(string name) : Resource(name);
}
