using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.ServiceDefaults.Idempotency;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.Billing.Tests;

[Collection("Months")]
public sealed class An_operation_under_a_key(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_done_once_and_answered_the_same_again()
    {
        var (merchant, number) = await CustomerAsync();
        var payment = await UnmatchedAsync(4200);
        var (path, body, key) = ($"/operations/payments/{payment}/assign", new { customerNumber = number, reason = "She rang us up" }, NewKey());
        var first = await PostAsync(path, body, key);
        (first.StatusCode, Replayed(first)).ShouldBe((HttpStatusCode.NoContent, false));
        var again = await PostAsync(path, body, key);
        (again.StatusCode, Replayed(again)).ShouldBe((HttpStatusCode.NoContent, true));
        (await PostAsync(path, body, NewKey())).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await PostAsync(path, body, null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await _app.BalanceAsync(merchant)).Available.ShouldBe(4300);
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    [Fact]
    public async Task is_not_another_one()
    {
        var (_, number) = await CustomerAsync();
        var (payment, other, key) = (await UnmatchedAsync(100), await UnmatchedAsync(101), NewKey());
        var body = new { customerNumber = number, reason = "She rang us up" };
        (await PostAsync($"/operations/payments/{payment}/assign", body, key)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        foreach (var (path, sent) in new (string, object)[]
        {
            ($"/operations/payments/{payment}/assign", new { customerNumber = number, reason = "Another reason" }),
            ($"/operations/payments/{other}/assign", body),
        })
        {
            var refused = await PostAsync(path, sent, key);
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            ((string)JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancelled))!["code"]!).ShouldBe("idempotency.mismatch");
        }

        (await StateAsync(other)).ShouldBe("unmatched");
        (await PostAsync($"/operations/payments/{other}/assign", body, " ")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task can_be_sent_corrected_after_it_was_refused()
    {
        var (_, number) = await CustomerAsync();
        var (payment, key) = (await UnmatchedAsync(300), NewKey());
        var path = $"/operations/payments/{payment}/assign";
        (await PostAsync(path, new { customerNumber = "999999999", reason = "She rang us up" }, key)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await StateAsync(payment)).ShouldBe("unmatched");
        (await PostAsync(path, new { customerNumber = number, reason = "She rang us up" }, key)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task sent_many_times_at_once_is_done_once()
    {
        var (merchant, number) = await CustomerAsync();
        var payment = await UnmatchedAsync(500);
        var (path, body, key) = ($"/operations/payments/{payment}/assign", new { customerNumber = number, reason = "She rang us up" }, NewKey());
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(path, body, key)));
        answers.Count(a => a.StatusCode == HttpStatusCode.NoContent && !Replayed(a)).ShouldBe(1);
        foreach (var other in answers.Where(a => a.StatusCode != HttpStatusCode.NoContent))
        {
            ((string)JsonNode.Parse(await other.Content.ReadAsStringAsync(Cancelled))!["code"]!).ShouldBe("idempotency.running");
        }

        (await _app.BalanceAsync(merchant)).Available.ShouldBe(600);
        Replayed(await PostAsync(path, body, key)).ShouldBeTrue();
    }

    [Fact]
    public async Task answers_with_the_first_ones_words_whatever_happened_since()
    {
        var key = NewKey();
        var file = Books.Camt(new Transfer(700, Free: "Niemandes", BankReference: NewKey()[..30]));
        var first = await ImportAsync(file, key);
        var again = await ImportAsync(file, key);
        (first.StatusCode, Replayed(first), again.StatusCode, Replayed(again)).ShouldBe((HttpStatusCode.OK, false, HttpStatusCode.OK, true));
        (await again.Content.ReadAsStringAsync(Cancelled)).ShouldBe(await first.Content.ReadAsStringAsync(Cancelled));
        ((bool)JsonNode.Parse(await (await ImportAsync(file, NewKey())).Content.ReadAsStringAsync(Cancelled))!["alreadyImported"]!).ShouldBeTrue();

        (key, var run) = (NewKey(), "/operations/months/2026-08/run");
        (first, again) = (await PostAsync(run, new { }, key), await PostAsync(run, new { }, key));
        (first.StatusCode, again.StatusCode, Replayed(again)).ShouldBe((HttpStatusCode.Accepted, HttpStatusCode.Accepted, true));
        again.Headers.Location.ShouldNotBeNull().ShouldBe(first.Headers.Location);
    }

    [Fact]
    public async Task is_forgotten_after_a_day()
    {
        var key = NewKey();
        await PostAsync("/operations/months/2026-08/run", new { }, key);
        await _app.ScalarAsync<long>("WITH u AS (UPDATE idempotency_keys SET expires_at = now() - interval '1 second' WHERE key = $1 RETURNING 1) SELECT count(*) FROM u", key);
        Replayed(await PostAsync("/operations/months/2026-08/run", new { }, key)).ShouldBeFalse();
        (await _app.ScalarAsync<long>("SELECT count(*) FROM idempotency_keys WHERE expires_at <= now()")).ShouldBe(0);
    }

    [Fact]
    public void is_every_one_that_is_posted()
    {
        var posts = _app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .ToDictionary(e => e.RoutePattern.RawText!, e => e.Metadata.GetOrderedMetadata<HeaderParameter>().Any(p => p == IdempotencyKey.Parameter));
        posts.Count.ShouldBeGreaterThanOrEqualTo(7);
        posts.Where(p => !p.Value).Select(p => p.Key).ShouldBeEmpty();
    }

    private static string NewKey() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");

    private static bool Replayed(HttpResponseMessage response) => response.Headers.Contains("Idempotent-Replayed");

    private Task<HttpResponseMessage> PostAsync(string path, object body, string? key) => SendAsync(path, JsonContent.Create(body), key);

    private Task<HttpResponseMessage> ImportAsync(string xml, string key) =>
        SendAsync("/operations/bank-files", new StringContent(xml, Encoding.UTF8, "application/xml"), key);

    private async Task<HttpResponseMessage> SendAsync(string path, HttpContent body, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation(IdempotencyKey.Header, key);
        }

        return await _app.AsOperator().SendAsync(request, Cancelled);
    }

    private async Task<(Guid Merchant, string Number)> CustomerAsync()
    {
        var merchant = await _app.RegisteredAsync(100);
        return (merchant, $"{10_000 + await _app.ScalarAsync<long>("SELECT customer_number FROM merchants WHERE id = $1", merchant)}");
    }

    private async Task<string> UnmatchedAsync(long cents)
    {
        var words = NewKey();
        await _app.ImportAsync(Books.Camt(new Transfer(cents, Free: words, BankReference: words[..30])));
        var open = (JsonArray)JsonNode.Parse(await _app.AsOperator().GetStringAsync("/operations/payments/unmatched", Cancelled))!;
        return (string)open.Single(p => p!.ToJsonString().Contains(words, StringComparison.Ordinal))!["id"]!;
    }

    private Task<string> StateAsync(string payment) =>
        _app.ScalarAsync<string>("SELECT state FROM payments WHERE id = $1", ServiceDefaults.PublicId.TryParse("pay", payment, out var id) ? id : Guid.Empty);
}
