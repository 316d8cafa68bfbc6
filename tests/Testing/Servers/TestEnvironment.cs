using DotNet.Testcontainers.Builders;
using Testcontainers.PostgreSql;

namespace Zweizeiler.Testing.Servers;

/// <summary>What the surroundings say about the servers to test against.</summary>
internal static class TestEnvironment
{
    public const string DefaultPostgresImage = "postgres:17-alpine";
    public const string DefaultRabbitMqImage = "rabbitmq:4-alpine";

    private static readonly Lazy<bool> Containers = new(DecideContainers);

    /// <summary>Administrator's connection string of a PostgreSQL that already runs.</summary>
    public static string? RunningPostgres => Read("ZWEIZEILER_TEST_POSTGRES");

    /// <summary>amqp address of a RabbitMQ that already runs, and where its management API listens.</summary>
    public static (Uri Amqp, Uri Management)? RunningRabbitMq =>
        (Read("ZWEIZEILER_TEST_RABBITMQ"), Read("ZWEIZEILER_TEST_RABBITMQ_MANAGEMENT")) is ({ } amqp, { } management)
            ? (new Uri(amqp), new Uri(management))
            : null;

    public static string PostgresImage => Read("ZWEIZEILER_POSTGRES_IMAGE") ?? DefaultPostgresImage;

    public static string RabbitMqImage => Read("ZWEIZEILER_RABBITMQ_IMAGE") ?? DefaultRabbitMqImage;

    /// <summary>Whether own servers are containers (an engine answers, or it is demanded) or the system's packages.</summary>
    public static bool UseContainers => Containers.Value;

    private static bool DecideContainers() => Read("ZWEIZEILER_TEST_SERVERS") switch
    {
        "containers" => true,
        "native" => false,
        null => EngineAnswers(),
        var other => throw new InvalidOperationException($"ZWEIZEILER_TEST_SERVERS is '{other}'; it can be 'containers' or 'native'."),
    };

    private static bool EngineAnswers()
    {
        try
        {
            _ = new PostgreSqlBuilder(PostgresImage).Build();
            return true;
        }
        catch (DockerUnavailableException)
        {
            return false;
        }
    }

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
