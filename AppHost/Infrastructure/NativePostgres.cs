using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.LocalHosting;

namespace Zweizeiler.AppHost.Infrastructure;

/// <summary>PostgreSQL from the operating system's packages, as a program in a data folder.</summary>
internal sealed class NativePostgresResource : ExecutableResource, IResourceWithConnectionString
{
    private readonly ParameterResource _password;

    public NativePostgresResource(string name, string script, string workingDirectory, ParameterResource password)
        : base(name, script, workingDirectory)
    {
        _password = password;
        Endpoint = new EndpointReference(this, "tcp");
    }

    public EndpointReference Endpoint { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"Host={Endpoint.Property(EndpointProperty.IPV4Host)};Port={Endpoint.Property(EndpointProperty.Port)};Username=postgres;Password={_password}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.IPV4Host)}")),
        new("Port", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Port)}")),
        new("Username", ReferenceExpression.Create($"postgres")),
        new("Password", ReferenceExpression.Create($"{_password}")),
    ];
}

internal static class NativePostgres
{
    public static IResourceBuilder<NativePostgresResource> Add(
        IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password, string folder)
    {
        var script = Path.Combine(builder.AppHostDirectory, "native", "postgres.sh");
        var server = new NativePostgresResource(name, script, builder.AppHostDirectory, password.Resource);
        builder.Services.AddHealthChecks().AddAsyncCheck($"{name}-answers", ct => Handshake.PostgresAsync(server.Endpoint.Port, ct));
        return builder.AddResource(server)
            .WithEndpoint(name: "tcp")
            .WithArgs(context =>
            {
                context.Args.Add(folder);
                context.Args.Add(server.Endpoint.Property(EndpointProperty.TargetPort));
            })
            .WithEnvironment("POSTGRES_PASSWORD", password)
            .WithHealthCheck($"{name}-answers");
    }
}
