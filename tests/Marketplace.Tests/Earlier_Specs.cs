using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.Portal;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>What a translator has done and earned, further back than one page.</summary>
public sealed partial class Earlier_work(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task Is_all_to_be_found_and_a_days_sum_is_that_of_the_day_not_of_the_page()
    {
        var many = await market.FillAsync(translators: 1, jobs: 200);
        using var translator = market.App.Visitor();
        await translator.SignInAsync(ManyJobs.Email(1));
        var (me, zone) = (many.Id(1), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var earned = await market.App.ReadAsync(db => db.Earnings.Where(e => e.TranslatorId == me).Select(e => new { e.CreditedAt, e.FeeCents }).ToListAsync());
        var days = earned.GroupBy(e => TimeZoneInfo.ConvertTime(e.CreditedAt, zone).Date).OrderByDescending(d => d.Key)
            .Select(d => $"{d.Sum(e => e.FeeCents) / 100m:N2}".Replace('.', ',')).ToList();
        earned.Count.ShouldBeGreaterThan(120);

        var money = await PagesAsync(translator, "/portal/earnings", EarnedPattern());
        money.Count.ShouldBe((earned.Count + 59) / 60);
        money.SelectMany(p => p.Shown).Distinct().Count().ShouldBe(earned.Count);
        money.Sum(p => p.Shown.Count).ShouldBe(earned.Count, "nothing twice");
        money.SelectMany(p => DaySumPattern().Matches(p.Html).Select(m => m.Groups[1].Value)).Distinct().ShouldBe(days);

        var work = await PagesAsync(translator, "/portal/work", DonePattern());
        work.SelectMany(p => p.Shown).Distinct().Count().ShouldBe(earned.Count);
        work.Sum(p => p.Shown.Count).ShouldBe(earned.Count, "nothing twice");
        work.ShouldAllBe(p => p.Html.Contains($"<h2 id=\"accepted\">Abgenommen</h2><span class=\"count\">{earned.Count}</span>"));
    }

    [Fact]
    public async Task Where_a_list_goes_on_is_nobody_elses_to_say()
    {
        using var translator = await market.TranslatorAsync(2);
        (await translator.GetAsync("/portal/earnings?after=made-up")).ShouldNotContain("Frühere zeigen");
        (await translator.GetAsync("/portal/work?after=made-up")).ShouldNotContain("Frühere zeigen");
    }

    private static async Task<List<(string Html, List<string> Shown)>> PagesAsync(Visitor who, string path, Regex pattern)
    {
        var pages = new List<(string, List<string>)>();
        for (string? next = path; next is not null;)
        {
            var html = WebUtility.HtmlDecode(await who.GetAsync(next));
            pages.Add((html, [.. pattern.Matches(html).Select(m => m.Groups[1].Value)]));
            next = NextPattern().Match(html) is { Success: true } link ? link.Groups[1].Value : null;
        }

        return pages;
    }

    [GeneratedRegex("data-earned=\"(.*?)\"")]
    private static partial Regex EarnedPattern();

    [GeneratedRegex("data-done=\"(.*?)\" data-state=\"accepted\"")]
    private static partial Regex DonePattern();

    [GeneratedRegex("<span class=\"count sum\">(.*?)\u00A0€")]
    private static partial Regex DaySumPattern();

    [GeneratedRegex("<a class=\"button\" href=\"(.*?)#")]
    private static partial Regex NextPattern();
}
