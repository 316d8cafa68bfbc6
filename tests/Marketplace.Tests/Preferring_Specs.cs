using System.Net;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Preferring(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task Whom_the_merchant_has_blocked_neither_sees_nor_gets_the_job()
    {
        var job = await market.OfferAsync(preferences: new TranslatorPreferences([], [Market.TranslatorId(1)]));
        using var blocked = await market.TranslatorAsync(1);
        using var other = await market.TranslatorAsync(2);
        var token = await blocked.TokenAsync("/portal");

        (await other.GetAsync("/portal")).ShouldContain(job);
        (await blocked.GetAsync("/portal")).ShouldNotContain(job);
        (await blocked.StatusOfAsync($"/portal/jobs/{job}")).ShouldBe(HttpStatusCode.NotFound);
        using var claim = await blocked.PostWithAsync(token, $"/portal/jobs/{job}?handler=Claim", []);
        claim.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var ask = await blocked.PostWithAsync(token, $"/portal/jobs/{job}?handler=Ask", new() { ["Question"] = "Warum?" });
        ask.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await market.JobAsync(job)).State.ShouldBe(JobState.Open);
    }

    [Fact]
    public async Task Who_had_the_case_and_whom_the_merchant_prefers_see_the_job_marked_and_first()
    {
        var usual = await market.OfferAsync();
        var liked = await market.OfferAsync(preferences: new TranslatorPreferences([Market.TranslatorId(3)], []));
        var hers = await market.OfferAsync(preferences: new TranslatorPreferences([Market.TranslatorId(3)], [], Market.TranslatorId(3)));
        using var translator = await market.TranslatorAsync(3);
        using var other = await market.TranslatorAsync(4);

        var page = WebUtility.HtmlDecode(await translator.GetAsync("/portal"));
        new[] { hers, liked, usual }.Select(j => page.IndexOf(j, StringComparison.Ordinal)).ShouldBeInOrder();
        page.ShouldContain($"data-job=\"{hers}\" data-kind=\"translation\" data-mark=\"same_case\"");
        page.ShouldContain($"data-job=\"{liked}\" data-kind=\"translation\" data-mark=\"preferred\"");
        page.Split($"data-job=\"{hers}\"").Length.ShouldBe(2);
        page.ShouldContain("Ihr Fall: Hier haben Sie zuletzt geschrieben");
        var others = WebUtility.HtmlDecode(await other.GetAsync("/portal"));
        others.ShouldContain(hers);
        others.ShouldNotContain("mark-words");
        (await translator.ClaimAsync(hers)).ShouldContain("Der Auftrag gehört Ihnen");
    }
}
