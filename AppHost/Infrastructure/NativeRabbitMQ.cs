using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.LocalHosting;

namespace Zweizeiler.AppHost.Infrastructure;

/// <summary>RabbitMQ from the operating system's packages, as a program in a data folder.</summary>
internal sealed class NativeRabbitMQResource : ExecutableResource, IResourceWithConnectionString
{
    public const string User = "zweizeiler";

    private readonly ParameterResource _password;

    public NativeRabbitMQResource(string name, string script, string workingDirectory, ParameterResource password)
        : base(name, script, workingDirectory)
    {
        _password = password;
        Endpoint = new EndpointReference(this, "tcp");
    }

    public EndpointReference Endpoint { get; }

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create(
        $"amqp://{User}:{_password:uri}@{Endpoint.Property(EndpointProperty.IPV4Host)}:{Endpoint.Property(EndpointProperty.Port)}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.IPV4Host)}")),
        new("Port", ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Port)}")),
        new("Username", ReferenceExpression.Create($"{User}")),
        new("Password", ReferenceExpression.Create($"{_password}")),
        new("Uri", ConnectionStringExpression),
    ];
}

internal static class NativeRabbitMQ
{
    public static IResourceBuilder<NativeRabbitMQResource> Add(
        IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource> password, string folder)
    {
        var script = Path.Combine(builder.AppHostDirectory, "native", "rabbitmq.sh");
        var broker = new NativeRabbitMQResource(name, script, builder.AppHostDirectory, password.Resource);
        builder.Services.AddHealthChecks().AddAsyncCheck($"{name}-answers", ct => Handshake.AmqpAsync(broker.Endpoint.Port, ct));
        return builder.AddResource(broker)
            .WithEndpoint(name: "tcp")
            .WithArgs(context =>
            {
                context.Args.Add(folder);
                context.Args.Add(broker.Endpoint.Property(EndpointProperty.TargetPort));
            })
            .WithEnvironment("RABBITMQ_DEFAULT_USER", NativeRabbitMQResource.User)
            .WithEnvironment("RABBITMQ_DEFAULT_PASS", password)
            .WithHealthCheck($"{name}-answers");
    }
}
