using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.ServiceDefaults.Data;

/// <summary>A context that knows for whom it works: told each time anew, since it works for one after the other.</summary>
public interface ILentContext
{
    void LendTo(Caller caller);
}

public static class ServiceDatabase
{
    /// <summary>Below PostgreSQL's default of 100 connections with four services; a connection string that says otherwise wins.</summary>
    private const int DefaultPoolSize = 20;

    /// <summary>Kept for the next one; more than are in use at once on an ordinary day. Beyond that they are made and thrown away.</summary>
    private const int LentContexts = 128;

    /// <summary>For each connection; more than any service has in everyday use.</summary>
    private const int PreparedStatements = 100;

    /// <summary>Registers the service's own database: data source, DbContext in snake_case, readiness.</summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="name">Name of the connection string, for example <c>ordersdb</c>.</param>
    /// <param name="connect">Further connection settings.</param>
    /// <param name="configure">Further EF options, made once: from singletons.</param>
    public static IHostApplicationBuilder AddServiceDatabase<TContext>(
        this IHostApplicationBuilder builder,
        string name,
        Action<NpgsqlConnectionStringBuilder>? connect = null,
        Action<IServiceProvider, DbContextOptionsBuilder>? configure = null)
        where TContext : DbContext
    {
        builder.Services.AddSingleton(services => CreateDataSource(services, name, connect));
        // A context made anew for each request and each message, with some fifty services of its own, costs more than many a request: they are lent.
        builder.Services.AddPooledDbContextFactory<TContext>(
            (services, options) =>
            {
                options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention();
                // A test compares model and migrations. At each start that would take longer than the migrations.
                options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
                configure?.Invoke(services, options);
            },
            LentContexts);
        builder.Services.AddScoped(services =>
        {
            var context = services.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
            (context as ILentContext)?.LendTo(services.GetRequiredService<Caller>());
            return context;
        });
        builder.Services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", tags: ["ready"], timeout: TimeSpan.FromSeconds(3));
        return builder;
    }

    /// <summary>What a connection string says, and our defaults for what it does not.</summary>
    public static NpgsqlConnectionStringBuilder Configure(string given)
    {
        // Not the builder's own ContainsKey: that is true for every keyword it knows.
        var settings = new NpgsqlConnectionStringBuilder(given);
        var silent = new NpgsqlConnectionStringBuilder();
        if (settings.MaxPoolSize == silent.MaxPoolSize)
        {
            settings.MaxPoolSize = DefaultPoolSize;
        }

        if (settings.MaxAutoPrepare == silent.MaxAutoPrepare)
        {
            // The same few statements run all day; preparing them by use saves parsing and planning each time.
            settings.MaxAutoPrepare = PreparedStatements;
        }

        // Nothing here outlives its transaction (settings are local to it, advisory locks too), so there is nothing to reset; and the reset would
        // be half a dozen statements for every request and every message.
        settings.NoResetOnClose = true;
        return settings;
    }

    private static NpgsqlDataSource CreateDataSource(IServiceProvider services, string name, Action<NpgsqlConnectionStringBuilder>? connect)
    {
        var given = services.GetRequiredService<IConfiguration>().GetConnectionString(name)
            ?? throw new InvalidOperationException($"ConnectionStrings:{name} is not set.");
        var settings = Configure(given);
        connect?.Invoke(settings);
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        source.UseLoggerFactory(services.GetService<ILoggerFactory>());
        return source.Build();
    }

    private sealed class DatabaseHealthCheck(NpgsqlDataSource database) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await using var command = database.CreateCommand("SELECT 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception e) when (e is NpgsqlException or OperationCanceledException)
            {
                return new HealthCheckResult(context.Registration.FailureStatus, "The database does not answer.");
            }
        }
    }
}
