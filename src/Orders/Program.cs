using Zweizeiler.Messaging;
using Zweizeiler.Orders.Features.ApiKeys;
using Zweizeiler.Orders.Features.Cases;
using Zweizeiler.Orders.Features.CancelJob;
using Zweizeiler.Orders.Features.Complaints;
using Zweizeiler.Orders.Features.Conversation;
using Zweizeiler.Orders.Features.Eta;
using Zweizeiler.Orders.Features.FollowJob;
using Zweizeiler.Orders.Features.Given;
using Zweizeiler.Orders.Features.Glossaries;
using Zweizeiler.Orders.Features.Offers;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.Preferences;
using Zweizeiler.Orders.Features.Quotes;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Features.ReviewJob;
using Zweizeiler.Orders.Features.Templates;
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
    .AddConsumer<JobDeliveredConsumer>()
    .AddConsumer<QuestionAskedConsumer>()
    .AddConsumer<AnswerReceivedConsumer>()
    .AddConsumer<JobCancelledConsumer>()
    .AddConsumer<CancellationRefusedConsumer>()
    .AddConsumer<JobEscalatedConsumer>()
    .AddConsumer<JobDelayedConsumer>()
    .AddConsumer<JobExpiredConsumer>()
    .AddConsumer<RulingGivenConsumer>()
    .AddConsumer<PriceListActivatedConsumer>());
builder.Services.AddSingleton<Merchants>();
builder.Services.AddSingleton<PriceLists>();
builder.Services.AddSingleton<KnownPreferences>();
builder.Services.AddSingleton<KnownGlossaries>();
builder.Services.AddScoped<GivenOnce>();
builder.Services.AddScoped<Expander>();
builder.Services.AddScoped<CreateCase>();
builder.Services.AddScoped<CloseCase>();
builder.Services.AddScoped<CreateTemplate>();
builder.Services.AddScoped<RenderTemplate>();
builder.Services.AddScoped<CreateGlossary>();
builder.Services.AddScoped<Preferences>();
builder.Services.AddScoped<PreferredTranslators>();
builder.Services.AddScoped<StoredAnswers>();
builder.Services.AddSingleton<Promises>();
builder.Services.AddScoped<Repetitions>();
builder.Services.AddScoped<QuoteBook>();
builder.Services.AddScoped<Intake>();
builder.Services.AddScoped<CreateQuote>();
builder.Services.AddScoped<PlaceJob>();
builder.Services.AddScoped<AcceptJob>();
builder.Services.AddScoped<Objections>();
builder.Services.AddScoped<RequestRevision>();
builder.Services.AddScoped<RejectDelivery>();
builder.Services.AddScoped<CancelJob>();
builder.Services.AddScoped<WriteMessage>();
builder.Services.AddScoped<ComplainAboutJob>();
builder.Services.AddScoped<CloseComplaint>();
builder.Services.AddScoped<CreateApiKey>();
builder.Services.AddScoped<ApiKeyViews>();
builder.Services.AddScoped<SpendingLimits>();
builder.Services.AddHostedService<AnswerCleanup>();
builder.Services.AddHostedService<OldRows>();
builder.Services.AddHostedService<AutomaticAcceptance>();
builder.Services.AddHostedService<OverdueCorrections>();
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
CreateQuote.Map(app);
GetQuote.Map(app);
GetJob.Map(app);
ListJobs.Map(app);
ListDeliveries.Map(app);
AcceptJob.Map(app);
RequestRevision.Map(app);
RejectDelivery.Map(app);
CancelJob.Map(app);
WriteMessage.Map(app);
ListMessages.Map(app);
ComplainAboutJob.Map(app);
GetComplaint.Map(app);
CloseComplaint.Map(app);
CreateCase.Map(app);
ListCases.Map(app);
GetCase.Map(app);
ChangeCase.Map(app);
CloseCase.Map(app);
CreateTemplate.Map(app);
ReadTemplates.Map(app);
EditTemplates.Map(app);
RenderTemplate.Map(app);
CreateGlossary.Map(app);
ReadGlossaries.Map(app);
EditGlossaries.Map(app);
Terms.Map(app);
Preferences.Map(app);
GetLanguages.Map(app);
GetPriceList.Map(app);
GetEta.Map(app);
CreateApiKey.Map(app);
GetApiKey.Map(app);
ListApiKeys.Map(app);
RevokeApiKey.Map(app);
ResolveApiKey.Map(app);
await app.RunAsync();
return 0;

/// <summary>Names the entry point for tests.</summary>
public partial class Program;
