using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Zweizeiler.Messaging.Tests.Support;

/// <summary>A service as a host of its own: several of them on one database are replicas.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly IHost _host;

    private TestService(IHost host, Deliveries deliveries)
    {
        _host = host;
        Deliveries = deliveries;
    }

    public IServiceProvider Services => _host.Services;

    public Deliveries Deliveries { get; }

    public static TestService Create(
        Place place,
        string name = "shop",
        Action<MessagingRegistration>? consumers = null,
        Action<IServiceCollection>? services = null,
        params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:messaging", place.Broker),
            .. settings.Select(x => new KeyValuePair<string, string?>($"Messaging:{x.Key}", x.Value)),
        ]);
        builder.Services.AddLogging(logging => logging.AddProvider(new TestLog()).SetMinimumLevel(LogLevel.Information));
        builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(place.Database));
        builder.Services.AddDbContext<ShopContext>(options => options.UseNpgsql(place.Database).UseSnakeCaseNamingConvention());
        builder.AddMessaging<ShopContext>(name, consumers);
        var deliveries = new Deliveries();
        builder.Services.AddReceiveObserver(_ => deliveries);
        services?.Invoke(builder.Services);
        return new TestService(builder.Build(), deliveries);
    }

    public static async Task<TestService> StartAsync(
        Place place,
        string name = "shop",
        Action<MessagingRegistration>? consumers = null,
        Action<IServiceCollection>? services = null,
        params (string Key, string Value)[] settings)
    {
        var service = Create(place, name, consumers, services, settings);
        await service.StartAsync();
        if (consumers is not null)
        {
            // Its queues must be there before anybody publishes to them.
            var bus = service.Services.GetRequiredService<IBusControl>();
            await Soon.ShouldBecome(() => Task.FromResult(bus.CheckHealth().Status), BusHealthStatus.Healthy);
        }

        return service;
    }

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    /// <summary>Publishes as a request does: one scope, one transaction.</summary>
    public Task PublishAsync(params object[] messages) => InScopeAsync(async (database, publisher) =>
    {
        foreach (var message in messages)
        {
            await publisher.Publish(message, TestContext.Current.CancellationToken);
        }

        await database.SaveChangesAsync(TestContext.Current.CancellationToken);
    });

    public async Task InScopeAsync(Func<ShopContext, IPublishEndpoint, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<ShopContext>(), scope.ServiceProvider.GetRequiredService<IPublishEndpoint>());
    }

    /// <summary>As a request does that mostly adds.</summary>
    public async Task AddingAsync(Func<NewRows<ShopContext>, ShopContext, IPublishEndpoint, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        var rows = scope.ServiceProvider.GetRequiredService<NewRows<ShopContext>>();
        rows.Open();
        await work(rows, scope.ServiceProvider.GetRequiredService<ShopContext>(), scope.ServiceProvider.GetRequiredService<IPublishEndpoint>());
    }

    public async Task<T> AskAsync<T>(Func<ShopContext, Task<T>> question)
    {
        await using var scope = Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<ShopContext>());
    }

    public Task<int> EffectsAsync(string consumer = "counted") => AskAsync(x => x.Effects.CountAsync(e => e.Consumer == consumer));

    public Task<int> WaitingAsync() => AskAsync(x => x.OutboxMessages.CountAsync(m => m.ParkedAt == null));

    public Task<int> ParkedAsync() => AskAsync(x => x.OutboxMessages.CountAsync(m => m.ParkedAt != null));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    private sealed class TestLog : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(LogLevel level, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            TestContext.Current.SendDiagnosticMessage("{0}: {1}", level, formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
