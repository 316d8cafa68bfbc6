using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Zweizeiler.Client;

namespace Zweizeiler.SystemTests;

/// <summary>Whatever is wrong with a request, the answer says it precisely, and neither a job nor a ledger entry comes of it.</summary>
public sealed class Bad_input_changes_nothing(Stack stack)
{
    private const string Good = """{"kind":"translation","source":"de","target":"fr","text":"Guten Tag"}""";

    public static TheoryData<string, string, int, string, string[]> Faulty => new()
    {
        { "an unknown field", Good.Replace("}", ""","colour":"red"}""", StringComparison.Ordinal), 422, "field.unknown", ["/colour"] },
        { "an unknown field of the brief", Good.Replace("}", ""","brief":{"mode":"x"}}""", StringComparison.Ordinal), 422, "field.unknown", ["/brief/mode"] },
        { "an unsupported pair", Good.Replace("\"fr\"", "\"tlh\"", StringComparison.Ordinal), 422, "pair.unsupported", ["/target"] },
        { "the same source and target", Good.Replace("\"fr\"", "\"de\"", StringComparison.Ordinal), 422, "pair.same", ["/target"] },
        { "an empty text", Good.Replace("Guten Tag", " \\n ", StringComparison.Ordinal), 422, "text.empty", ["/text"] },
        { "a missing text", """{"kind":"translation","source":"de","target":"fr"}""", 422, "field.required", ["/text"] },
        { "an over-long text", Good.Replace("Guten Tag", new string('a', 10_001), StringComparison.Ordinal), 422, "text.too_long", ["/text"] },
        { "two faults at once", """{"kind":"translation","source":"de","target":"de","text":""}""", 422, "pair.same", ["/target", "/text"] },
        { "a body over the limit", Good.Replace("Guten Tag", new string('a', 300_000), StringComparison.Ordinal), 413, "body.too_large", [] },
        { "half a body", Good[..30], 400, "request.unparsable", [] },
        { "an array", "[]", 400, "request.unparsable", [] },
        { "nothing", "", 400, "request.unparsable", [] },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task It_is_answered_with_what_is_wrong(string what, string body, int status, string code, string[] pointers)
    {
        var before = await WhatThereIsAsync();

        using var response = await PostAsync(body, stack.Details.Keys.Live);

        ((int)response.StatusCode).ShouldBe(status, what);
        using var problem = await ProblemAsync(response);
        if (pointers.Length == 0)
        {
            problem.RootElement.GetProperty("code").GetString().ShouldBe(code);
        }
        else
        {
            var errors = problem.RootElement.GetProperty("errors").EnumerateArray().ToList();
            errors.Select(e => e.GetProperty("pointer").GetString()).ShouldBe(pointers, ignoreOrder: true);
            errors.Select(e => e.GetProperty("code").GetString()).ShouldContain(code);
            errors.ShouldAllBe(e => e.GetProperty("detail").GetString()!.Length > 10);
        }

        (await WhatThereIsAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("zz_live_wrong")]
    [InlineData("")]
    [InlineData("zz_live_'; DROP TABLE jobs; --")]
    public async Task Without_a_valid_key_nothing_is_answered_but_401(string? key)
    {
        var before = await WhatThereIsAsync();

        using var response = await PostAsync(Good, key);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer");
        using var problem = await ProblemAsync(response);
        problem.RootElement.GetProperty("code").GetString().ShouldBe("key.invalid");
        (await WhatThereIsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Another_media_type_is_refused()
    {
        using var response = await PostAsync(Good, stack.Details.Keys.Live, "text/plain");

        response.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("/v1/jobs/job_00000000000000000000000000")]
    [InlineData("/v1/jobs/nonsense")]
    [InlineData("/v1/nothing-here")]
    [InlineData("/internal/api-keys/resolve")]
    public async Task What_is_not_there_is_404(string path)
    {
        using var http = Http(stack.Details.Keys.Live);
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), Stack.Cancelled);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var problem = await ProblemAsync(response);
    }

    [Fact]
    public async Task The_same_order_under_one_idempotency_key_is_one_job()
    {
        using var tester = stack.Tester();
        var options = new CallOptions($"system-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        var order = Merchant.Order("IDEMPOTENT");

        var first = await tester.Jobs.CreateAsync(order, options, Stack.Cancelled);
        var second = await tester.Jobs.CreateAsync(order, options, Stack.Cancelled);
        var other = await Should.ThrowAsync<ApiException>(tester.Jobs.CreateAsync(order with { Text = "Etwas anderes" }, options, Stack.Cancelled));

        second.Id.ShouldBe(first.Id);
        ((int)other.Status, other.Code).ShouldBe((422, "idempotency.mismatch"));
    }

    private HttpClient Http(string? key)
    {
        var http = new HttpClient { BaseAddress = stack.Details.Gateway };
        if (key is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        }

        return http;
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string? key, string mediaType = "application/json")
    {
        using var http = Http(key);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        return await http.PostAsync(new Uri("/v1/jobs", UriKind.Relative), content, Stack.Cancelled);
    }

    private static async Task<JsonDocument> ProblemAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stack.Cancelled));
        problem.RootElement.GetProperty("status").GetInt32().ShouldBe((int)response.StatusCode);
        problem.RootElement.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    /// <summary>The newest job and the newest ledger entry, and the balance: what any order would change.</summary>
    private async Task<(string? Job, string? Entry, long Available, long Reserved)> WhatThereIsAsync()
    {
        using var merchant = stack.Merchant();
        var job = (await merchant.Jobs.ListAsync(limit: 1, cancellationToken: Stack.Cancelled)).Data is [var newest, ..] ? newest.Id : null;
        var entry = (await merchant.Billing.ListLedgerAsync(limit: 1, cancellationToken: Stack.Cancelled)).Data is [var last, ..] ? last.Id : null;
        var balance = await merchant.Billing.GetBalanceAsync(Stack.Cancelled);
        return (job, entry, balance.Available, balance.Reserved);
    }
}
