using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zweizeiler.Gateway.Tests.Support;

namespace Zweizeiler.Gateway.Tests;

public class Limits_Specs(SharedGateway shared)
{
    private const int Limit = 256 * 1024;

    [Theory]
    [InlineData(60, 100, 100, 200)]
    [InlineData(65, 100, 100, 431)]
    [InlineData(5, 40_000, 100, 431)]
    [InlineData(5, 100, 7_000, 200)]
    [InlineData(5, 100, 9_000, 414)]
    public async Task Heads_of_requests_have_their_limits(int headers, int headerBytes, int urlLength, int expected)
    {
        // Three of them are there in any case.
        var more = Enumerable.Range(0, headers - 3).Select(i => $"X-H{i}: {new string('x', headerBytes / (headers - 3))}");
        (await shared.App.RawAsync("GET", $"/v1/balance?{new string('x', urlLength)}", ["Connection: close", .. more])).ShouldStartWith($"HTTP/1.1 {expected}");
    }

    [Fact]
    public void What_a_connection_may_ask_for_is_stated()
    {
        var limits = shared.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        limits.Http2.MaxStreamsPerConnection.ShouldBe(100);
        limits.RequestHeadersTimeout.ShouldBe(TimeSpan.FromSeconds(10));
        limits.KeepAliveTimeout.ShouldBe(TimeSpan.FromMinutes(2));
        limits.MaxRequestBodySize.ShouldBe(32 * Limit);
    }

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

    [Theory]
    [InlineData("/portal/desk/money", 28 * Limit, false, 200)]
    [InlineData("/portal/desk/money", (28 * Limit) + 1, false, 413)]
    [InlineData("/portal/desk/money", Limit + 1, true, 413)]
    [InlineData("/portal/desk/money/prices", Limit + 1, false, 413)]
    [InlineData("/portal/money", Limit + 1, false, 413)]
    public async Task A_file_of_the_banks_may_be_longer_if_it_says_so(string page, int bytes, bool chunked, int expected)
    {
        var path = $"{page}?{bytes}{chunked}";
        using var content = new StreamContent(new MemoryStream(new byte[bytes]));
        using var request = GatewayApp.Request("POST", path, content: content);
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await shared.App.Client.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(expected);
        shared.App["marketplace"].Seen.Count(r => r.Path == path).ShouldBe(expected == 200 ? 1 : 0);
    }
}
