using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.ServiceDefaults.Tests;

public sealed class InternalTokens_Specs : IAsyncLifetime
{
    private const string Key = "a signing key of more than 32 characters";
    private static readonly CallerClaims Merchant = new(
        Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ab"), Guid.Parse("01932f2c-9a7e-7c3d-8e21-0123456789ac"), "live", [Scope.Order]);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration["Identity:SigningKey"] = Key;
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.AddServiceDefaults("orders");
        _app = builder.Build();
        _app.MapServiceDefaults();
        _app.MapGet("/v1/jobs", (Caller caller) => caller.MerchantId.ToString("N")).RequireScope(Scope.Order);
        _app.MapGet("/v1/unmarked", () => "x");
        _app.MapGet("/v1/broken", string () => throw new InvalidOperationException("a text that must not get out")).AllowAnonymous();
        _app.MapGet("/v1/too-large", string () => throw new BadHttpRequestException("x", 413)).AllowAnonymous();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_token_of_the_gateway_opens_and_names_the_merchant()
    {
        var response = await GetAsync(Tokens(Key).Mint("orders", Merchant));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("01932f2c9a7e7c3d8e210123456789ab");
    }

    [Fact]
    public async Task Another_audience_signature_or_none_is_401()
    {
        (await GetAsync(Tokens(Key).Mint("billing", Merchant))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(Tokens(Key + "!").Mint("orders", Merchant))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(null, "/v1/unmarked")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "an endpoint that forgot to say is closed");
    }

    [Fact]
    public async Task A_token_dies_after_its_lifetime()
    {
        var token = Tokens(Key).Mint("orders", Merchant);
        _time.Advance(InternalTokens.Lifetime - TimeSpan.FromSeconds(1));
        (await GetAsync(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromSeconds(12));
        (await GetAsync(token)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_missing_scope_is_named()
    {
        var response = await GetAsync(Tokens(Key).Mint("orders", Merchant with { Scopes = [Scope.Read] }));
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.ShouldContain("scope.missing");
        body.ShouldContain("'order'");
    }

    [Theory]
    [InlineData("/v1/broken", 500, "internal")]
    [InlineData("/v1/too-large", 413, "body.too_large")]
    [InlineData("/v1/jobs", 401, "key.invalid")]
    public async Task Every_error_is_a_problem_and_tells_nothing_of_the_inside(string path, int status, string code)
    {
        var response = await GetAsync(null, path);
        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.ShouldContain($"\"code\":\"{code}\"");
        body.ShouldContain("\"traceId\":");
        body.ShouldNotContain("must not get out");
    }

    private InternalTokens Tokens(string key) =>
        new(new ConfigurationBuilder().AddInMemoryCollection([new("Identity:SigningKey", key)]).Build(), _time);

    private async Task<HttpResponseMessage> GetAsync(string? token, string path = "/v1/jobs")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return await _app.GetTestClient().SendAsync(request, TestContext.Current.CancellationToken);
    }
}
