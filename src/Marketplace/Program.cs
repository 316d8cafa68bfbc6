using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.WebEncoders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Cancellations;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Demo;
using Zweizeiler.Marketplace.Features.Desk;
using Zweizeiler.Marketplace.Features.Disputes;
using Zweizeiler.Marketplace.Features.Earnings;
using Zweizeiler.Marketplace.Features.Delays;
using Zweizeiler.Marketplace.Features.Escalation;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Features.Mails;
using Zweizeiler.Marketplace.Features.Memory;
using Zweizeiler.Marketplace.Features.Money;
using Zweizeiler.Marketplace.Features.MyWork;
using Zweizeiler.Marketplace.Features.Offers;
using Zweizeiler.Marketplace.Features.People;
using Zweizeiler.Marketplace.Features.Profiles;
using Zweizeiler.Marketplace.Features.Questions;
using Zweizeiler.Marketplace.Features.Reviews;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Features.SignIn;
using Zweizeiler.Marketplace.Features.TakeIn;
using Zweizeiler.Marketplace.Features.Timers;
using Zweizeiler.Marketplace.Features.Workbench;
using Zweizeiler.Marketplace.Features.Workbench.Spelling;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Messaging;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.OpenApi;

const string Database = "marketplacedb";

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("marketplace");
builder.AddServiceDatabase<MarketplaceDbContext>(Database);
builder.AddMessaging<MarketplaceDbContext>("marketplace", bus => bus
    .AddConsumer<JobPlacedConsumer>()
    .AddConsumer<JobFundedConsumer>()
    .AddConsumer<JobFundingDeclinedConsumer>()
    .AddConsumer<CancellationRequestedConsumer>()
    .AddConsumer<MerchantWroteConsumer>()
    .AddConsumer<RevisionRequestedConsumer>()
    .AddConsumer<DeliveryRejectedConsumer>()
    .AddConsumer<JobRefundedConsumer>()
    .AddConsumer<ComplaintReceivedConsumer>()
    .AddConsumer<ComplaintContestedConsumer>()
    .AddConsumer<ComplaintSatisfiedConsumer>()
    .AddConsumer<ComplaintCreditedConsumer>()
    .AddConsumer<DeliveryAcceptedConsumer>()
    .AddConsumer<EarningCreditedConsumer>());

var services = builder.Services;

// People: Identity with our cookie as the default; API requests name the internal scheme themselves.
services.AddIdentityCore<Account>(options =>
    {
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        options.User.RequireUniqueEmail = true;
        // The name is the address, and addresses may hold more than Identity's letters.
        options.User.AllowedUserNameCharacters = "";
        options.SignIn.RequireConfirmedAccount = true;
        options.Password.RequiredLength = 10;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireDigit = false;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
    })
    .AddRoles<IdentityRole<Guid>>()
    .AddEntityFrameworkStores<MarketplaceDbContext>()
    .AddUserStore<SealedTokens>()
    .AddSignInManager()
    .AddDefaultTokenProviders()
    .AddPasswordValidator<GuessedPasswords>()
    .AddClaimsPrincipalFactory<AccountClaims>();
services.AddAuthentication().AddIdentityCookies();
services.Configure<AuthenticationOptions>(options => options.DefaultScheme = IdentityConstants.ApplicationScheme);
PortalCookies.Configure(services);
PeopleServices.Add(services, builder.Configuration);
Policies.Add(services);

// Keys for cookies and forms are shared by all replicas and survive them.
services.AddDataProtection().SetApplicationName("zweizeiler-marketplace").PersistKeysToDbContext<MarketplaceDbContext>();
services.AddSingleton<IXmlEncryptor, SealKeys>();
services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
    new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = provider.GetRequiredService<IXmlEncryptor>()));

// Only the gateway reaches this service; it drops what clients claim about themselves and says what is true.
services.Configure<ForwardedHeadersOptions>(options =>
{
    options.ForwardedHeaders = ForwardedHeaders.All;
    options.ForwardLimit = 1;
    options.KnownIPNetworks.Clear();
    options.KnownProxies.Clear();
});

