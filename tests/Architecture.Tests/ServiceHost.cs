using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Zweizeiler.Architecture.Tests;

/// <summary>A service set up as its own program does it, with nothing of it running and no server behind it.</summary>
internal abstract class ServiceHost : IDisposable
{
    public abstract IReadOnlyList<Endpoint> Endpoints { get; }

    /// <summary>The model of the service's DbContext; none for the gateway.</summary>
    public abstract IModel? Model { get; }

    public static ServiceHost Of(string service, Dictionary<string, string>? settings = null)
    {
        var program = House.Assembly(service).EntryPoint!.DeclaringType!;
        return (ServiceHost)Activator.CreateInstance(typeof(ServiceHost<>).MakeGenericType(program), settings ?? [])!;
    }

    /// <summary>The service's part of the API's description; null if it has none.</summary>
    public abstract Task<JsonObject?> DescriptionAsync();

    public abstract void Dispose();
}

internal sealed class ServiceHost<TProgram>(Dictionary<string, string> settings) : ServiceHost
    where TProgram : class
{
    private readonly Factory _factory = new(settings);

    public override IReadOnlyList<Endpoint> Endpoints => _factory.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    public override IModel? Model
    {
        get
        {
            var context = typeof(TProgram).Assembly.GetTypes().SingleOrDefault(type => !type.IsAbstract && type.IsSubclassOf(typeof(DbContext)));
            if (context is null)
                return null;
            using var scope = _factory.Services.CreateScope();
            return ((DbContext)scope.ServiceProvider.GetRequiredService(context)).Model;
        }
    }

    public override async Task<JsonObject?> DescriptionAsync()
    {
        using var client = _factory.CreateClient();
        using var response = await client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative));
        return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<JsonObject>() : null;
    }

    public override void Dispose() => _factory.Dispose();

    private sealed class Factory(Dictionary<string, string> settings) : WebApplicationFactory<TProgram>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            foreach (var database in (string[])["ordersdb", "marketplacedb", "billingdb", "notificationsdb"])
                builder.UseSetting($"ConnectionStrings:{database}", "Host=127.0.0.1;Port=1;Username=nobody;Password=nothing;Database=nowhere");
            builder.UseSetting("ConnectionStrings:messaging", "amqp://nobody:nothing@127.0.0.1:1");
            builder.UseSetting("Identity:SigningKey", new string('k', 64));
            builder.UseSetting("Texts:MasterKey", new string('k', 64));
            builder.UseSetting("PublicUrl", "http://localhost");
            builder.UseSetting("Mail:From", "nobody@example.com");
            builder.UseSetting("Mail:PickupFolder", Path.GetTempPath());
            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            foreach (var (name, value) in settings)
                builder.UseSetting(name, value);
            builder.ConfigureTestServices(services =>
            {
                // All but the web server itself, whose start is what builds the pipeline.
                foreach (var worker in services.Where(IsWorker).ToList())
                    services.Remove(worker);
            });
        }

        private static bool IsWorker(ServiceDescriptor service) =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name != "GenericWebHostService";
    }
}
