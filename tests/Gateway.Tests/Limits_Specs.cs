using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Zweizeiler.Gateway.Tests.Support;

namespace Zweizeiler.Gateway.Tests;

public class Limits_Specs(SharedGateway shared)
{
    private const int Limit = 256 * 1024;

    [Theory]
    [InlineData(Limit, false, 200)]
    [InlineData(Limit + 1, false, 413)]
    [InlineData(Limit, true, 200)]
    [InlineData(Limit + 1, true, 413)]
    [InlineData(20 * Limit, true, 413)]
    public async Task A_body_of_more_than_256_KB_goes_no_further_whether_it_says_its_length_or_not(int bytes, bool chunked, int expected)
    {
        var path = $"/v1/invoices?{bytes}{chunked}";
        using var content = new StreamContent(new MemoryStream(new byte[bytes]));
        using var request = GatewayApp.Request("POST", path, content: content);
        request.Headers.TransferEncodingChunked = chunked;

        var response = await shared.App.Client.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(expected);
        shared.App["billing"].Seen.Count(r => r.Path == path).ShouldBe(expected == 200 ? 1 : 0);
        if (expected == 200)
        {
            shared.App["billing"].Seen.Single(r => r.Path == path).Body.Length.ShouldBe(bytes);
        }
        else
        {
            ((string)(await response.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken))!["code"]!).ShouldBe("body.too_large");
        }
    }
}
