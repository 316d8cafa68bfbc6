using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.LocalHosting.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.LocalHosting.Tests;

public sealed class Environment_Specs
{
    [Fact]
    public async Task A_reference_to_a_connection_injects_the_string_and_its_parts()
    {
        await using var app = new TestApplication("--Parameters:secret=s p&c");
        var secret = app.Builder.AddParameter("secret", secret: true);
        var server = app.Builder.AddResource(new Broker("messaging", app.Builder.AppHostDirectory, secret.Resource)).WithEndpoint(name: "tcp");
        var service = app.Builder.AddProject<Sample>("orders", launchProfileName: null).WithReference(server);

        var environment = await PlanAsync(app, service.Resource);

        var port = server.Resource.Annotations.OfType<EndpointAnnotation>().Single().Ports.Single();
        environment["ConnectionStrings__messaging"].ShouldBe($"amqp://user:s%20p%26c@localhost:{port}");
        environment["MESSAGING_HOST"].ShouldBe("localhost");
        environment["MESSAGING_PORT"].ShouldBe($"{port}");
        environment["MESSAGING_PASSWORD"].ShouldBe("s p&c");
    }

    [Fact]
    public async Task A_reference_to_a_service_names_every_replica()
    {
        await using var app = new TestApplication();
        var orders = app.Builder.AddProject<Sample>("orders", launchProfileName: null).WithHttpEndpoint().WithReplicas(3);
        var gateway = app.Builder.AddProject<Sample>("gateway", launchProfileName: null).WithHttpEndpoint().WithReference(orders);

        var environment = await PlanAsync(app, gateway.Resource);

        var ports = orders.Resource.Annotations.OfType<EndpointAnnotation>().Single().Ports;
        ports.Distinct().Count().ShouldBe(3);
        environment["ORDERS_HTTP"].ShouldBe($"http://localhost:{ports[0]}");
        environment["services__orders__http__0"].ShouldBe($"http://localhost:{ports[0]}");
        environment["services__orders__http__1"].ShouldBe($"http://localhost:{ports[1]}");
        environment["services__orders__http__2"].ShouldBe($"http://localhost:{ports[2]}");
    }

    [Fact]
    public async Task Each_replica_listens_on_its_own_port_and_tells_its_own_instance()
    {
        await using var app = new TestApplication();
        var orders = app.Builder.AddProject<Sample>("orders", launchProfileName: null).WithHttpEndpoint().WithReplicas(2);

        var first = await PlanAsync(app, orders.Resource);
        var second = await PlanAsync(app, orders.Resource, replica: 1);

        var ports = orders.Resource.Annotations.OfType<EndpointAnnotation>().Single().Ports;
        first["ASPNETCORE_URLS"].ShouldBe($"http://localhost:{ports[0]}");
        second["ASPNETCORE_URLS"].ShouldBe($"http://localhost:{ports[1]}");
        first["OTEL_SERVICE_NAME"].ShouldBe("orders");
        second["OTEL_SERVICE_NAME"].ShouldBe("orders");
        first["OTEL_EXPORTER_OTLP_PROTOCOL"].ShouldBe("http/protobuf");
        first["OTEL_EXPORTER_OTLP_ENDPOINT"].ShouldStartWith("http://127.0.0.1:");
        first["OTEL_RESOURCE_ATTRIBUTES"].ShouldBe("service.instance.id=orders-0");
        second["OTEL_RESOURCE_ATTRIBUTES"].ShouldBe("service.instance.id=orders-1");
    }

    [Fact]
    public async Task A_process_gets_its_own_values_whatever_their_names_and_nobody_elses_secrets()
    {
        Environment.SetEnvironmentVariable("Parameters__other-secret", "other");
        await using var app = new TestApplication();
        app.Builder.AddScript("printer", $"env > {app.PathOf("environment")}")
            .WithEnvironment("With.Dots", "1")
            .WithEnvironment("With-Dashes", "2")
            .WithEnvironment("Text", ReferenceExpression.Create($"{{brace}} {"plain"}"));
        await app.StartAsync();

        await app.BecomesAsync("printer", KnownResourceStates.Finished);

        var lines = app.LinesOf("environment");
        lines.ShouldContain("With.Dots=1");
        lines.ShouldContain("With-Dashes=2");
        lines.ShouldContain("Text={brace} plain");
        lines.ShouldNotContain(line => line.StartsWith("Parameters__", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fixed_port_that_is_taken_is_named()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        await using var app = new TestApplication();
        app.Builder.AddScript("server", Script.Forever).WithEndpoint(port: port, name: "tcp");

        var failure = await Should.ThrowAsync<DistributedApplicationException>(app.StartAsync);

        failure.Message.ShouldContain($"{port}");
    }

    [Fact]
    public void A_path_is_probed_once_as_Aspire_would_refuse_it_twice()
    {
        var builder = DistributedApplication.CreateBuilder([]);
        var service = builder.AddProject<Sample>("orders", launchProfileName: null).WithHttpEndpoint().WithHttpHealthCheck("/health/ready");

#pragma warning disable ASPIREPROBES001
        Should.Throw<DistributedApplicationException>(() => service.WithHttpProbe(ProbeType.Readiness, "/health/ready"));
#pragma warning restore ASPIREPROBES001
    }

    /// <summary>The environment as it would be at the start, computed by the running engine's own planner.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> PlanAsync(TestApplication app, IResource resource, int replica = 0)
    {
        foreach (var project in app.Builder.Resources)
        {
            var replicas = project.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;
            foreach (var endpoint in project.Annotations.OfType<EndpointAnnotation>().Where(e => e.Ports.Length == 0))
            {
                endpoint.Ports = [.. Enumerable.Range(0, replicas).Select(_ => FreePort.Next())];
            }
        }

        using var services = app.Builder.Services.BuildServiceProvider();
        var telemetry = services.GetRequiredService<TelemetryServer>();
        await telemetry.StartAsync(services.GetRequiredService<ResourceNotificationService>(), TestContext.Current.CancellationToken);
        var planner = new LaunchPlanner(services.GetRequiredService<BuildOutput>(), app.Builder.ExecutionContext, telemetry, services.GetRequiredService<LocalHostingOptions>());
        var plan = await planner.PlanAsync(resource, replica, TestContext.Current.CancellationToken);
        await telemetry.StopAsync();
        return plan.Environment;
    }

    private sealed class Broker(string name, string folder, ParameterResource password) : ExecutableResource(name, "bash", folder), IResourceWithConnectionString
    {
        private EndpointReference Endpoint => new(this, "tcp");

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"amqp://user:{password:uri}@{Endpoint.Property(EndpointProperty.HostAndPort)}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [
            new("Host", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Host)}")),
            new("Port", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Port)}")),
            new("Password", ReferenceExpression.Create($"{password}")),
        ];
    }
}

/// <summary>A project, as the app host's build would describe it; its output (see the project file) is this test program.</summary>
public sealed class Sample : IProjectMetadata
{
    public string ProjectPath => "/tmp/Sample.csproj";
}
