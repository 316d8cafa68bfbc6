using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

internal sealed record ContainerImage(string Image, string? Tag) : IResourceAnnotation;

internal sealed record ContainerVolume(string Name, string Target, bool ReadOnly) : IResourceAnnotation;

/// <summary>A container as a foreground command, whose end is the container's end.</summary>
internal static class ContainerLaunch
{
    public static LaunchPlan Plan(ContainerResource container, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var image = container.Annotations.OfType<ContainerImage>().Last();
        var id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        List<string> command = ["run", "--rm", "--init", "--name", $"{container.Name}-{id}"];
        foreach (var endpoint in container.Annotations.OfType<EndpointAnnotation>())
        {
            var port = endpoint.Ports[0].ToString(CultureInfo.InvariantCulture);
            var target = (endpoint.TargetPort ?? endpoint.Ports[0]).ToString(CultureInfo.InvariantCulture);
            command.AddRange(["--publish", $"127.0.0.1:{port}:{target}"]);
        }

        foreach (var volume in container.Annotations.OfType<ContainerVolume>())
        {
            command.AddRange(["--volume", $"{volume.Name}:{volume.Target}{(volume.ReadOnly ? ":ro" : "")}"]);
        }

        foreach (var name in environment.Keys)
        {
            // The value comes from the command's own environment: an argument could be read by everybody on the machine.
            command.AddRange(["--env", name]);
        }

        if (container.Entrypoint is { } entrypoint)
        {
            command.AddRange(["--entrypoint", entrypoint]);
        }

        command.Add(image.Tag is null ? image.Image : $"{image.Image}:{image.Tag}");
        command.AddRange(arguments);
        return new LaunchPlan("docker", command, "/", environment, IsServer: true);
    }
}
