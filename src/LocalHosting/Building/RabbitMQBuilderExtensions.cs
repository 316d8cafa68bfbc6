using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.LocalHosting;

namespace Aspire.Hosting
{
    /// <summary>RabbitMQ in a container.</summary>
    public static class RabbitMQBuilderExtensions
    {
        public static IResourceBuilder<RabbitMQServerResource> AddRabbitMQ(
            this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null,
            IResourceBuilder<ParameterResource>? password = null, int? port = null)
        {
            var secret = password ?? builder.AddParameter($"{name}-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
            var server = new RabbitMQServerResource(name, userName?.Resource, secret.Resource);
            builder.Services.AddHealthChecks().AddAsyncCheck($"{name}_check", ct => Handshake.AmqpAsync(server.PrimaryEndpoint.Port, ct));
            return builder.AddResource(server)
                .WithImage("docker.io/library/rabbitmq", "4.1")
                .WithEndpoint(port: port, targetPort: 5672, name: "tcp")
                .WithEnvironment("RABBITMQ_DEFAULT_USER", server.UserNameReference)
                .WithEnvironment("RABBITMQ_DEFAULT_PASS", secret)
                .WithHealthCheck($"{name}_check");
        }

        public static IResourceBuilder<RabbitMQServerResource> WithDataVolume(
            this IResourceBuilder<RabbitMQServerResource> builder, string? name = null, bool isReadOnly = false) =>
            builder.WithVolume(name, "/var/lib/rabbitmq", isReadOnly);
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A RabbitMQ broker in a container.</summary>
    public class RabbitMQServerResource : ContainerResource, IResourceWithConnectionString
    {
        public RabbitMQServerResource(string name, ParameterResource? userName, ParameterResource password)
            : base(name)
        {
            PrimaryEndpoint = new EndpointReference(this, "tcp");
            UserNameParameter = userName;
            PasswordParameter = password;
        }

        public EndpointReference PrimaryEndpoint { get; }

        public ParameterResource? UserNameParameter { get; }

        public ParameterResource PasswordParameter { get; }

        public ReferenceExpression UserNameReference =>
            UserNameParameter is null ? ReferenceExpression.Create($"guest") : ReferenceExpression.Create($"{UserNameParameter}");

        public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        public ReferenceExpression ConnectionStringExpression => UriExpression;

        public ReferenceExpression UriExpression =>
            ReferenceExpression.Create($"amqp://{UserNameReference:uri}:{PasswordParameter:uri}@{Host}:{Port}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [
            new("Host", ReferenceExpression.Create($"{Host}")),
            new("Port", ReferenceExpression.Create($"{Port}")),
            new("Username", UserNameReference),
            new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
            new("Uri", UriExpression),
        ];
    }
}
