using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Tests;

public class Tenancy_Specs(SharedApp shared)
{
    /// <summary>Every route with an id in it; a new one must be added here.</summary>
    private static readonly Dictionary<string, HttpMethod> RoutesWithId = new()
    {
        ["/v1/jobs/{id}"] = HttpMethod.Get,
        ["/v1/jobs/{id}/deliveries"] = HttpMethod.Get,
        ["/v1/jobs/{id}/accept"] = HttpMethod.Post,
        ["/v1/quotes/{id}"] = HttpMethod.Get,
        ["/v1/jobs/{id}/cancel"] = HttpMethod.Post,
        ["/v1/jobs/{id}/revision"] = HttpMethod.Post,
        ["/v1/jobs/{id}/reject"] = HttpMethod.Post,
        ["/v1/jobs/{id}/messages"] = HttpMethod.Get,
        ["/v1/jobs/{id}/complaint"] = HttpMethod.Get,
        ["/v1/jobs/{id}/complaint/close"] = HttpMethod.Post,
        ["/v1/api-keys/{id}"] = HttpMethod.Delete,
        ["/v1/cases/{id}"] = HttpMethod.Get,
        ["/v1/cases/{id}/close"] = HttpMethod.Post,
        ["/v1/templates/{id}"] = HttpMethod.Get,
        ["/v1/templates/{id}/render"] = HttpMethod.Post,
        ["/v1/glossaries/{id}"] = HttpMethod.Get,
        ["/v1/glossaries/{id}/terms"] = HttpMethod.Get,
    };

    /// <summary>Where a route has a second operation.</summary>
    private static readonly Dictionary<string, HttpMethod> SecondOperations = new()
    {
        ["/v1/jobs/{id}/messages"] = HttpMethod.Post,
        ["/v1/jobs/{id}/complaint"] = HttpMethod.Post,
    };

