using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Zweizeiler.Gateway.Limits;
using Zweizeiler.Gateway.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Gateway.Tests;

public class Rate_limits_Specs(SharedGateway shared)
{
    [Fact]
    public async Task A_key_has_its_burst_and_then_its_pace_and_another_key_does_not_notice()
    {
        const string Other = "zz_live_otherotherother";
        await using var app = await StartAsync(("Key:PerSecond", "1"), ("Key:Burst", "5"));
        app.Keys.Add(Other, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => app.SendAsync("GET", "/v1/balance")));

        // One or two more where the machine was slow.
        answers.Count(a => a.StatusCode == HttpStatusCode.OK).ShouldBeInRange(5, 9);
        app["billing"].Seen.Count.ShouldBe(answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        var refused = answers.First(a => a.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        refused.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"key\";q=5;w=5"]);
        refused.Headers.GetValues("RateLimit").ShouldBe(["\"key\";r=0;t=1"]);
        var problem = (await refused.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!;
        ((string)problem["code"]!).ShouldBe("rate.limited");
        ((string)problem["violated-policies"]!.AsArray().Single()!).ShouldBe("key");

        (await app.SendAsync("GET", "/v1/balance", Other)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.Passes(TimeSpan.FromSeconds(10), async () => (await app.SendAsync("GET", "/v1/balance")).StatusCode.ShouldBe(HttpStatusCode.OK));
    }

    [Fact]
    public async Task Whoever_tries_keys_is_held_up_before_anybody_is_asked_and_those_who_have_one_are_not()
    {
        await using var app = await StartAsync(("Address:PerSecond", "0.01"), ("Address:Burst", "3"));
        (await app.SendAsync("GET", "/v1/balance")).StatusCode.ShouldBe(HttpStatusCode.OK);
        for (var i = 0; i < 2; i++)
        {
            var guess = await app.SendAsync("GET", "/v1/balance", $"zz_live_guessguessguess{i}");
            guess.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            guess.Headers.GetValues("RateLimit").ShouldBe([$"\"address\";r={2 - i};t=100"]);
        }

        (await app.SendAsync("GET", "/v1/balance", key: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var asked = app.Keys.Asked;
        foreach (var key in new[] { "zz_live_guessguessguess9", null })
        {
            var refused = await app.SendAsync("GET", "/v1/balance", key);
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(100));
            refused.Headers.GetValues("RateLimit-Policy").ShouldBe(["\"address\";q=3;w=300"]);
        }

        app.Keys.Asked.ShouldBe(asked);
        (await app.SendAsync("GET", "/health/live", "zz_live_guessguessguess9")).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Keys.Asked.ShouldBe(asked);
        (await app.SendAsync("GET", "/v1/balance")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Every_answer_of_the_api_says_how_much_is_left()
    {
        await using var app = await GatewayApp.StartAsync(shared.Servers, new Dictionary<string, string[]> { ["billing"] = [$"http://127.0.0.1:{FreePort.Next()}"] });
        var large = new ByteArrayContent(new byte[300 * 1024]);
        foreach (var (method, path, key, content, status, policy) in new[]
        {
            ("GET", "/v1/jobs", KeyTable.Good, (HttpContent?)null, 200, "key"),
            ("GET", "/v1/jobs", (string?)null, null, 401, "address"),
            ("GET", "/v1/unknown", KeyTable.Good, null, 404, "key"),
            ("GET", "/v1/unknown", null, null, 404, "address"),
            ("POST", "/v1/jobs", KeyTable.Good, large, 413, "key"),
            ("GET", "/v1/balance", KeyTable.Good, null, 503, "key"),
        })
        {
            var response = await app.SendAsync(method, path, key, content);
            ((int)response.StatusCode).ShouldBe(status, path);
            response.Headers.GetValues("RateLimit-Policy").Single().ShouldMatch($"^\"{policy}\";q=100000;w=1$");
            response.Headers.GetValues("RateLimit").Single().ShouldMatch($"^\"{policy}\";r=[0-9]+;t=1$");
        }

        (await app.SendAsync("GET", "/docs", key: null)).Headers.Contains("RateLimit").ShouldBeFalse();
    }

    [Fact]
    public void Addresses_share_a_fixed_number_of_buckets_and_a_network_of_version_6_is_one()
    {
        Enumerable.Range(0, 100_000).Select(i => RateLimits.BucketOf(new IPAddress(i))).Distinct().Count().ShouldBeInRange(RateLimits.AddressBuckets / 2, RateLimits.AddressBuckets);
        Bucket("2001:db8:1:2::1").ShouldBe(Bucket("2001:db8:1:2:ffff::9"));
        Bucket("::ffff:203.0.113.7").ShouldBe(Bucket("203.0.113.7"));
        Enumerable.Range(0, 20).Select(i => Bucket($"2001:db8:1:{i}::1")).Distinct().Count().ShouldBeGreaterThan(15);

        static int Bucket(string address) => RateLimits.BucketOf(IPAddress.Parse(address));
    }

    [Theory]
    [InlineData("Key:PerSecond", "0")]
    [InlineData("Address:Burst", "0")]
    public async Task A_limit_that_lets_nobody_through_stops_the_start(string name, string value) =>
        (await Should.ThrowAsync<Exception>(async () => await StartAsync((name, value)))).ToString().ShouldContain("rate limit by");

    private Task<GatewayApp> StartAsync(params (string Name, string Value)[] limits) =>
        GatewayApp.StartAsync(shared.Servers, settings: limits.ToDictionary(l => $"RateLimits:{l.Name}", l => l.Value));
}
