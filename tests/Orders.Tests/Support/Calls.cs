using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Zweizeiler.Orders.Tests.Support;

/// <summary>Calls with what an edit needs: a method, a version, a format.</summary>
internal static class Calls
{
    public static async Task<HttpResponseMessage> SendAsync(
        this HttpClient client, HttpMethod method, string path, string? body = null, string? ifMatch = null, string type = "application/json", string? accept = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
        }

        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Changes something as it is now.</summary>
    public static async Task<HttpResponseMessage> EditAsync(
        this TestMerchant merchant, HttpMethod method, string path, string? body = null, string type = "application/json", string? read = null)
    {
        var current = await merchant.Live.SendAsync(HttpMethod.Get, read ?? path);
        return await merchant.Live.SendAsync(method, path, body, current.Headers.ETag!.ToString(), type);
    }

    public static async Task<JsonObject> CreateAsync(this TestMerchant merchant, string path, string body)
    {
        var response = await merchant.PostAsync(path, body);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        response.Headers.ETag.ShouldNotBeNull();
        var created = await TestMerchant.BodyOf(response);
        response.Headers.Location!.ToString().ShouldBe($"{path}/{(string)created["id"]!}");
        return created;
    }

    /// <summary>The faults of a refused request as <c>pointer code</c>.</summary>
    public static async Task<List<string>> FaultsOf(HttpResponseMessage response)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return [.. (await TestMerchant.BodyOf(response))["errors"]!.AsArray().Select(e => $"{(string)e!["pointer"]!} {(string)e["code"]!}")];
    }

    public static async Task ShouldBeAsync(this HttpResponseMessage response, HttpStatusCode status, string? code = null)
    {
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(status, body);
        if (code is not null)
        {
            ((string)JsonNode.Parse(body)!["code"]!).ShouldBe(code);
        }
    }

    public static List<string> Ids(JsonNode page) => [.. page["data"]!.AsArray().Select(j => (string)j!["id"]!)];
}
