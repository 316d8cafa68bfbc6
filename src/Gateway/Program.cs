using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Http.Resilience;
using Scalar.AspNetCore;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.ServiceDiscovery;
using Zweizeiler.Gateway.Docs;
using Zweizeiler.Gateway.Keys;
using Zweizeiler.Gateway.Limits;
using Zweizeiler.Gateway.Routing;
using Zweizeiler.Messaging;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Problems;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("gateway");
builder.AddMessaging("gateway", bus => bus.AddBroadcastConsumer<ApiKeyRevokedConsumer>());

builder.Services.AddSingleton<KeyResolver>();
builder.Services.AddSingleton<CallerTokens>();
builder.Services.AddSingleton<MergedDescription>();
builder.Services.ConfigureAll<HttpStandardResilienceOptions>(resilience =>
{
    // A client waits meanwhile: try another replica soon, give up early.
    resilience.AttemptTimeout.Timeout = TimeSpan.FromSeconds(2);
    resilience.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(5);
    resilience.Retry.MaxRetryAttempts = 2;
    resilience.Retry.Delay = TimeSpan.FromMilliseconds(50);
});
builder.Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
    .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
builder.Services.AddAuthorizationBuilder().AddPolicy(
    Routes.ApiKeyPolicy,
    new AuthorizationPolicyBuilder(ApiKeyAuthentication.SchemeName).RequireAuthenticatedUser().Build());

builder.WebHost.ConfigureKestrel(ConnectionLimits.Apply);
builder.Services.AddSingleton<RateLimits>();
builder.Services.AddSingleton<EndlessAnswers>();
builder.Services.AddRequestTimeouts();
StatedRoutes.RequireAny(builder.Configuration);
builder.Services.AddReverseProxy()
    .LoadFromConfig(builder.Configuration.GetSection(Routes.Section))
    .AddConfigFilter<StatedRoutes>()
    .AddTransforms(Headers.Configure)
    // As they were read: what is not ASCII in a header is the service's business, not a reason for not reaching it.
    .ConfigureHttpClient((_, handler) => handler.RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1);
builder.Services.AddSingleton<IDestinationResolver, ServiceDestinations>();
builder.Services.AddSingleton<IPassiveHealthCheckPolicy, UnreachablePolicy>();

var app = builder.Build();
var limits = app.Services.GetRequiredService<RateLimits>();
app.UseTrustedProxies();
app.Use(SecurityHeaders.RunAsync);
app.Use(CorrelationIds.RunAsync);
app.Use(limits.DescribeAsync);
app.MapServiceDefaults();
app.Use(limits.RunAsync);
// After the authentication: a stranger's body is not even read.
app.Use(BodyLimit.RunAsync);
app.Use(app.Services.GetRequiredService<EndlessAnswers>().RunAsync);
app.UseRequestTimeouts();
app.MapReverseProxy(proxy =>
{
    proxy.Use(Failover.RunAsync);
    proxy.UseLoadBalancing();
    proxy.UsePassiveHealthChecks();
});
app.MapGet("/openapi/v1.json", async (MergedDescription description, CancellationToken cancellationToken) =>
    TypedResults.Content(await description.GetAsync(cancellationToken), "application/json; charset=utf-8")).AllowAnonymous();
app.MapScalarApiReference("/docs", options => options
    .WithTitle("Zweizeiler API")
    .WithOpenApiRoutePattern("/openapi/v1.json")
    // Nothing of the page talks to anybody but this gateway.
    .DisableDefaultFonts()
    .DisableAgent()
    .DisableMcp()
    .HideDeveloperTools()
    .DisableTelemetry()).AllowAnonymous();
app.MapGet("/", () => TypedResults.Redirect("/docs")).AllowAnonymous();
app.MapFallback(() => CommonProblems.ForStatus(StatusCodes.Status404NotFound)).AllowAnonymous();
await app.RunAsync();

/// <summary>Names the entry point for tests.</summary>
public partial class Program;
