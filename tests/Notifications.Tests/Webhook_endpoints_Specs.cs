using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Zweizeiler.Notifications.Tests;

/// <summary>An endpoint's life through the API.</summary>
public sealed class Webhook_endpoints_Specs(TestServers servers) : ReceivingSpecs(servers)
{
    private readonly Merchant _merchant = Merchant.New();
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _client = Service.ClientOf(_merchant.Id);
    }

    public override async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task An_edit_needs_the_version_that_it_read_and_changes_what_is_given()
    {
        var (id, _, tag) = await Service.CreateEndpointAsync(_client, Receiver.Url, "job.placed");
        (await SendAsync("PATCH", id, """{"types":[]}""")).Status.ShouldBe(428);
        (await SendAsync("PATCH", id, """{"types":[]}""", "\"99\"")).Status.ShouldBe(412);

        var (status, body, next) = await SendAsync("PATCH", id, """{"types":["job.delivered"]}""", tag);
        status.ShouldBe(200);
        body.GetProperty("types")[0].GetString().ShouldBe("job.delivered");
        body.GetProperty("url").GetString().ShouldBe(Receiver.Url);
        next.ShouldNotBe(tag);
        (await SendAsync("PATCH", id, """{"url":"https://shop.example/other"}""", tag)).Status.ShouldBe(412, "somebody has changed it meanwhile");
        (await SendAsync("DELETE", id, null, tag)).Status.ShouldBe(412);
        (await SendAsync("DELETE", id, null, next)).Status.ShouldBe(204);
        (await SendAsync("GET", id)).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("""{"url":"http://shop.example/x"}""", "live", "url.not_https")]
    [InlineData("""{"url":"https://shop.example:22/x"}""", "live", "url.port")]
    [InlineData("""{"url":"https://shop.example:6379/x"}""", "test", "url.port")]
    [InlineData("""{"url":"http://10.0.0.1/x"}""", "test", "url.private")]
    [InlineData("""{"url":"http://[64:ff9b::a00:1]/x"}""", "test", "url.private")]
    [InlineData("""{"url":"http://shop.example/x"}""", "test", null)]
    [InlineData("""{"url":"https://shop.example:8443/x"}""", "live", null)]
    public async Task Where_to_may_be_said_only_what_is_permitted(string json, string mode, string? code)
    {
        using var client = Service.ClientOf(_merchant.Id, mode);
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/v1/webhook-endpoints", content, Stop);
        ((int)response.StatusCode).ShouldBe(code is null ? 201 : 422);
        if (code is not null)
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Stop);
            problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/url");
            problem.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        }
    }

    [Fact]
    public async Task What_happens_while_it_is_paused_waits_for_it()
    {
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        (await SendAsync("POST", $"{id}/pause")).Body.GetProperty("state").GetString().ShouldBe("paused");
        (await SendAsync("POST", $"{id}/pause")).Body.GetProperty("state").GetString().ShouldBe("paused", "said twice it means the same");
        var other = await Service.CreateEndpointAsync(_client, Receiver.Url + "/other");
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Receiver.All.Any(r => r.Path == "/hook/other"), "what the other one gets");
        Receiver.All.ShouldAllBe(r => r.Path == "/hook/other");

        (await SendAsync("POST", $"{id}/resume")).Body.GetProperty("state").GetString().ShouldBe("enabled");
        await Eventually.Within(Service.Deadline, () => Receiver.All.Any(r => r.Path == "/hook"), "what waited");
        (await SendAsync("DELETE", other.Id)).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_secret_cannot_be_rotated_twice_by_a_repetition()
    {
        var (id, _, tag) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        (await SendAsync("POST", $"{id}/rotate-secret")).Status.ShouldBe(428);
        var (status, body, _) = await SendAsync("POST", $"{id}/rotate-secret", null, tag);
        status.ShouldBe(200);
        body.GetProperty("secret").GetString()!.ShouldStartWith("whsec_");
        (await SendAsync("POST", $"{id}/rotate-secret", null, tag)).Status.ShouldBe(412);
        (await SendAsync("GET", id)).Body.GetProperty("previousSecretUntil").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow().AddHours(23));
        (await SendAsync("GET", id)).Body.TryGetProperty("secret", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_test_event_says_at_once_what_the_endpoint_says()
    {
        var (id, _, _) = await Service.CreateEndpointAsync(_client, Receiver.Url, "job.placed");
        Receiver.Answer = _ => 503;
        Receiver.Say = http => http.Response.WriteAsync("closed for today\0" + new string('x', 5000), Stop);
        var (status, body, _) = await SendAsync("POST", $"{id}/test");
        status.ShouldBe(200);
        body.GetProperty("succeeded").GetBoolean().ShouldBeFalse();
        body.GetProperty("status").GetInt32().ShouldBe(503);
        body.GetProperty("failure").GetString().ShouldBe("status");
        body.GetProperty("responseBody").GetString()!.ShouldStartWith("closed for todayxx");
        body.GetProperty("responseBody").GetString()!.Length.ShouldBeInRange(1000, 1024);
        Receiver.All.Single().Type.ShouldBe("webhook.test");
        Receiver.All.Single().Id.ShouldBe(body.GetProperty("id").GetString());
        (await Service.InDatabaseAsync(db => Task.FromResult(db.WebhookDeliveries.Any()))).ShouldBeFalse("nothing is kept of it");
    }

    [Fact]
    public async Task No_route_shows_or_changes_anything_of_another_merchant_or_mode()
    {
        var (id, _, tag) = await Service.CreateEndpointAsync(_client, Receiver.Url);
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Service.InDatabaseAsync(db => Task.FromResult(db.WebhookDeliveries.Any(d => d.DoneAt != null))), "the delivery");
        var list = await _client.GetFromJsonAsync<JsonElement>($"/v1/webhook-endpoints/{id}/deliveries", Stop);
        var delivery = list.GetProperty("data")[0].GetProperty("id").GetString();
        (string Method, string Path, string? Body)[] routes =
        [
            ("GET", id, null), ("PATCH", id, """{"types":[]}"""), ("DELETE", id, null), ("POST", $"{id}/pause", null), ("POST", $"{id}/resume", null),
            ("POST", $"{id}/rotate-secret", null), ("POST", $"{id}/test", null), ("GET", $"{id}/deliveries", null), ("GET", $"{id}/deliveries/{delivery}", null),
            ("POST", $"{id}/deliveries/{delivery}/replay", null), ("POST", $"{id}/replay", """{"from":"2026-11-23T00:00:00Z"}"""),
        ];
        // Every route of an endpoint is among them.
        using var description = await Service.CreateClient().GetAsync("/openapi/v1.json", Stop);
        var described = (await description.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("paths").EnumerateObject()
            .Where(p => p.Name.StartsWith("/v1/webhook-endpoints/{id}", StringComparison.Ordinal)).SelectMany(p => p.Value.EnumerateObject()).Count();
        routes.Length.ShouldBe(described);

        using var other = Service.ClientOf(Merchant.NewId());
        using var test = Service.ClientOf(_merchant.Id, "test");
        using var weak = Service.ClientOf(_merchant.Id, "live", "read", "order", "quote");
        foreach (var (method, path, body) in routes)
        {
            foreach (var (client, expected) in new[] { (other, 404), (test, 404), (weak, 403) })
            {
                (await SendAsync(method, path, body, tag, client)).Status.ShouldBe(expected, $"{method} {path}");
            }
        }

        (await SendAsync("GET", id)).Status.ShouldBe(200, "and it is still there");
        Receiver.All.Count.ShouldBe(1);
    }

    private async Task<(int Status, JsonElement Body, string? Tag)> SendAsync(string method, string path, string? body = null, string? tag = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/v1/webhook-endpoints/{path}");
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (tag is not null)
        {
            request.Headers.IfMatch.Add(new(tag));
        }

        using var response = await (client ?? _client).SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement, response.Headers.ETag?.Tag);
    }
}
