using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.LocalHosting;

namespace Aspire.Hosting
{
    /// <summary>PostgreSQL in a container.</summary>
    public static class PostgresBuilderExtensions
    {
        public static IResourceBuilder<PostgresServerResource> AddPostgres(
            this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null,
            IResourceBuilder<ParameterResource>? password = null, int? port = null)
        {
            var secret = password ?? builder.AddParameter($"{name}-password", new GenerateParameterDefault { Special = false }, secret: true, persist: true);
            var server = new PostgresServerResource(name, userName?.Resource, secret.Resource);
            builder.Services.AddHealthChecks().AddAsyncCheck($"{name}_check", ct => Handshake.PostgresAsync(server.PrimaryEndpoint.Port, ct));
            return builder.AddResource(server)
                .WithImage("docker.io/library/postgres", "17.6")
                .WithEndpoint(port: port, targetPort: 5432, name: "tcp")
                .WithEnvironment("POSTGRES_USER", server.UserNameReference)
                .WithEnvironment("POSTGRES_PASSWORD", secret)
                .WithHealthCheck($"{name}_check");
        }

        public static IResourceBuilder<PostgresServerResource> WithDataVolume(
            this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
            builder.WithVolume(name, "/var/lib/postgresql/data", isReadOnly);
    }
}

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A PostgreSQL server in a container.</summary>
    public class PostgresServerResource : ContainerResource, IResourceWithConnectionString
    {
        public PostgresServerResource(string name, ParameterResource? userName, ParameterResource password)
            : base(name)
        {
            PrimaryEndpoint = new EndpointReference(this, "tcp");
            UserNameParameter = userName;
            PasswordParameter = password;
        }

        public EndpointReference PrimaryEndpoint { get; }

        public ParameterResource? UserNameParameter { get; set; }

        public ParameterResource PasswordParameter { get; set; }

        public ReferenceExpression UserNameReference =>
            UserNameParameter is null ? ReferenceExpression.Create($"postgres") : ReferenceExpression.Create($"{UserNameParameter}");

        public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserNameReference};Password={PasswordParameter}");

        public ReferenceExpression UriExpression =>
            ReferenceExpression.Create($"postgresql://{UserNameReference:uri}:{PasswordParameter:uri}@{Host}:{Port}");

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
