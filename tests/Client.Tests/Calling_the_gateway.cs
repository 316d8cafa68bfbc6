using System.Net;
using System.Text.Json;

namespace Zweizeiler.Client.Tests;

public sealed class Calling_the_gateway : ClientSpecs
{
    private const string Job = """
        {"id":"job_1","kind":"translation","state":"placed","mode":"live","source":"de","target":"fr","urgency":"standard",
         "price":{"characters":93,"lines":2,"billedLines":2,"ratePerLine":120,"urgencyFactor":1.00,"net":240,"currency":"EUR",
                  "tax":{"category":"S","rate":19.00,"amount":46},"gross":286,"priceList":"2026-1","counting":1},
         "promise":{"deliverBy":"2026-11-23T18:00:00Z"},"caseId":null,"reference":"ORDER-4711","costCentre":"FR",
         "metadata":{"shop":"fr"},"createdAt":"2026-11-23T14:00:00Z","updatedAt":"2026-11-23T14:00:00Z","translator":null,
         "addedInALaterVersion":{"x":1}}
        """;

    private static readonly NewJob Order = new() { Source = "de", Target = "fr", Text = "Guten Tag Frau Martin, schöne Grüße" };

    [Fact]
    public async Task An_order_is_posted_with_key_and_idempotency_key_and_comes_back_with_its_price()
    {
        Gateway.Answers(201, Job);

        var job = await Merchant.Jobs.CreateAsync(Order, cancellationToken: Cancelled);

        var asked = Gateway.Requests.ShouldHaveSingleItem();
        (asked.Method, asked.Path, asked.Authorization).ShouldBe(("POST", "/v1/jobs", "Bearer zz_test_secret"));
        Guid.TryParse(asked.IdempotencyKey, out _).ShouldBeTrue();
        using var body = JsonDocument.Parse(asked.Body);
        body.RootElement.EnumerateObject().Select(p => p.Name).ShouldBe(["kind", "source", "target", "text"], ignoreOrder: true);
        body.RootElement.GetProperty("text").GetString().ShouldBe(Order.Text);
        (job.Id, job.State, job.Reference, job.Price.Net, job.Price.Tax.Amount, job.Price.Gross).ShouldBe(("job_1", JobState.Placed, "ORDER-4711", 240, 46, 286));
        job.Metadata["shop"].ShouldBe("fr");
        job.Promise.DeliverBy.ShouldBe(new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero));
        job.Translator.ShouldBeNull();
    }

    [Fact]
    public async Task An_amount_is_spelt_as_the_API_spells_it()
    {
        Gateway.Answers(201, Job);

        await Merchant.Jobs.CreateAsync(Order with { MaxPrice = new Amount(480) }, cancellationToken: Cancelled);

        Gateway.Requests.Single().Body.ShouldContain("""
            "maxPrice":{"amount":480,"currency":"EUR"}
            """.Trim());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task What_may_pass_is_tried_again_with_the_same_idempotency_key(int status)
    {
        Gateway.AnswersProblem(status, "service.unavailable").DropsTheConnection().Answers(201, Job);

        var job = await Merchant.Jobs.CreateAsync(Order, cancellationToken: Cancelled);

        job.Id.ShouldBe("job_1");
        Gateway.Requests.Count.ShouldBe(3);
        Gateway.Requests.Select(r => r.IdempotencyKey).Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
        Gateway.Requests.Select(r => r.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_calls_have_two_idempotency_keys_unless_the_caller_chooses_one()
    {
        Gateway.Answers(201, Job).Answers(201, Job).Answers(201, Job);

        await Merchant.Jobs.CreateAsync(Order, cancellationToken: Cancelled);
        await Merchant.Jobs.CreateAsync(Order, cancellationToken: Cancelled);
        await Merchant.Jobs.CreateAsync(Order, new CallOptions("ORDER-4711"), Cancelled);

        var keys = Gateway.Requests.Select(r => r.IdempotencyKey).ToList();
        keys.Distinct().Count().ShouldBe(3);
        keys[2].ShouldBe("ORDER-4711");
    }

    [Fact]
    public async Task A_repetition_that_is_still_running_is_waited_for()
    {
        Gateway.AnswersProblem(409, "idempotency.running").Answers(201, Job);

        (await Merchant.Jobs.CreateAsync(Order, cancellationToken: Cancelled)).Id.ShouldBe("job_1");
    }

    [Theory]
    [InlineData(400, "request.unparsable")]
    [InlineData(401, "key.invalid")]
    [InlineData(404, "job.not_found")]
    [InlineData(409, "job.state")]
    [InlineData(413, "body.too_large")]
    [InlineData(500, "internal")]
    public async Task What_will_not_pass_is_not_tried_again(int status, string code)
    {
        Gateway.AnswersProblem(status, code);

        var error = await Should.ThrowAsync<ApiException>(Merchant.Jobs.GetAsync("job_1", Cancelled));

        (error.Status, error.Code, error.Problem.TraceId).ShouldBe(((HttpStatusCode)status, code, "abc"));
        Gateway.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_invalid_order_names_every_fault_with_its_place()
    {
        Gateway.Answers(422, """
            {"type":"urn:zweizeiler:problem:request.invalid","title":"The request is not valid","status":422,"code":"request.invalid","traceId":"t1",
             "errors":[{"pointer":"/text","code":"text.empty","detail":"The text is empty."},{"pointer":"/target","code":"pair.same","detail":"Same."}]}
            """, "application/problem+json");

        var error = await Should.ThrowAsync<ApiException>(Merchant.Jobs.CreateAsync(Order, cancellationToken: Cancelled));

        error.Problem.Errors.Select(e => e.Pointer).ShouldBe(["/text", "/target"]);
        error.Message.ShouldBe("422 request.invalid: The request is not valid. /text: The text is empty.; /target: Same. (trace t1)");
    }

    [Theory]
    [InlineData("<html>502</html>", "text/html")]
    [InlineData("""{"type":""", "application/problem+json")]
    public async Task An_error_that_is_no_problem_document_is_still_an_ApiException(string body, string contentType)
    {
        Gateway.Answers(500, body, contentType);

        (await Should.ThrowAsync<ApiException>(Merchant.Billing.GetBalanceAsync(Cancelled))).Code.ShouldBe("http.500");
    }

    [Fact]
    public async Task Retries_end()
    {
        for (var i = 0; i < 10; i++)
        {
            Gateway.AnswersProblem(503, "service.unavailable");
        }

        (await Should.ThrowAsync<ApiException>(Merchant.Jobs.GetAsync("job_1", Cancelled))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Gateway.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_wait_longer_than_we_are_ready_for_fails_at_once()
    {
        Gateway.AnswersProblem(429, "rate.limited", retryAfter: 3600);

        (await Should.ThrowAsync<ApiException>(Merchant.Jobs.GetAsync("job_1", Cancelled))).RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        Gateway.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Retry_After_is_waited_for()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var client = new ZweizeilerClient(Gateway.Address, "zz_test_secret", new ZweizeilerClientOptions { Time = time });
        Gateway.AnswersProblem(429, "rate.limited", retryAfter: 7).Answers(200, Job);

        var call = client.Jobs.GetAsync("job_1", Cancelled);
        // The clock moves only by hand: the call can end only if the retry waits on it, and not before the seventh second.
        var seconds = 0;
        while (!call.IsCompleted && seconds < 60)
        {
            if (Gateway.Requests.Count == 1)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                seconds++;
            }

            await Task.WhenAny(call, Task.Delay(20, Cancelled));
        }

        (await call).Id.ShouldBe("job_1");
        seconds.ShouldBeInRange(7, 12);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_with_its_filter()
    {
        Gateway.Answers(200, $$"""{"data":[{{Job}}],"nextCursor":"a b+c"}""").Answers(200, $$"""{"data":[{{Job}}],"nextCursor":null}""");

        var jobs = new List<Job>();
        await foreach (var job in Merchant.Jobs.EnumerateAsync(new JobFilter(State: JobState.InReview, Reference: "ORDER 1&2"), Cancelled))
        {
            jobs.Add(job);
        }

        jobs.Count.ShouldBe(2);
        Gateway.Requests.Select(r => r.Path).ShouldBe(
        [
            "/v1/jobs?state=in_review&reference=ORDER%201%262&limit=100",
            "/v1/jobs?state=in_review&reference=ORDER%201%262&cursor=a%20b%2Bc&limit=100",
        ]);
    }

    [Fact]
    public async Task Deliveries_are_read_and_accepted()
    {
        Gateway.Answers(200, """{"data":[{"id":"dlv_1","version":1,"text":"Bonjour","note":null,"deliveredAt":"2026-11-23T15:00:00Z"}]}""")
            .Answers(200, Job.Replace("placed", "accepted", StringComparison.Ordinal));

        (await Merchant.Jobs.ListDeliveriesAsync("job_1", Cancelled)).ShouldHaveSingleItem().Text.ShouldBe("Bonjour");
        (await Merchant.Jobs.AcceptAsync("job_1", new Acceptance(5, "Merci", true), cancellationToken: Cancelled)).State.ShouldBe(JobState.Accepted);

        var accept = Gateway.Requests.Last();
        (accept.Method, accept.Path, accept.Body).ShouldBe(("POST", "/v1/jobs/job_1/accept", """{"rating":5,"thanks":"Merci","preferTranslator":true}"""));
        accept.IdempotencyKey.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Balance_and_ledger_are_read()
    {
        Gateway.Answers(200, """
                {"available": 99714, "reserved": 286, "currency": "EUR",
                 "openInvoice": {"month": "2026-11", "lines": 1, "net": 240, "tax": 46, "gross": 286, "currency": "EUR"}}
                """)
            .Answers(200, """
                {"data":[{"id":"ent_1","kind":"reservation","jobId":"job_1","event":"JobPlaced","eventId":null,"reason":"Set aside","currency":"EUR",
                  "postings":[{"account":"merchant_balance","amount":-286},{"account":"merchant_reserved","amount":286}],
                  "occurredAt":"2026-11-23T14:00:00Z","createdAt":"2026-11-23T14:00:00Z"}],"nextCursor":null}
                """);

        (await Merchant.Billing.GetBalanceAsync(Cancelled)).ShouldBe(new Balance(99714, 286, "EUR", new OpenInvoice("2026-11", 1, 240, 46, 286, "EUR")));
        var entry = (await Merchant.Billing.ListLedgerAsync("job_1", cancellationToken: Cancelled)).Data.ShouldHaveSingleItem();

        (entry.Kind, entry.JobId, entry.Postings.Sum(p => p.Amount)).ShouldBe(("reservation", "job_1", 0));
        Gateway.Requests.Select(r => r.Path).ShouldBe(["/v1/balance", "/v1/ledger?job=job_1"]);
    }

    [Fact]
    public async Task Events_are_read_from_where_one_was()
    {
        Gateway.Answers(200, """
            {"data":[{"id":"evt_2","type":"job.open","timestamp":"2026-11-23T14:00:01Z",
              "data":{"id":"job_1","state":"open","reference":null,"caseId":null,"mode":"live","sequence":3}}],"nextCursor":"c"}
            """);

        var page = await Merchant.Events.ListAsync(new EventFilter(JobId: "job_1", After: "evt_1"), limit: 5, cancellationToken: Cancelled);

        (page.Data.Single().Job, page.NextCursor).ShouldBe((new JobEventData("job_1", "open", null, null, "live", 3), "c"));
        Gateway.Requests.Single().Path.ShouldBe("/v1/events?job=job_1&after=evt_1&limit=5");
    }

    [Fact]
    public async Task A_webhook_endpoint_is_made_listed_and_removed()
    {
        const string endpoint = """ "id":"whe_1","url":"https://shop.example/hooks","types":[],"createdAt":"2026-11-23T14:00:00Z" """;
        Gateway.Answers(201, $$"""{{{endpoint}},"secret":"whsec_AAAA"}""").Answers(200, $$"""{"data":[{{{endpoint}}}]}""").Answers(204, "");

        (await Merchant.WebhookEndpoints.CreateAsync(new NewWebhookEndpoint(new Uri("https://shop.example/hooks")), cancellationToken: Cancelled)).Secret.ShouldBe("whsec_AAAA");
        (await Merchant.WebhookEndpoints.ListAsync(Cancelled)).ShouldHaveSingleItem().Secret.ShouldBeNull();
        await Merchant.WebhookEndpoints.DeleteAsync("whe_1", Cancelled);

        Gateway.Requests.Select(r => $"{r.Method} {r.Path} {r.Body}".TrimEnd()).ShouldBe(
            ["""POST /v1/webhook-endpoints {"url":"https://shop.example/hooks"}""", "GET /v1/webhook-endpoints", "DELETE /v1/webhook-endpoints/whe_1"]);
    }

    [Fact]
    public async Task An_id_cannot_lead_to_another_path()
    {
        Gateway.AnswersProblem(404, "job.not_found");

        await Should.ThrowAsync<ApiException>(Merchant.Jobs.GetAsync("../balance?x=", Cancelled));

        Gateway.Requests.Single().Path.ShouldStartWith("/v1/jobs/..%2Fbalance");
    }

    [Fact]
    public async Task Giving_up_ends_the_call()
    {
        using var giveUp = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        using var client = new ZweizeilerClient(Gateway.Address, "zz_test_secret", new ZweizeilerClientOptions { RetryDelay = TimeSpan.FromMinutes(1) });
        Gateway.AnswersProblem(503, "service.unavailable");

        await Should.ThrowAsync<OperationCanceledException>(client.Jobs.GetAsync("job_1", giveUp.Token));
    }
}
