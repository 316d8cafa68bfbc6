using System.Globalization;
using Zweizeiler.AppHost;
using Zweizeiler.AppHost.Infrastructure;

var builder = DistributedApplication.CreateBuilder(args);
var settings = Settings.Of(builder);
var servers = Servers.Add(builder, settings);
var mail = MailServer.Add(builder, settings);
var demo = Demo.Add(builder);

var signingKey = builder.AddSecret("identity-signing-key");
var textsKey = builder.AddSecret("texts-master-key");
var webhooksKey = builder.AddSecret("webhooks-master-key");
var mailLinkKey = builder.AddSecret("mail-link-key");
var publicUrl = builder.ExecutionContext.IsPublishMode
    ? builder.AddParameter("public-url")
    : builder.AddParameter("public-url", settings.GatewayUrl);

var migrations = new List<IResourceBuilder<ProjectResource>>();
var orders = AddService<Projects.Orders>("orders", service => service
    .WithEnvironment("Texts__MasterKey", textsKey));
var marketplace = AddService<Projects.Marketplace>("marketplace", service => ShortTurns(StandBack(service, nice: 10))
    .WithEnvironment("Texts__MasterKey", textsKey)
    .WithEnvironment("Mail__LinkKey", mailLinkKey));
var billing = AddService<Projects.Billing>("billing", service => SellingAs(StandBack(service, nice: 10))
    .WithEnvironment("Texts__MasterKey", textsKey));
// The portal shows money as Billing tells it; no order waits for that.
marketplace.WithReference(billing);
var notifications = AddService<Projects.Notifications>("notifications", service => mail.ApplyTo(StandBack(service, nice: 15))
    .WithEnvironment("Webhooks__MasterKey", webhooksKey)
    .WithEnvironment("Texts__MasterKey", textsKey)
    .WithEnvironment("Mail__LinkKey", mailLinkKey)
    .AllowWebhooksToThisMachine());

// The operators' desk shows what mails say.
marketplace.WithReference(notifications);

// An exchange without a queue forgets what it is given, and migrations declare the queues: all of them before the first service publishes.
foreach (var service in (IResourceBuilder<ProjectResource>[])[orders, marketplace, billing, notifications])
{
    migrations.ForEach(migration => service.WaitForCompletion(migration));
}

// Only the broker is waited for: the gateway answers while services behind it are down. It starts after their processes so that it stops before them.
var gateway = Unhurried(Common(builder.AddProject<Projects.Gateway>("gateway", launchProfileName: null)))
    .WithHttpEndpoint(port: builder.ExecutionContext.IsRunMode ? settings.GatewayPort : null)
    .WithExternalHttpEndpoints()
    .WithProbes()
    .WithReference(orders).WaitForStart(orders)
    .WithReference(marketplace).WaitForStart(marketplace)
    .WithReference(billing).WaitForStart(billing)
    .WithReference(notifications).WaitForStart(notifications)
    .WithReplicas(settings.Replicas("gateway"));

RunDetails.Add(builder, settings, demo, mail);
builder.Build().Run();

// A service, and the resource that makes and migrates its database first. Both are configured alike; only the latter gets the administrator's connection.
IResourceBuilder<ProjectResource> AddService<TProject>(
    string name, Func<IResourceBuilder<ProjectResource>, IResourceBuilder<ProjectResource>>? configure = null)
    where TProject : IProjectMetadata, new()
{
    configure ??= service => service;
    var database = servers.AddDatabase($"{name}db", role: name);

    var migrate = configure(Common(builder.AddProject<TProject>($"{name}-migrate", launchProfileName: null)))
        .WithArgs("migrate")
        .WithReference(database)
        .WithReference(servers.Postgres)
        .WaitFor(servers.Postgres);
    demo?.ApplyTo(migrate);
    migrations.Add(migrate);

    return configure(Common(builder.AddProject<TProject>(name, launchProfileName: null)))
        .WithHttpEndpoint()
        .WithProbes()
        .WithReference(database)
        .WaitFor(servers.Messaging)
        .WithReplicas(settings.Replicas(name));
}

