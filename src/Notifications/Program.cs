using Zweizeiler.Messaging;
using Zweizeiler.Notifications.Features.KeepRecipients;
using Zweizeiler.Notifications.Features.ListEvents;
using Zweizeiler.Notifications.Features.MailPreferences;
using Zweizeiler.Notifications.Features.PreviewMails;
using Zweizeiler.Notifications.Features.ReceiveMails;
using Zweizeiler.Notifications.Features.RecordEvents;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.Notifications.Features.TellNotices;
using Zweizeiler.Notifications.Features.WebhookDeliveries;
using Zweizeiler.Notifications.Features.WebhookEndpoints;
using Zweizeiler.Notifications.Idempotency;
using Zweizeiler.Notifications.Persistence;
using Zweizeiler.Notifications.Workers;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;

const string Database = "notificationsdb";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("notifications");
builder.AddServiceDatabase<NotificationsDbContext>(Database, configure: (services, options) => options.AddInterceptors(services.GetRequiredService<WakesWebhooks>()));
builder.AddMessaging<NotificationsDbContext>("notifications", bus => bus
    .AddConsumer<MerchantRegisteredConsumer>()
    .AddConsumer<TranslatorRegisteredConsumer>()
    .AddConsumer<JobStateChangedConsumer>()
    .AddConsumer<QuestionAskedConsumer>()
    .AddConsumer<MerchantWroteConsumer>()
    .AddConsumer<InvoiceIssuedConsumer>()
    .AddConsumer<PaymentRemindedConsumer>()
    .AddConsumer<PaymentReceivedConsumer>()
    .AddConsumer<ApiKeyRevokedConsumer>()
    .AddConsumer<OfferMadeConsumer>()
    .AddConsumer<LeaseEndingConsumer>()
    .AddConsumer<RevisionRequestedConsumer>()
    .AddConsumer<DeliveryRejectedConsumer>()
    .AddConsumer<ComplaintReceivedConsumer>()
    .AddConsumer<ComplaintContestedConsumer>()
    .AddConsumer<RulingGivenConsumer>()
    .AddConsumer<DeliveryAcceptedConsumer>()
    .AddConsumer<PayoutSentConsumer>()
    .AddConsumer<PayoutReturnedConsumer>()
    .AddConsumer<StatementIssuedConsumer>()
    .AddConsumer<AccountNoticeConsumer>());

builder.Services.Configure<MailOptions>(builder.Configuration.GetSection("Mail"));
builder.Services.AddSingleton<MailTransport>();
builder.Services.AddSingleton<PreferenceLinks>();
builder.Services.AddSingleton<ReplyAddresses>();
builder.Services.AddSingleton<MailMessages>();
builder.Services.AddScoped<MailPlanner>();
builder.Services.AddScoped<InboundMails>();
builder.Services.AddSingleton<AddressGuard>(services => new AddressGuard(services.GetRequiredService<IConfiguration>(), services.GetService<ResolveHost>()));
builder.Services.AddSingleton<WebhookSecrets>();
builder.Services.AddSingleton<WebhookClient>();
builder.Services.AddScoped<StoredAnswers>();
builder.Services.AddSingleton<DueWebhooks>();
builder.Services.AddSingleton<EndpointRooms>();
builder.Services.AddSingleton<WebhookSignal>();
builder.Services.AddSingleton<WakesWebhooks>();
builder.Services.AddApiDescription();
if (!MigrationCommand.Requested(args))
{
    builder.Services.AddHostedService<WebhookWorker>();
    builder.Services.AddHostedService<MailWorker>();
    builder.Services.AddHostedService<ImapWorker>();
    builder.Services.AddHostedService<Retention>();
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
EditWebhookEndpoints.Map(app);
PauseWebhookEndpoints.Map(app);
RotateWebhookSecret.Map(app);
TestWebhookEndpoint.Map(app);
ListWebhookDeliveries.Map(app);
ReplayWebhookDeliveries.Map(app);
NotificationPreferences.Map(app);
PreferencePages.Map(app);
PostInbound.Map(app);
PreviewMails.Map(app);
await app.RunAsync();
return 0;