// Umlauts stay umlauts in the page.
services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
services.AddRazorPages(options => options.RootDirectory = "/Features");
services.AddSingleton<PortalAssets>();
services.AddSingleton<PlainPages>();
services.AddExceptionHandler<PlainPages>();
services.AddScoped<Reader>();
services.AddScoped<JobTextReader>();
services.AddScoped<OfferBoard>();
services.AddSingleton((builder.Configuration.GetSection(EscalationRules.Section).Get<EscalationRules>() ?? new()).Checked());
services.AddSingleton(builder.Configuration.GetSection(ReviewTimes.Section).Get<ReviewTimes>() ?? new());
services.AddSingleton((builder.Configuration.GetSection(PaymentRules.Section).Get<PaymentRules>() ?? new()).Checked());
services.AddSingleton((builder.Configuration.GetSection(OfferRules.Section).Get<OfferRules>() ?? new()).Checked());
services.AddSingleton((builder.Configuration.GetSection(ClaimPace.Section).Get<ClaimPace>() ?? new()).Checked());
services.AddScoped<CandidateSearch>();
services.AddScoped<OfferInTurn>();
services.AddScoped<LeaseWatch>();
services.AddScoped<MoveJob>();
services.AddScoped<MerchantMemory>();
services.AddScoped<CaseThread>();
services.AddScoped<Offering>();
services.AddScoped<UnpaidJobs>();
services.AddScoped<EscalateJob>();
services.AddScoped<TellDelay>();
services.AddScoped<WorkOffTimer>();
services.AddScoped<AskQuestion>();
services.AddScoped<JobThread>();
services.AddScoped<Writing>();
services.AddScoped<Objections>();
services.AddScoped<DisputeBoard>();
services.AddScoped<SettleDispute>();
services.AddScoped<WorkInTrouble>();
services.AddSingleton<JobTurns>();
services.AddScoped<ClaimJob>();
services.AddScoped<ReleaseJob>();
services.AddScoped<SaveDraft>();
services.AddScoped<DeliverJob>();
services.AddSingleton(builder.Configuration.GetSection(SpellingRules.Section).Get<SpellingRules>() ?? new());
services.AddSingleton<Speller>();
services.AddSingleton<LookOver>();
services.AddApiDescription();
services.AddScoped<AvailabilityOf>();
services.AddScoped<CardRenderer>();
services.AddScoped<SeedDemo>();
services.AddSingleton<LiveHub>();
ServiceDesk.Add<BillingDesk>(services, "billing");
services.AddScoped<GiveTaxDetails>();
services.AddSingleton<PreferenceLinks>();
ServiceDesk.Add<MailDesk>(services, "notifications");
if (!MigrationCommand.Requested(args))
{
    services.AddHostedService<LiveListener>();
    services.AddHostedService<DueTimers>();
    services.AddHostedService<Tidying>();
}

var app = builder.Build();
if (MigrationCommand.Requested(args))
{
    return await MigrationCommand.RunAsync<MarketplaceDbContext>(app, Database, async (scope, cancellationToken) =>
    {
        // Before anybody publishes: what is told while a queue is missing is told to nobody.
        await app.Services.DeployMessagingTopologyAsync(cancellationToken);
        await scope.GetRequiredService<SeedDemo>().RunAsync(cancellationToken);
        await scope.GetRequiredService<FirstOperator>().RunAsync(cancellationToken);
    });
}

app.UseForwardedHeaders();
app.UsePortalHeaders();
PlainPages.Use(app);
LateClaims.Use(app);
app.MapServiceDefaults();
app.MapApiDescription();
GetTranslator.Map(app);
app.Services.GetRequiredService<PortalAssets>().Map(app);
app.MapRazorPages();
app.MapLive();
app.MapMails();
await app.RunAsync();
return 0;
