using Zweizeiler.Messaging;
using Zweizeiler.Notifications.Features.KeepRecipients;
using Zweizeiler.Notifications.Features.ListEvents;
using Zweizeiler.Notifications.Features.RecordEvents;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Features.WebhookEndpoints;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.OpenApi;

const string Database = "notificationsdb";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("notifications");
builder.AddServiceDatabase<NotificationsDbContext>(Database);
builder.AddMessaging<NotificationsDbContext>("notifications", bus => bus
    .AddConsumer<MerchantRegisteredConsumer>()
    .AddConsumer<TranslatorRegisteredConsumer>()
    .AddConsumer<JobStateChangedConsumer>());

builder.Services.Configure<MailOptions>(builder.Configuration.GetSection("Mail"));
builder.Services.AddSingleton<MailTransport>();
builder.Services.AddSingleton<AddressGuard>(services => new AddressGuard(services.GetRequiredService<IConfiguration>()));
builder.Services.AddSingleton<WebhookSecrets>();
builder.Services.AddSingleton<WebhookClient>();
builder.Services.AddApiDescription();
if (!MigrationCommand.Requested(args))
{
    builder.Services.AddHostedService<WebhookWorker>();
    builder.Services.AddHostedService<MailWorker>();
}

var app = builder.Build();
if (MigrationCommand.Requested(args))
{
    // Queues before anybody publishes: an exchange without a queue forgets what it is given.
    return await MigrationCommand.RunAsync<NotificationsDbContext>(
        app, Database, (services, cancellationToken) => services.DeployMessagingTopologyAsync(cancellationToken));
}

app.MapServiceDefaults();
app.MapApiDescription();
ListEvents.Map(app);
CreateWebhookEndpoint.Map(app);
ReadWebhookEndpoints.Map(app);
await app.RunAsync();
return 0;
