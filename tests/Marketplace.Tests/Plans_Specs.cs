using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Offers;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Portal;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>How the database goes about what the portal asks of it all day, with enough jobs and people to make a difference.</summary>
public sealed partial class Plans(Market market) : IClassFixture<Market>
{
    private const int Translators = 300;
    private const int Jobs = 20_000;

    [Fact]
    public async Task No_page_and_no_step_of_an_offer_reads_all_jobs()
    {
        using var tap = new StatementTap();
        var many = await market.FillAsync(Translators, Jobs);
        using var busy = market.App.Visitor();
        await busy.SignInAsync(ManyJobs.Email(12));
        using var idle = market.App.Visitor();
        await idle.SignInAsync(ManyJobs.Email(49));
        using var person = await market.OperatorAsync();
        var job = CardPattern().Match(await busy.GetAsync("/portal")).Groups[1].Value;
        tap.Follow(market.Database);

        (await idle.GetAsync("/portal")).ShouldContain("id=\"no-offers\">");
        foreach (var (who, path) in new[]
        {
            (busy, "/portal"), (idle, "/portal"), (busy, $"/portal/jobs/{job}"), (busy, "/portal/work"), (busy, "/portal/earnings"), (busy, "/portal/disputes"),
            (person, $"/portal/desk/jobs/{job}"),
        })
        {
            ShouldUseIndexes(await PlansAsync(() => who.GetAsync(path)), path);
        }

        ShouldUseIndexes(await PlansAsync(() => market.App.InScopeAsync(async services => await services.GetRequiredService<OfferBoard>().SinceAsync(
            many.Id(12), market.Time.GetUtcNow() - TimeSpan.FromMinutes(5), default))), "what a page missed");
        ShouldUseIndexes(await PlansAsync(() => market.App.InScopeAsync(async services => await services.GetRequiredService<OfferBoard>().NewsAsync(
            [Market.Id(job)], default))), "a job that was heard of");
        var open = await market.JobAsync(job);
        ShouldUseIndexes(await PlansAsync(() => market.App.InScopeAsync(services => services.GetRequiredService<CandidateSearch>().FindAsync(
            open, market.Time.GetUtcNow(), default))), "who could be asked");
        ShouldUseIndexes(await PlansAsync(async () => (await busy.ClaimAsync(job)).ShouldContain("Der Auftrag gehört Ihnen")), "a claim");

        // And it would be seen if one did.
        (await PlansAsync(() => market.App.ReadAsync(db => Task.FromResult(db.Jobs.Count(j => j.Characters == 1))))).ShouldContain(p => ReadsAllPattern().IsMatch(p));

        Task<IReadOnlyList<string>> PlansAsync(Func<Task> action) =>
            tap.PlansOfAsync(action, sql => sql.TrimStart().StartsWith("SELECT", StringComparison.Ordinal) && !sql.Contains("FOR UPDATE", StringComparison.Ordinal));
    }

    private static void ShouldUseIndexes(IReadOnlyList<string> plans, string what)
    {
        plans.ShouldNotBeEmpty(what);
        foreach (var plan in plans)
        {
            ReadsAllPattern().IsMatch(plan).ShouldBeFalse($"{what}: {plan}");
        }
    }

    /// <summary>Tables that grow with the jobs.</summary>
    [GeneratedRegex("Seq Scan on (jobs|job_texts|claims|offers|deliveries|delivery_texts|earnings)")]
    private static partial Regex ReadsAllPattern();

    [GeneratedRegex("data-job=\"(job_[^\"]+)\"")]
    private static partial Regex CardPattern();
}