    [Fact]
    public async Task To_everybody_else_and_to_the_other_mode_it_does_not_exist()
    {
        var owner = await shared.App.NewMerchantAsync();
        var stranger = await shared.App.NewMerchantAsync();
        var (job, guid) = await owner.PlaceAsync();
        await owner.DeliverAsync(guid);
        await owner.StateBecomesAsync(job, "in_review");
        var key = await AddKeyAsync(owner);
        var quote = (string)(await TestMerchant.BodyOf(await owner.PostAsync("/v1/quotes", TestMerchant.Item())))["id"]!;
        (await owner.GetAsync($"/v1/quotes/{quote}")).ShouldNotBeNull();

        var ids = new Dictionary<string, string>
        {
            ["jobs"] = job,
            ["quotes"] = quote,
            ["api-keys"] = key,
            ["cases"] = (string)(await owner.CreateAsync("/v1/cases", "{}"))["id"]!,
            ["templates"] = (string)(await owner.CreateAsync("/v1/templates", """{"name": "x", "text": "y"}"""))["id"]!,
            ["glossaries"] = (string)(await owner.CreateAsync("/v1/glossaries", """{"name": "x", "source": "de", "target": "fr"}"""))["id"]!,
        };

        Routes().Where(r => r.Contains('{', StringComparison.Ordinal) && r.StartsWith("/v1/", StringComparison.Ordinal)).Distinct()
            .ShouldBe(RoutesWithId.Keys, ignoreOrder: true);
        foreach (var (route, method) in RoutesWithId.Concat(SecondOperations))
        {
            var path = route.Replace("{id}", ids[route.Split('/')[2]], StringComparison.Ordinal);
            foreach (var client in new[] { stranger.Live, stranger.Test, owner.Test })
            {
                // An empty object is wrong almost everywhere; that nothing is there must come first.
                var request = new HttpRequestMessage(method, path) { Content = method == HttpMethod.Post ? new StringContent("{}", Encoding.UTF8, "application/json") : null };
                var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
                response.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
                ((string)(await TestMerchant.BodyOf(response))["code"]!).ShouldEndWith(".not_found");
            }
        }

        (await stranger.Live.GetAsync(new Uri($"/v1/api-keys/{key}", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync("/v1/jobs"))["data"]!.AsArray().ShouldBeEmpty();
        (await stranger.GetAsync("/v1/api-keys"))["data"]!.AsArray().ShouldBeEmpty();
        var inTestMode = JsonNode.Parse(await owner.Test.GetStringAsync(new Uri("/v1/jobs", UriKind.Relative), TestContext.Current.CancellationToken))!;
        inTestMode["data"]!.AsArray().ShouldBeEmpty();
        (await owner.GetAsync("/v1/jobs"))["data"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_cursor_of_somebody_else_is_refused()
    {
        var owner = await shared.App.NewMerchantAsync();
        var stranger = await shared.App.NewMerchantAsync();
        await owner.PlaceAsync();
        await owner.PlaceAsync();
        var cursor = (string)(await owner.GetAsync("/v1/jobs?limit=1"))["nextCursor"]!;
        foreach (var client in new[] { stranger.Live, owner.Test })
        {
            (await client.GetAsync(new Uri($"/v1/jobs?cursor={cursor}", UriKind.Relative), TestContext.Current.CancellationToken))
                .StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
    }

    [Fact]
    public void Every_endpoint_states_who_may_call_it() => shared.App.Services.GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null
            && e.Metadata.GetMetadata<AuthorizationPolicy>() is null
            && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
        .Select(e => e.RoutePattern.RawText)
        .ShouldBeEmpty();

    [Theory]
    [InlineData("POST", "/v1/jobs", "order")]
    [InlineData("GET", "/v1/jobs", "read")]
    [InlineData("POST", "/v1/quotes", "quote")]
    [InlineData("GET", "/v1/quotes/quo_1", "quote")]
    [InlineData("POST", "/v1/jobs/job_1/accept", "order")]
    [InlineData("POST", "/v1/jobs/job_1/cancel", "order")]
    [InlineData("POST", "/v1/jobs/job_1/revision", "order")]
    [InlineData("POST", "/v1/jobs/job_1/reject", "order")]
    [InlineData("POST", "/v1/jobs/job_1/messages", "order")]
    [InlineData("GET", "/v1/jobs/job_1/messages", "read")]
    [InlineData("POST", "/v1/jobs/job_1/complaint", "order")]
    [InlineData("GET", "/v1/jobs/job_1/complaint", "read")]
    [InlineData("POST", "/v1/jobs/job_1/complaint/close", "order")]
    [InlineData("GET", "/v1/api-keys", "admin")]
    [InlineData("POST", "/v1/api-keys", "admin")]
    [InlineData("GET", "/v1/api-keys/key_1", "admin")]
    [InlineData("DELETE", "/v1/api-keys/key_1", "admin")]
    [InlineData("POST", "/internal/api-keys/resolve", "internal")]
    [InlineData("POST", "/v1/cases", "order")]
    [InlineData("GET", "/v1/cases", "read")]
    [InlineData("GET", "/v1/cases/case_1", "read")]
    [InlineData("PATCH", "/v1/cases/case_1", "order")]
    [InlineData("POST", "/v1/cases/case_1/close", "order")]
    [InlineData("POST", "/v1/templates", "order")]
    [InlineData("GET", "/v1/templates", "read")]
    [InlineData("GET", "/v1/templates/tpl_1", "read")]
    [InlineData("PATCH", "/v1/templates/tpl_1", "order")]
    [InlineData("DELETE", "/v1/templates/tpl_1", "order")]
    [InlineData("POST", "/v1/templates/tpl_1/render", "read")]
    [InlineData("POST", "/v1/glossaries", "order")]
    [InlineData("GET", "/v1/glossaries", "read")]
    [InlineData("GET", "/v1/glossaries/gls_1", "read")]
    [InlineData("PATCH", "/v1/glossaries/gls_1", "order")]
    [InlineData("DELETE", "/v1/glossaries/gls_1", "order")]
    [InlineData("GET", "/v1/glossaries/gls_1/terms", "read")]
    [InlineData("PUT", "/v1/glossaries/gls_1/terms", "order")]
    [InlineData("GET", "/v1/preferences", "read")]
    [InlineData("PUT", "/v1/preferences", "admin")]
    public async Task The_missing_scope_is_named(string method, string path, string scope)
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var client = merchant.With([.. Scope.All.Where(s => s != scope)]);
        var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string)(await TestMerchant.BodyOf(response))["detail"]!).ShouldContain($"'{scope}'");
    }

    [Fact]
    public async Task Without_an_internal_token_for_this_service_nobody_gets_in()
    {
        var tokens = shared.App.Services.GetRequiredService<InternalTokens>();
        using var client = shared.App.Anonymous();
        foreach (var token in new[] { null, "zz_live_something", tokens.Mint("billing", CallerClaims.Internal) })
        {
            client.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
            foreach (var route in Routes().Where(r => !r.StartsWith("/health", StringComparison.Ordinal) && !r.StartsWith("/openapi", StringComparison.Ordinal)))
            {
                var method = route.Contains("resolve", StringComparison.Ordinal) ? HttpMethod.Post : RoutesWithId.GetValueOrDefault(route, HttpMethod.Get);
                var response = await client.SendAsync(new HttpRequestMessage(method, route.Replace("{id}", "job_1", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
                response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, route);
            }
        }
    }

    private IEnumerable<string> Routes() => shared.App.Services.GetServices<EndpointDataSource>()
        .SelectMany(s => s.Endpoints).OfType<RouteEndpoint>().Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/'));

    private async Task<string> AddKeyAsync(TestMerchant merchant)
    {
        await using var scope = shared.App.Services.CreateAsyncScope();
        var now = TimeProvider.System.GetUtcNow();
        var key = ApiKey.From($"zz_live_{merchant.Id:N}", Guid.CreateVersion7(now), merchant.Id, "Shop", Scope.All, now);
        var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        db.ApiKeys.Add(key);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return PublicId.Format(Ids.Key, key.Id);
    }
}
