using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Billing.Tests;

public sealed class Billings_api(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task shows_the_balance_and_what_stands_on_the_invoice_so_far()
    {
        var (merchant, _) = await MerchantWithOneChargedAndOneOpenJobAsync();
        var balance = await GetAsync(merchant, "/v1/balance");
        Numbers(balance, "available", "reserved").ShouldBe([428, 286]);
        Numbers((JsonObject)balance["openInvoice"]!, "lines", "net", "tax", "gross").ShouldBe([1, 240, 46, 286]);
    }

    [Fact]
    public async Task lists_the_ledger_newest_first_page_by_page_with_the_public_job_id()
    {
        var (merchant, charged) = await MerchantWithOneChargedAndOneOpenJobAsync();
        var seen = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(merchant, "/v1/ledger?limit=1" + (cursor is null ? "" : $"&cursor={cursor}"));
            seen.Add(((JsonArray)page["data"]!).ShouldHaveSingleItem()!);
            cursor = (string?)page["nextCursor"];
        }
        while (cursor is not null);

        seen.Select(e => (string?)e["kind"]).ShouldBe(["reservation", "charge", "reservation", "opening"]);
        seen.ShouldAllBe(e => ((JsonArray)e["postings"]!).Sum(p => (long)p!["amount"]!) == 0);
        var publicId = PublicId.Format("job", charged.JobId);
        ((string?)seen[1]["jobId"]).ShouldBe(publicId);
        ((string?)seen[1]["event"]).ShouldBe("DeliveryAccepted");
        ((JsonArray)(await GetAsync(merchant, $"/v1/ledger?job={publicId}"))["data"]!).Select(e => (string?)e!["kind"]).ShouldBe(["charge", "reservation"]);
    }

    [Fact]
    public async Task shows_the_open_invoices_lines()
    {
        var (merchant, charged) = await MerchantWithOneChargedAndOneOpenJobAsync();
        var invoice = await GetAsync(merchant, "/v1/invoices/open");
        var line = ((JsonArray)invoice["data"]!).ShouldHaveSingleItem()!;
        ((string?)line["description"]).ShouldBe("Translation de→fr, 2 lines, ORDER-4711");
        ((string?)line["costCentre"]).ShouldBe("FR");
        ((string?)line["jobId"]).ShouldBe(PublicId.Format("job", charged.JobId));
    }

    /// <summary>19 % of 2 × 2.40 € is 91.2 ct: 91, where the two jobs' own taxes would make 92.</summary>
    [Fact]
    public async Task computes_the_invoices_tax_on_the_sum()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        foreach (var job in (JobPlaced[])[Jobs.Placed(merchant), Jobs.Placed(merchant)])
        {
            await ChargeAsync(job);
        }

        Numbers((JsonObject)(await GetAsync(merchant, "/v1/invoices/open"))["sums"]!, "lines", "net", "tax", "gross").ShouldBe([2, 480, 91, 571]);
    }

    [Fact]
    public async Task shows_another_merchant_and_a_test_key_nothing_of_it()
    {
        var (merchant, charged) = await MerchantWithOneChargedAndOneOpenJobAsync();
        var stranger = await _app.MerchantWithAsync(5);
        var publicId = PublicId.Format("job", charged.JobId);
        ((JsonArray)(await GetAsync(stranger, $"/v1/ledger?job={publicId}"))["data"]!).ShouldBeEmpty();
        ((JsonArray)(await GetAsync(stranger, "/v1/invoices/open"))["data"]!).ShouldBeEmpty();
        Numbers(await GetAsync(stranger, "/v1/balance"), "available", "reserved").ShouldBe([5, 0]);

        ((JsonArray)(await GetAsync(merchant, "/v1/ledger", "test"))["data"]!).ShouldBeEmpty();
        Numbers(await GetAsync(merchant, "/v1/balance", "test"), "available", "reserved").ShouldBe([0, 0]);

        var cursor = (string)(await GetAsync(merchant, "/v1/ledger?limit=1"))["nextCursor"]!;
        (await _app.As(stranger).GetAsync($"/v1/ledger?cursor={cursor}", Cancelled)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("/v1/balance")]
    [InlineData("/v1/ledger")]
    [InlineData("/v1/invoices/open")]
    public async Task asks_for_a_token_and_for_the_scope_read(string path)
    {
        (await _app.Anonymous().GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await _app.As(Guid.Empty, "live", "order").GetAsync(path, Cancelled)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/v1/ledger?limit=0", "?limit")]
    [InlineData("/v1/ledger?limit=101", "?limit")]
    [InlineData("/v1/ledger?cursor=zzz", "?cursor")]
    [InlineData("/v1/ledger?job=4711", "?job")]
    [InlineData("/v1/ledger?page=2", "?page")]
    [InlineData("/v1/invoices/open?limit=x", "?limit")]
    public async Task names_what_is_wrong_with_a_query(string path, string pointer)
    {
        var response = await _app.As(await _app.MerchantWithAsync(1)).GetAsync(path, Cancelled);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!["errors"]![0]!["pointer"]).ShouldBe(pointer);
    }

    [Fact]
    public async Task describes_itself_and_every_endpoint_states_its_authorization()
    {
        var document = JsonNode.Parse(await _app.Anonymous().GetStringAsync("/openapi/v1.json", Cancelled))!;
        ((JsonObject)document["paths"]!).Select(p => p.Key).ShouldBe(
            [
                "/v1/balance", "/v1/ledger", "/v1/invoices/open", "/v1/billing-profile", "/v1/invoices", "/v1/invoices/{id}", "/v1/invoices/{id}/lines",
                "/v1/invoices/{id}/pdf", "/v1/invoices/{id}/xml",
            ],
            ignoreOrder: true);
        _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<AuthorizationPolicy>() is null)
            .Select(e => e.RoutePattern.RawText).ShouldBeEmpty();
    }

    private async Task<(Guid Merchant, JobPlaced Charged)> MerchantWithOneChargedAndOneOpenJobAsync()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (first, second) = (Jobs.Placed(merchant), Jobs.Placed(merchant));
        await ChargeAsync(first);
        await _app.Messages.PublishAsync(second);
        await _app.Messages.NextAsync<JobFunded>(f => f.JobId == second.JobId);
        return (merchant, first);
    }

    private async Task ChargeAsync(JobPlaced job)
    {
        await _app.Messages.PublishAsync(job);
        await _app.Messages.NextAsync<JobFunded>(f => f.JobId == job.JobId);
        await _app.Messages.PublishAsync(Jobs.Accepted(job));
        await _app.Messages.NextAsync<JobCharged>(c => c.JobId == job.JobId);
    }

    private async Task<JsonObject> GetAsync(Guid merchant, string path, string mode = "live") =>
        (JsonObject)JsonNode.Parse(await _app.As(merchant, mode).GetStringAsync(path, Cancelled))!;

    private static IEnumerable<long> Numbers(JsonObject node, params string[] names) => names.Select(n => (long)node[n]!);
}
