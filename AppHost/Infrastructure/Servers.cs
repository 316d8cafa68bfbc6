using System.Data.Common;
using Microsoft.Extensions.Configuration;

namespace Zweizeiler.AppHost.Infrastructure;

/// <summary>PostgreSQL and RabbitMQ, in one of their three forms.</summary>
internal sealed class Servers
{
    private readonly IDistributedApplicationBuilder _builder;
    private readonly ReferenceExpression _host;
    private readonly ReferenceExpression _port;

    private Servers(
        IDistributedApplicationBuilder builder, IResourceBuilder<IResourceWithConnectionString> postgres,
        IResourceBuilder<IResourceWithConnectionString> messaging, ReferenceExpression host, ReferenceExpression port)
    {
        _builder = builder;
        Postgres = postgres;
        Messaging = messaging;
        _host = host;
        _port = port;
    }

    /// <summary>The server, by the administrator's connection.</summary>
    public IResourceBuilder<IResourceWithConnectionString> Postgres { get; }

    public IResourceBuilder<IResourceWithConnectionString> Messaging { get; }

    public static Servers Add(IDistributedApplicationBuilder builder, Settings settings) => settings.Mode switch
    {
        InfrastructureMode.Containers => AddContainers(builder, settings),
        InfrastructureMode.Native => AddNative(builder, settings),
        _ => AddExternal(builder),
    };

    /// <summary>A service's own database with a role of its own. Both are made by the service's migration.</summary>
    public IResourceBuilder<ServiceDatabaseResource> AddDatabase(string name, string role)
    {
        var password = _builder.AddSecret($"{name}-password");
        return _builder.AddResource(new ServiceDatabaseResource(name, role, password.Resource, Postgres.Resource, _host, _port));
    }

    private static Servers AddContainers(IDistributedApplicationBuilder builder, Settings settings)
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            builder.AddDockerComposeEnvironment("compose");
        }

        var postgres = builder.AddPostgres("postgres", password: builder.AddSecret("postgres-password"))
            .WithDataVolume($"{settings.VolumePrefix}-postgres");
        var messaging = builder.AddRabbitMQ("messaging", password: builder.AddSecret("messaging-password"))
            .WithDataVolume($"{settings.VolumePrefix}-messaging");
        if (builder.Configuration["Infrastructure:PostgresImage"] is { } postgresImage)
        {
            postgres.WithImage(postgresImage);
        }

        if (builder.Configuration["Infrastructure:RabbitMQImage"] is { } rabbitImage)
        {
            messaging.WithImage(rabbitImage);
        }

        return Of(builder, postgres, messaging);
    }

    private static Servers AddNative(IDistributedApplicationBuilder builder, Settings settings) => Of(
        builder,
        NativePostgres.Add(builder, "postgres", builder.AddSecret("postgres-password"), Path.Combine(settings.DataFolder, "postgres")),
        NativeRabbitMQ.Add(builder, "messaging", builder.AddSecret("messaging-password"), Path.Combine(settings.DataFolder, "rabbitmq")));

    private static Servers AddExternal(IDistributedApplicationBuilder builder)
    {
        var connection = new DbConnectionStringBuilder { ConnectionString = builder.Configuration.GetConnectionString("postgres") ?? "" };
        var host = connection.TryGetValue("Host", out var h) ? (string)h : "localhost";
        var port = connection.TryGetValue("Port", out var p) ? (string)p : "5432";
        return new Servers(
            builder, builder.AddConnectionString("postgres"), builder.AddConnectionString("messaging"),
            ReferenceExpression.Create($"{host}"), ReferenceExpression.Create($"{port}"));
    }

    private static Servers Of(
        IDistributedApplicationBuilder builder, IResourceBuilder<IResourceWithConnectionString> postgres,
        IResourceBuilder<IResourceWithConnectionString> messaging) => new(
        builder, postgres, messaging, postgres.Resource.GetConnectionProperty("Host"), postgres.Resource.GetConnectionProperty("Port"));
}
