namespace Zweizeiler.AppHost.Infrastructure;

/// <summary>One service's database on the common server, by the service's own role: what the service may reach, and nothing else.</summary>
internal sealed class ServiceDatabaseResource(
    string name, string role, ParameterResource password, IResourceWithConnectionString server, ReferenceExpression host, ReferenceExpression port)
    : Resource(name), IResourceWithParent<IResourceWithConnectionString>, IResourceWithConnectionString
{
    public IResourceWithConnectionString Parent => server;

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"Host={host};Port={port};Database={Name};Username={role};Password={password}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", host),
        new("Port", port),
        new("Username", ReferenceExpression.Create($"{role}")),
        new("Password", ReferenceExpression.Create($"{password}")),
        new("DatabaseName", ReferenceExpression.Create($"{Name}")),
        new("Uri", ReferenceExpression.Create($"postgresql://{role}:{password:uri}@{host}:{port}/{Name}")),
    ];
}
