using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Zweizeiler.Orders.Idempotency;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Idempotency_Specs(SharedApp shared)
{
    [Fact]
    public async Task The_same_request_with_the_same_key_is_answered_as_the_first_time()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var first = await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key-1");
        var again = await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key-1");

        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        again.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        first.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        again.Headers.Location.ShouldBe(first.Headers.Location);
        again.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        (await BytesAsync(again)).ShouldBe(await BytesAsync(first));
        (await JobsOfAsync(merchant)).ShouldBe(1);
    }

    [Fact]
    public async Task A_quoted_key_and_a_bare_one_are_the_same()
    {
        var merchant = await shared.App.NewMerchantAsync();
        await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "k 2");
        var again = await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "\"k 2\"");
        again.Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
        (await JobsOfAsync(merchant)).ShouldBe(1);
    }

    [Fact]
    public async Task Another_body_under_a_used_key_is_refused()
    {
        var merchant = await shared.App.NewMerchantAsync();
        await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key-3");
        var other = await merchant.PostAsync("/v1/jobs", TestMerchant.Item("Etwas anderes."), "key-3");
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        ((string)(await TestMerchant.BodyOf(other))["code"]!).ShouldBe("idempotency.mismatch");
        (await JobsOfAsync(merchant)).ShouldBe(1);
    }

    [Fact]
    public async Task Fifty_at_once_make_one_job_and_equal_answers()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key-4")));

        (await JobsOfAsync(merchant)).ShouldBe(1);
        var made = answers.Where(a => a.StatusCode != HttpStatusCode.Conflict).ToList();
        made.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        made.Count(a => !a.Headers.Contains("Idempotent-Replayed")).ShouldBe(1);
        var bodies = await Task.WhenAll(made.Select(BytesAsync));
        bodies.ShouldAllBe(b => b.SequenceEqual(bodies[0]));
    }

    [Fact]
    public async Task Keys_of_two_merchants_and_of_two_modes_never_meet()
    {
        var one = await shared.App.NewMerchantAsync();
        var other = await shared.App.NewMerchantAsync();
        foreach (var (merchant, client) in new[] { (one, one.Live), (one, one.Test), (other, other.Live) })
        {
            var answer = await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key-5", client);
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            answer.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_faulty_request_does_not_use_up_its_key()
    {
        var merchant = await shared.App.NewMerchantAsync();
        (await merchant.PostAsync("/v1/jobs", TestMerchant.Item(""), "key-6")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key-6")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_refusal_is_an_answer_too_and_comes_again_even_when_it_would_succeed_now()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var (publicId, id) = await merchant.PlaceAsync();
        var first = await merchant.PostAsync($"/v1/jobs/{publicId}/accept", "{}", "key-7");
        first.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await merchant.DeliverAsync(id);
        await merchant.StateBecomesAsync(publicId, "in_review");

        var again = await merchant.PostAsync($"/v1/jobs/{publicId}/accept", "{}", "key-7");

        again.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        again.Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
        again.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await BytesAsync(again)).ShouldBe(await BytesAsync(first));
        (await merchant.PostAsync($"/v1/jobs/{publicId}/accept", "{}", "key-8")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var repeated = await merchant.PostAsync($"/v1/jobs/{publicId}/accept", "{}", "key-8");
        repeated.StatusCode.ShouldBe(HttpStatusCode.OK);
        repeated.Headers.Contains("Idempotent-Replayed").ShouldBeTrue();
    }

    [Fact]
    public async Task While_the_first_request_runs_the_second_is_told_so()
    {
        var merchant = await shared.App.NewMerchantAsync();
        await using var connection = new NpgsqlConnection(shared.App.Database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        // Another replica is in the middle of the same request: it has inserted its row and not committed.
        await using var insert = new NpgsqlCommand(
            "INSERT INTO idempotency_keys (merchant_id, mode, key, fingerprint, status, content_type, body, expires_at) VALUES ($1, 'live', 'key-9', '', 201, '', '', now())",
            connection,
            transaction);
        insert.Parameters.Add(new NpgsqlParameter { Value = merchant.Id });
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var second = await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key-9");

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        ((string)(await TestMerchant.BodyOf(second))["code"]!).ShouldBe("idempotency.running");
        second.Headers.RetryAfter.ShouldNotBeNull();

        // It died there: nothing is left of it, and the request can be repeated.
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        (await merchant.PostAsync("/v1/jobs", TestMerchant.Item(), "key-9")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("kéy")]
    [InlineData("256")]
    public async Task What_is_no_key_is_refused(string key)
    {
        var merchant = await shared.App.NewMerchantAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/jobs") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key == "256" ? new string('k', 256) : key);
        var response = await merchant.Live.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string)(await TestMerchant.BodyOf(response))["code"]!).ShouldBe("idempotency.key_invalid");
    }

    [Fact]
    public async Task Answers_rest_sealed_and_go_when_their_time_is_over()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["reference"] = "SECRET-REFERENCE";
        await merchant.PostAsync("/v1/jobs", item, "key-10");
        var body = await shared.App.ScalarAsync<byte[]>("SELECT body FROM idempotency_keys WHERE merchant_id = $1", merchant.Id);
        Encoding.UTF8.GetString(body).ShouldNotContain("SECRET");

        var cleanup = shared.App.Services.GetServices<IHostedService>().OfType<AnswerCleanup>().Single();
        await cleanup.RunAsync(TestContext.Current.CancellationToken);
        (await AnswersOfAsync(merchant)).ShouldBe(1);
        await shared.App.ScalarAsync<int>("UPDATE idempotency_keys SET expires_at = now() - interval '1 second' WHERE merchant_id = $1 RETURNING 1", merchant.Id);
        await cleanup.RunAsync(TestContext.Current.CancellationToken);
        (await AnswersOfAsync(merchant)).ShouldBe(0);
    }

    private static Task<byte[]> BytesAsync(HttpResponseMessage response) => response.Content.ReadAsByteArrayAsync();

    private Task<long> JobsOfAsync(TestMerchant merchant) =>
        shared.App.ScalarAsync<long>("SELECT count(*) FROM jobs WHERE merchant_id = $1", merchant.Id);

    private Task<long> AnswersOfAsync(TestMerchant merchant) =>
        shared.App.ScalarAsync<long>("SELECT count(*) FROM idempotency_keys WHERE merchant_id = $1", merchant.Id);
}