// Whoever runs the platform sets who it is on invoices (Seller__…, docs/operations.md); a developer's stack is a made-up company with a bank's example account.
IResourceBuilder<ProjectResource> SellingAs(IResourceBuilder<ProjectResource> project) => builder.ExecutionContext.IsRunMode
    ? project
        .WithEnvironment("Seller__Name", "Zweizeiler GmbH")
        .WithEnvironment("Seller__Street", "Musterstraße 2")
        .WithEnvironment("Seller__PostCode", "50667")
        .WithEnvironment("Seller__City", "Köln")
        .WithEnvironment("Seller__VatId", "DE136695976")
        .WithEnvironment("Seller__TaxNumber", "215/5800/0001")
        .WithEnvironment("Seller__RegistrationId", "HRB 100001")
        .WithEnvironment("Seller__ContactName", "Buchhaltung")
        .WithEnvironment("Seller__Phone", "+49 221 0000000")
        .WithEnvironment("Seller__Email", "billing@zweizeiler.example")
        .WithEnvironment("Seller__Iban", "DE02120300000000202051")
        .WithEnvironment("Seller__Bic", "BYLADEM1001")
    : project;

// On one machine they share its processors: orders are taken first, offers come next, mails and webhooks last. Published, each has its own.
IResourceBuilder<ProjectResource> StandBack(IResourceBuilder<ProjectResource> project, int nice) => builder.ExecutionContext.IsRunMode
    ? project.WithEnvironment("Process__Nice", nice.ToString(CultureInfo.InvariantCulture))
    : project;

// Jobs are offered to one translator after another. Who tries the stack out as one of them need not wait long for those who are not there.
IResourceBuilder<ProjectResource> ShortTurns(IResourceBuilder<ProjectResource> project) => builder.ExecutionContext.IsRunMode
    ? project.WithEnvironment("Offers__Window", builder.Configuration["Offers:Window"] ?? "00:00:03")
    : project;

// A developer's stack is played, tested and loaded with one key from one address. Published, the gateway's own limits hold.
IResourceBuilder<ProjectResource> Unhurried(IResourceBuilder<ProjectResource> project) => builder.ExecutionContext.IsRunMode
    ? project
        .WithEnvironment("RateLimits__Key__PerSecond", "50000")
        .WithEnvironment("RateLimits__Key__Burst", "50000")
        .WithEnvironment("RateLimits__Address__PerSecond", "1000")
        .WithEnvironment("RateLimits__Address__Burst", "1000")
    : project;

// What makes a process better over hours makes ten of them late on a developer's machine: profiles, compiling again what the start used often, and memory
// that is never writable and executable at once. Published, and where speed over hours is measured, the runtime's own defaults hold.
IResourceBuilder<ProjectResource> SoonReady(IResourceBuilder<ProjectResource> project) =>
    builder.ExecutionContext.IsRunMode && !"true".Equals(builder.Configuration["Runtime:Steady"], StringComparison.OrdinalIgnoreCase)
    ? project
        .WithEnvironment("DOTNET_TieredPGO", "0")
        .WithEnvironment("DOTNET_TC_CallCountingDelayMs", "3E8") // hexadecimal: one second without new methods
        .WithEnvironment("DOTNET_EnableWriteXorExecute", "0")
    : project;

IResourceBuilder<ProjectResource> Common(IResourceBuilder<ProjectResource> project) => SoonReady(project)
    .WithReference(servers.Messaging)
    .WithEnvironment("Identity__SigningKey", signingKey)
    .WithEnvironment("PublicUrl", publicUrl)
    .WithEnvironment("ASPNETCORE_ENVIRONMENT", builder.ExecutionContext.IsPublishMode ? "Production" : "Development");
