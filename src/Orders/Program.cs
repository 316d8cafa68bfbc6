using Zweizeiler.Messaging;
using Zweizeiler.Orders.Features.ApiKeys;
using Zweizeiler.Orders.Features.FollowJob;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Features.ReviewJob;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.OpenApi;

var builder = WebApplication.CreateBuilder(args);
var migrating = MigrationCommand.Requested(args);
builder.AddServiceDefaults("orders");
builder.AddServiceDatabase<OrdersDbContext>("ordersdb", connect: settings =>
{
    if (!migrating && string.IsNullOrEmpty(settings.Options))
    {
        // No request waits longer than this for a row that another one holds; migrations may.
        settings.Options = "-c lock_timeout=3s";
    }
});
builder.AddMessaging<OrdersDbContext>("orders", bus => bus
    .AddConsumer<JobFundedConsumer>()
    .AddConsumer<JobFundingDeclinedConsumer>()
    .AddConsumer<JobOfferedConsumer>()
    .AddConsumer<JobClaimedConsumer>()
    .AddConsumer<JobReleasedConsumer>()
    .AddConsumer<JobDeliveredConsumer>());
builder.Services.AddSingleton<Merchants>();
builder.Services.AddSingleton<PriceLists>();
builder.Services.AddScoped<StoredAnswers>();
builder.Services.AddScoped<PlaceJob>();
builder.Services.AddScoped<AcceptJob>();
builder.Services.AddScoped<CreateApiKey>();
builder.Services.AddScoped<ApiKeyViews>();
builder.Services.AddScoped<SpendingLimits>();
builder.Services.AddHostedService<AnswerCleanup>();
builder.Services.AddHostedService<AutomaticAcceptance>();
builder.Services.AddApiDescription();

var app = builder.Build();
if (migrating)
{
    return await MigrationCommand.RunAsync<OrdersDbContext>(app, "ordersdb", async (services, cancellationToken) =>
    {
        // Queues before anybody publishes: an exchange without a queue forgets what it is given.
        await services.DeployMessagingTopologyAsync(cancellationToken);
        await DemoSeed.RunAsync(services, cancellationToken);
    });
}

app.MapServiceDefaults();
app.MapApiDescription();
PlaceJob.Map(app);
GetJob.Map(app);
ListJobs.Map(app);
ListDeliveries.Map(app);
AcceptJob.Map(app);
GetLanguages.Map(app);
GetPriceList.Map(app);
CreateApiKey.Map(app);
GetApiKey.Map(app);
ListApiKeys.Map(app);
RevokeApiKey.Map(app);
ResolveApiKey.Map(app);
await app.RunAsync();
return 0;

/// <summary>Names the entry point for tests.</summary>
public partial class Program;
