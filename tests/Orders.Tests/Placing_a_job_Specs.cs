using System.Net;
using System.Text.Json.Nodes;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Placing_a_job_Specs(SharedApp shared)
{
    [Fact]
    public async Task A_job_is_answered_with_price_and_promise_and_told_to_the_others()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item(new string('a', 93));
        item["reference"] = "ORDER-4711";
        item["costCentre"] = "FR";
        item["metadata"] = new JsonObject { ["shop"] = "fr" };

        var response = await merchant.PostAsync("/v1/jobs", item);

        var body = await TestMerchant.BodyOf(response);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, body.ToJsonString());
        var id = (string)body["id"]!;
        response.Headers.Location.ShouldBe(new Uri($"/v1/jobs/{id}", UriKind.Relative));
        id.ShouldStartWith("job_");
        body["price"]!.ToJsonString().ShouldBe(
            """{"characters":93,"lines":2,"billedLines":2,"ratePerLine":120,"urgencyFactor":1.00,"repetitionFactor":1.00,"net":240,"currency":"EUR","tax":{"category":"S","rate":19.00,"amount":46},"gross":286,"priceList":"2026-1","counting":1}""");
        ((string)body["state"]!).ShouldBe("placed");
        ((string)body["mode"]!).ShouldBe("live");
        ((string)body["reference"]!).ShouldBe("ORDER-4711");
        ((string)body["costCentre"]!).ShouldBe("FR");
        ((string)body["metadata"]!["shop"]!).ShouldBe("fr");
        body.ContainsKey("caseId").ShouldBeTrue();
        body.ContainsKey("translator").ShouldBeTrue();
        ((string)body["createdAt"]!).ShouldEndWith("Z");
        // The price list's promise at the latest; how much sooner, other tests' deliveries decide.
        ((DateTimeOffset)body["promise"]!["deliverBy"]! - (DateTimeOffset)body["createdAt"]!).ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromHours(4));

        var placed = await shared.App.Messages.NextAsync<JobPlaced>(m => m.MerchantId == merchant.Id);
        placed.Price.NetCents.ShouldBe(240);
        placed.Price.TranslatorFeeCents.ShouldBe(168);
        placed.Filing.Reference.ShouldBe("ORDER-4711");
        var told = await shared.App.Messages.NextAsync<JobStateChanged>(m => m.JobId == placed.JobId);
        (told.Sequence, told.Type, told.State).ShouldBe((1, "job.placed", "placed"));

        (await merchant.GetAsync($"/v1/jobs/{id}")).ToJsonString().ShouldBe(body.ToJsonString());
    }
}
