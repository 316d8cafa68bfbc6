using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary><c>GET /v1/translators/{id}</c>, as merchants call it.</summary>
public sealed class Profiles(Market market) : IClassFixture<Market>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_merchant_sees_who_works_for_her_and_how_often_and_nothing_private()
    {
        var id = Market.TranslatorId(7);
        await market.App.ReadAsync(db => db.Translators.Where(t => t.Id == id).ExecuteUpdateAsync(t => t
            .SetProperty(x => x.About, "Mode und Service, seit zwölf Jahren.").SetProperty(x => x.Specialities, ["fashion"])));
        using var translator = await market.TranslatorAsync(7);
        var (job, delivery) = await market.DeliveredAsync(translator);
        await market.DeliveredAsync(translator);
        await market.Recorder.PublishAsync(new DeliveryAccepted(
            Market.Id(job), Market.MerchantId, delivery, id, 4, null, PreferTranslator: false, Automatic: false, market.Time.GetUtcNow()));
        await market.IsAsync(Market.Id(job), JobState.Accepted);
        await Eventually.Within(Soon, () => market.App.ReadAsync(db => db.Standings.AnyAsync(s => s.TranslatorId == id && s.Ratings == 1)));

        var profile = (await ProfileAsync(id))!;
        profile["id"]!.GetValue<string>().ShouldBe(PublicId.Format("trn", id));
        profile["displayName"]!.GetValue<string>().ShouldNotBeEmpty();
        profile["about"]!.GetValue<string>().ShouldBe("Mode und Service, seit zwölf Jahren.");
        profile["specialities"]!.ToJsonString().ShouldBe("[\"fashion\"]");
        profile["pairs"]!.AsArray().Count.ShouldBeGreaterThan(0);
        // One rating says nothing yet; of two deliveries one is accepted.
        profile["rating"]!.ToJsonString().ShouldBe("""{"average":null,"count":1}""");
        profile["jobsForYou"]!.GetValue<int>().ShouldBe(1);
        profile.AsObject().Select(p => p.Key).ShouldBe(
            ["id", "displayName", "about", "nativeLanguages", "workingLanguages", "pairs", "kinds", "specialities", "rating", "jobsForYou"]);

        // What she did for one merchant, or in live mode, is no number of another's, or of a test key's.
        (await ProfileAsync(id, Guid.CreateVersion7(market.Time.GetUtcNow())))!["jobsForYou"]!.GetValue<int>().ShouldBe(0);
        (await ProfileAsync(id, mode: "test"))!["jobsForYou"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Five_ratings_make_a_mean()
    {
        var id = Market.TranslatorId(8);
        await market.App.ReadAsync(db => db.Standings.Where(x => x.TranslatorId == id).ExecuteUpdateAsync(
            x => x.SetProperty(y => y.Ratings, 5).SetProperty(y => y.RatingSum, 22), TestContext.Current.CancellationToken));
        (await ProfileAsync(id))!["rating"]!.ToJsonString().ShouldBe("""{"average":4.4,"count":5}""");
    }

    [Fact]
    public async Task Who_is_unknown_or_shut_out_is_not_found()
    {
        var id = Market.TranslatorId(9);
        (await ProfileAsync(id)).ShouldNotBeNull();
        await market.App.ReadAsync(db => db.Users.Where(u => u.Id == id).ExecuteUpdateAsync(u => u.SetProperty(x => x.ShutOutAt, market.Time.GetUtcNow())));

        using var client = As();
        foreach (var other in new[] { PublicId.Format("trn", id), PublicId.Format("trn", Guid.CreateVersion7(market.Time.GetUtcNow())), "trn_1", PublicId.Format("job", id) })
        {
            using var answer = await client.GetAsync($"/v1/translators/{other}", TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["code"]!.GetValue<string>().ShouldBe("translator.not_found");
        }
    }

    [Fact]
    public async Task It_takes_a_key_that_may_read()
    {
        var path = $"/v1/translators/{PublicId.Format("trn", Market.TranslatorId(6))}";
        using var nobody = market.App.CreateClient();
        (await nobody.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var orders = As(scopes: Scope.Order);
        (await orders.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        // Nor does the portal's own cookie open it.
        using var translator = await market.TranslatorAsync(6);
        (await translator.StatusOfAsync(path)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<JsonNode?> ProfileAsync(Guid id, Guid? merchant = null, string mode = "live")
    {
        using var client = As(merchant, mode);
        return await client.GetFromJsonAsync<JsonNode>($"/v1/translators/{PublicId.Format("trn", id)}", TestContext.Current.CancellationToken);
    }

    private HttpClient As(Guid? merchant = null, string mode = "live", params string[] scopes)
    {
        var who = merchant ?? Market.MerchantId;
        var client = market.App.CreateClient();
        var caller = new CallerClaims(who, who, mode, scopes.Length > 0 ? scopes : [.. Scope.All]);
        client.DefaultRequestHeaders.Authorization = new("Bearer", market.App.Services.GetRequiredService<InternalTokens>().Mint("marketplace", caller));
        return client;
    }
}
