using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.ApiKeys;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Orders.Tests;

public class Spending_limits_Specs(SharedApp shared)
{
    [Fact]
    public async Task What_would_pass_the_limit_is_refused_and_nothing_of_it_is_stored()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var gross = await GrossAsync(merchant);
        using var key = await merchant.KeyAsync(limit: new SpendingLimit(SpendingPeriod.Month, (2 * gross) + 1, "EUR"));
        for (var i = 0; i < 2; i++)
        {
            await merchant.PlaceAsync(client: key.Client);
        }

        var jobs = await CountAsync(merchant, "jobs");
        var refused = await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "one too many", key.Client);

        refused.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        var problem = await TestMerchant.BodyOf(refused);
        ((string)problem["code"]!).ShouldBe("spending_limit.exceeded");
        ((long)problem["remaining"]!).ShouldBe(1);
        ((long)problem["requested"]!).ShouldBe(gross);
        ((long)problem["limit"]!).ShouldBe((2 * gross) + 1);
        ((string)problem["currency"]!).ShouldBe("EUR");
        ((DateTimeOffset)problem["resetsAt"]!).ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
        (await CountAsync(merchant, "jobs")).ShouldBe(jobs);
        (await CountAsync(merchant, "job_texts", "SELECT count(*) FROM job_texts t JOIN jobs j ON j.id = t.job_id WHERE j.merchant_id = $1")).ShouldBe(jobs);
        (await SpentAsync(key)).ShouldBe(2 * gross);

        var shown = (await merchant.GetAsync("/v1/api-keys"))["data"]!.AsArray().ShouldHaveSingleItem()!["spendingLimit"]!;
        ((long)shown["spent"]!).ShouldBe(2 * gross);
        ((string)shown["period"]!).ShouldBe("month");
        (await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "one too many", key.Client)).Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
    }

    [Fact]
    public async Task Of_64_requests_at_once_as_many_are_taken_as_the_limit_covers_and_not_one_more()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var gross = await GrossAsync(merchant);
        using var key = await merchant.KeyAsync(limit: new SpendingLimit(SpendingPeriod.Day, 20 * gross, "EUR"));
        var before = await CountAsync(merchant, "jobs");

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => merchant.PostAsync("/v1/jobs", TestMerchant.Item(), client: key.Client)));

        answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(20);
        answers.Count(a => a.StatusCode == HttpStatusCode.PaymentRequired).ShouldBe(44);
        (await CountAsync(merchant, "jobs") - before).ShouldBe(20);
        (await SpentAsync(key)).ShouldBe(20 * gross);
    }

    [Fact]
    public async Task Several_jobs_count_together_and_none_is_placed_when_they_are_too_many()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var two = new JsonObject { ["jobs"] = new JsonArray(TestMerchant.Item(), TestMerchant.Item("Vielen Dank für Ihre Bestellung, wir melden uns bald wieder.")) };
        var placed = await TestMerchant.BodyOf(await merchant.PostAsync("/v1/jobs", two));
        var gross = placed["data"]!.AsArray().Sum(j => (long)j!["price"]!["gross"]!);
        using var enough = await merchant.KeyAsync(limit: new SpendingLimit(SpendingPeriod.Total, gross, "EUR"));
        using var tooLittle = await merchant.KeyAsync(limit: new SpendingLimit(SpendingPeriod.Total, gross - 1, "EUR"));

        (await merchant.PostAsync("/v1/jobs", two, client: enough.Client)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var refused = await merchant.PostAsync("/v1/jobs", two, client: tooLittle.Client);
        refused.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
        (await TestMerchant.BodyOf(refused))["resetsAt"].ShouldBeNull();
        (await SpentAsync(enough)).ShouldBe(gross);
        (await SpentAsync(tooLittle)).ShouldBe(0);
    }

    [Fact]
    public async Task A_job_that_awaits_payment_is_given_back_and_counts_again_when_it_is_paid()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var gross = await GrossAsync(merchant);
        using var key = await merchant.KeyAsync(limit: new SpendingLimit(SpendingPeriod.Day, gross, "EUR"));
        var (publicId, id) = await merchant.PlaceAsync(client: key.Client);
        var now = TimeProvider.System.GetUtcNow();

        var declined = new JobFundingDeclined(id, merchant.Id, "insufficient_balance", now);
        await shared.App.Messages.PublishAsync(declined);
        await merchant.StateBecomesAsync(publicId, "payment_required");
        (await SpentAsync(key)).ShouldBe(0);
        var (other, _) = await merchant.PlaceAsync(client: key.Client);

        // Twice, and the decline again after it: each counts once.
        await shared.App.Messages.PublishAsync(new JobFunded(id, merchant.Id, 286, 100, now));
        await merchant.StateBecomesAsync(publicId, "open");
        await shared.App.Messages.PublishAsync(new JobFunded(id, merchant.Id, 286, 100, now));
        await shared.App.Messages.PublishAsync(declined);
        await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");
        (await SpentAsync(key)).ShouldBe(2 * gross);
        (await shared.App.ScalarAsync<Guid>("SELECT key_id FROM jobs WHERE id = $1", id)).ShouldBe(key.Id);
        other.ShouldNotBe(publicId);
    }

    [Fact]
    public async Task A_key_without_a_limit_asks_the_database_for_nothing()
    {
        // This database does not exist, so whoever asks it fails.
        await using var nowhere = new OrdersDbContext(new DbContextOptionsBuilder<OrdersDbContext>().UseNpgsql("Host=127.0.0.1;Port=1").Options);
        var merchant = await shared.App.NewMerchantAsync();
        var price = new Contracts.PriceFacts("2026-1", 1, 10, 1, 2, 120, 1m, 240, "EUR", "S", 19m, 46, 100);
        var now = TimeProvider.System.GetUtcNow();
        var job = Job.Place(
            Guid.CreateVersion7(now), merchant.Id, "live", new JobTerms("translation", "de", "fr", "standard", price, now, null, null, new Dictionary<string, string>()), now);

        await Limits(null).CountAsync([job], TestContext.Current.CancellationToken);
        job.KeyId.ShouldBe(merchant.Id);
        job.SpentIn.ShouldBeNull();
        job.Recount().ShouldBe(0);
        await nowhere.SettleSpendingAsync(job, TestContext.Current.CancellationToken);
        await Should.ThrowAsync<Exception>(() => Limits("day 1000 EUR").CountAsync([job], TestContext.Current.CancellationToken));

        SpendingLimits Limits(string? limit)
        {
            var claims = new List<System.Security.Claims.Claim> { new("merchant", merchant.Id.ToString("N")), new("key", merchant.Id.ToString("N")), new("mode", "live") };
            if (limit is not null)
            {
                claims.Add(new("spending_limit", limit));
            }

            var http = new DefaultHttpContext { User = new(new System.Security.Claims.ClaimsIdentity(claims, "test")) };
            return new SpendingLimits(
                nowhere, new Caller(new HttpContextAccessor { HttpContext = http }), shared.App.Services.GetRequiredService<Merchants>(), TimeProvider.System);
        }
    }

    [Theory]
    [InlineData(SpendingPeriod.Day, "2026-11-23T22:59:59Z", "Europe/Berlin", "2026-11-23", "2026-11-23T23:00:00Z")]
    [InlineData(SpendingPeriod.Day, "2026-11-23T23:00:00Z", "Europe/Berlin", "2026-11-24", "2026-11-24T23:00:00Z")]
    [InlineData(SpendingPeriod.Day, "2026-10-24T22:30:00Z", "Europe/Berlin", "2026-10-25", "2026-10-25T23:00:00Z")]
    [InlineData(SpendingPeriod.Month, "2026-02-28T23:30:00Z", "Europe/Berlin", "2026-03", "2026-03-31T22:00:00Z")]
    [InlineData(SpendingPeriod.Month, "2026-12-31T12:00:00Z", "Pacific/Auckland", "2027-01", "2027-01-31T11:00:00Z")]
    // Clocks in Beirut went forward at midnight: that day began at one o'clock.
    [InlineData(SpendingPeriod.Day, "2022-03-26T12:00:00Z", "Asia/Beirut", "2022-03-26", "2022-03-26T22:00:00Z")]
    [InlineData(SpendingPeriod.Total, "2026-11-23T12:00:00Z", "Europe/Berlin", "total", null)]
    public void A_period_is_one_of_the_merchants_calendar(SpendingPeriod period, string now, string zone, string name, string? ends)
    {
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        var window = SpendingWindow.At(period, DateTimeOffset.Parse(now, culture), TimeZoneInfo.FindSystemTimeZoneById(zone));
        window.Name.ShouldBe(name);
        window.EndsAt.ShouldBe(ends is null ? null : DateTimeOffset.Parse(ends, culture));
    }

    [Theory]
    [InlineData("day 50000 EUR", true)]
    [InlineData("month 1 CHF", true)]
    [InlineData("total 100000000000 EUR", true)]
    [InlineData("week 1 EUR", false)]
    [InlineData("day -1 EUR", false)]
    [InlineData("day 1", false)]
    [InlineData("", false)]
    public void A_limit_reads_as_it_is_written_and_nothing_else_is_one(string text, bool isOne)
    {
        if (isOne)
        {
            SpendingLimit.Parse(text).ToString().ShouldBe(text);
        }
        else
        {
            Should.Throw<FormatException>(() => SpendingLimit.Parse(text));
        }
    }

    private static async Task<long> GrossAsync(TestMerchant merchant) =>
        (long)(await merchant.GetAsync($"/v1/jobs/{(await merchant.PlaceAsync()).PublicId}"))["price"]!["gross"]!;

    private Task<long> SpentAsync(MadeKey key) => shared.App.ScalarAsync<long>("SELECT coalesce(sum(cents), 0)::bigint FROM key_spending WHERE key_id = $1", key.Id);

    private Task<long> CountAsync(TestMerchant merchant, string table, string? sql = null) =>
        shared.App.ScalarAsync<long>(sql ?? $"SELECT count(*) FROM {table} WHERE merchant_id = $1", merchant.Id);
}
