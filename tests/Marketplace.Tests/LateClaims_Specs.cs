using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>Claims that come while somebody else is taking the job.</summary>
public sealed class Claiming_a_moment_too_late(Market market) : IClassFixture<Market>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private JobTurns Turns => market.App.Services.GetRequiredService<JobTurns>();

    [Fact]
    public async Task Is_told_without_a_look_at_the_database()
    {
        using var tap = new StatementTap();
        var job = await market.OfferAsync();
        using var late = await market.TranslatorAsync(1, market.StartReplica());
        using var here = await market.TranslatorAsync(1);
        var token = await here.TokenAsync("/portal");
        tap.Follow(market.Database);
        var first = await FirstAsync(job);

        HttpResponseMessage? answer = null;
        var asked = (await tap.SentByAsync(async () =>
        {
            var claim = here.PostWithAsync(token, $"/portal/jobs/{job}?handler=Claim", []);
            await Eventually.Within(TimeSpan.FromSeconds(20), () => Turns.PeopleAt(Market.Id(job)) == 2, "she has come");
            await TakeAsync(job, Market.TranslatorId(2));
            first.Dispose();
            answer = await claim;
        })).Where(sql => sql.Contains("security_stamp", StringComparison.Ordinal) || sql.Contains("FROM jobs", StringComparison.Ordinal)).ToList();

        using (answer)
        {
            answer!.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldBe("/portal");
        }

        asked.ShouldBeEmpty();
        WebUtility.HtmlDecode(await here.GetAsync("/portal")).ShouldContain("Jemand anders war einen Augenblick schneller.");
        Turns.PeopleAt(Market.Id(job)).ShouldBe(0);

        // The other replica knows nothing of it, and there the database decides.
        (await late.ClaimAsync(job)).ShouldContain("Der Auftrag gehört Ihnen");
    }

    [Fact]
    public async Task May_still_take_it_when_the_one_before_did_not()
    {
        var job = await market.OfferAsync();
        using var next = await market.TranslatorAsync(3);
        var token = await next.TokenAsync("/portal");
        var first = await FirstAsync(job);

        var claim = next.PostWithAsync(token, $"/portal/jobs/{job}?handler=Claim", []);
        await Eventually.Within(TimeSpan.FromSeconds(20), () => Turns.PeopleAt(Market.Id(job)) == 2, "she has come");
        first.Dispose();

        using var answer = await claim;
        answer.Headers.Location!.ToString().ShouldBe($"/portal/work/{job}");
    }

    [Fact]
    public async Task Is_no_way_past_a_session_that_was_ended_nor_for_strangers()
    {
        var job = await market.OfferAsync();
        using var winner = await market.TranslatorAsync(4);
        var token = await winner.TokenAsync("/portal");
        await market.App.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<Persistence.MarketplaceDbContext>();
            return await db.Users.Where(u => u.Id == Market.TranslatorId(4)).ExecuteUpdateAsync(u => u.SetProperty(x => x.SecurityStamp, "another"), Stop);
        });
        using var stranger = market.App.Visitor();
        var strangers = await stranger.TokenAsync("/portal/sign-in");
        using var first = await FirstAsync(job);
        await TakeAsync(job, Market.TranslatorId(4));

        // Her own second click goes on to the page; the session does not hold any more.
        using var hers = await winner.PostWithAsync(token, $"/portal/jobs/{job}?handler=Claim", []);
        using var theirs = await stranger.PostWithAsync(strangers, $"/portal/jobs/{job}?handler=Claim", []);

        hers.Headers.Location!.ToString().ShouldContain("/portal/sign-in");
        theirs.Headers.Location!.ToString().ShouldContain("/portal/sign-in");
    }

    /// <summary>Somebody whose claim has come and is being looked at.</summary>
    private async Task<JobTurns.Arrival> FirstAsync(string job)
    {
        var first = Turns.Arrive(Market.Id(job));
        (await first.WinnerAsync(Stop)).ShouldBeNull();
        return first;
    }

    private async Task TakeAsync(string job, Guid translator)
    {
        using var turn = await Turns.EnterAsync(Market.Id(job), Stop);
        turn.Taken(translator);
    }
}
