using System.Collections.ObjectModel;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

internal sealed class LocalApplicationBuilder : IDistributedApplicationBuilder
{
    /// <summary>Longer than the longest stop of a resource, so that the host never gives up on one.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMinutes(3);

    private readonly HostApplicationBuilder _host;

    public LocalApplicationBuilder(DistributedApplicationOptions options)
    {
        var args = options.Args ?? [];
        if (args.Contains("publish") || args.Contains("--publisher"))
        {
            throw new DistributedApplicationException(
                "LocalHosting runs the application on this machine; publishing needs Aspire's packages (remove .hosting-engine.props).");
        }

        BuildOutput = BuildOutput.Of(Assembly.GetEntryAssembly());
        AppHostDirectory = Path.GetFullPath(options.ProjectDirectory ?? BuildOutput.ProjectDirectory ?? Directory.GetCurrentDirectory());
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppHostDirectory });
        Secrets = new GeneratedSecrets(BuildOutput.UserSecretsId, _host.Configuration);

        Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        Services.AddHealthChecks();
        Services.AddSingleton(new ResourceNotificationService());
        Services.AddSingleton<IResourceCollection>(Resources);
        Services.AddSingleton(ExecutionContext);
        Services.AddSingleton(BuildOutput);
        Services.AddSingleton(LocalHostingOptions.From(Configuration));
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton<Output>();
        Services.AddSingleton<Telemetry.TelemetryServer>();
        Services.AddSingleton(new TelemetrySwitch(!options.DisableDashboard));
        Services.AddHostedService<Orchestrator>();

        // The health checks of resources that are still starting fail all the time; the orchestrator reports what matters.
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        _host.Logging.AddFilter("Microsoft.Hosting", LogLevel.Warning);
        _host.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }

    public string AppHostDirectory { get; }

    public ConfigurationManager Configuration => _host.Configuration;

    public IHostEnvironment Environment => _host.Environment;

    public DistributedApplicationExecutionContext ExecutionContext { get; } = new(DistributedApplicationOperation.Run);

    public IResourceCollection Resources { get; } = new ResourceCollection();

    public IServiceCollection Services => _host.Services;

    internal BuildOutput BuildOutput { get; }

    internal GeneratedSecrets Secrets { get; }

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(known => string.Equals(known.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
        {
            throw new DistributedApplicationException($"There are two resources with the name '{resource.Name}'.");
        }

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build() => new(_host.Build());

    private sealed class ResourceCollection : Collection<IResource>, IResourceCollection;

    private sealed class ResourceBuilder<T>(IDistributedApplicationBuilder application, T resource) : IResourceBuilder<T>
        where T : IResource
    {
        public IDistributedApplicationBuilder ApplicationBuilder => application;

        public T Resource => resource;

        public IResourceBuilder<T> WithAnnotation<TAnnotation>(TAnnotation annotation, ResourceAnnotationMutationBehavior behavior)
            where TAnnotation : IResourceAnnotation
        {
            if (behavior == ResourceAnnotationMutationBehavior.Replace)
            {
                foreach (var old in resource.Annotations.OfType<TAnnotation>().ToList())
                {
                    resource.Annotations.Remove(old);
                }
            }

            resource.Annotations.Add(annotation);
            return this;
        }
    }
}

internal sealed record TelemetrySwitch(bool On);
