using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>One replica of the service.</summary>
public sealed class MarketplaceApp(IReadOnlyDictionary<string, string> settings, TimeProvider time, Action<IServiceCollection>? played = null) : WebApplicationFactory<Program>
{
    /// <summary>Does something with the database and the services, in a scope of its own.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

    public Task<T> ReadAsync<T>(Func<MarketplaceDbContext, Task<T>> read) =>
        InScopeAsync(services => read(services.GetRequiredService<MarketplaceDbContext>()));

    public Visitor Visitor() => new(CreateClient(new WebApplicationFactoryClientOptions
    {
        AllowAutoRedirect = false,
        BaseAddress = new Uri("http://localhost"),
    }));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton(time);
            played?.Invoke(services);
            // Hashing is slow on purpose; fifty sign-ins need not wait for it.
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = 10);
        });
    }
}
