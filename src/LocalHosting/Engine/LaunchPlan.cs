using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Everything that starting one replica needs, computed when its turn has come.</summary>
internal sealed record LaunchPlan(
    string Command, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment, bool IsServer);

internal sealed class LaunchPlanner(
    BuildOutput build, DistributedApplicationExecutionContext context, Telemetry.TelemetryServer telemetry, LocalHostingOptions options)
{
    public async Task<LaunchPlan> PlanAsync(IResource resource, int replica, CancellationToken cancellationToken)
    {
        CurrentReplica.Set(resource, replica);
        var environment = await EnvironmentAsync(resource, replica, cancellationToken);
        var arguments = await ArgumentsAsync(resource, cancellationToken);
        switch (resource)
        {
            case ProjectResource:
                var project = resource.Annotations.OfType<IProjectMetadata>().Single();
                var (dotnet, target) = build.TargetOf(project, options.CompiledFolder);
                return File.Exists(target)
                    ? new LaunchPlan(dotnet, [target, .. arguments], Path.GetDirectoryName(project.ProjectPath)!, environment, IsServer: false)
                    : throw new DistributedApplicationException($"'{target}' is not built.");

            case ExecutableResource program:
                // A program on which others' data depends goes last.
                return new LaunchPlan(program.Command, arguments, program.WorkingDirectory, environment, IsServer: program is IResourceWithConnectionString);

            case ContainerResource container:
                return ContainerLaunch.Plan(container, arguments, environment);

            default:
                throw new DistributedApplicationException($"LocalHosting cannot run '{resource.Name}' ({resource.GetType().Name}).");
        }
    }

    private async Task<Dictionary<string, string>> EnvironmentAsync(IResource resource, int replica, CancellationToken cancellationToken)
    {
        var callbacks = new EnvironmentCallbackContext(context, resource, cancellationToken: cancellationToken);
        if (resource.Annotations.OfType<TelemetryAnnotation>().Any() && telemetry.Url is { } url)
        {
            callbacks.EnvironmentVariables["OTEL_EXPORTER_OTLP_ENDPOINT"] = url;
            callbacks.EnvironmentVariables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            callbacks.EnvironmentVariables["OTEL_SERVICE_NAME"] = resource.Name;
            callbacks.EnvironmentVariables["OTEL_RESOURCE_ATTRIBUTES"] =
                $"service.instance.id={resource.Name}-{replica.ToString(CultureInfo.InvariantCulture)}";
            callbacks.EnvironmentVariables["OTEL_TRACES_SAMPLER"] = "always_on";
            callbacks.EnvironmentVariables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
        }

        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToList())
        {
            await annotation.Callback(callbacks);
        }

        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in callbacks.EnvironmentVariables)
        {
            environment[name] = await TextAsync(resource, value, cancellationToken);
        }

        return environment;
    }

    private static async Task<List<string>> ArgumentsAsync(IResource resource, CancellationToken cancellationToken)
    {
        var callbacks = new CommandLineArgsCallbackContext([], resource, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToList())
        {
            await annotation.Callback(callbacks);
        }

        var arguments = new List<string>();
        foreach (var argument in callbacks.Args)
        {
            arguments.Add(await TextAsync(resource, argument, cancellationToken));
        }

        return arguments;
    }

    private static async ValueTask<string> TextAsync(IResource resource, object value, CancellationToken cancellationToken) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(cancellationToken) ?? "",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new DistributedApplicationException($"'{resource.Name}' is given a {value.GetType().Name}, which is neither a text nor has one."),
    };
}
