using System.Net.Sockets;
using System.Text;
using Zweizeiler.Gateway.Tests.Support;

namespace Zweizeiler.Gateway.Tests;

/// <summary>What few clients send, but some do.</summary>
public class Odd_requests_Specs(SharedGateway shared)
{
    [Theory]
    [InlineData("utf-8")]
    [InlineData("iso-8859-1")]
    public async Task A_header_that_is_not_ASCII_goes_on_as_it_came(string encoding)
    {
        await using var replica = await Replica.StartAsync("billing", 0, TimeSpan.Zero);
        await using var app = await GatewayApp.StartAsync(shared.Servers, new Dictionary<string, string[]> { ["billing"] = [replica.Url] });
        foreach (var header in (string[])["Idempotency-Key: Schlüssel", "X-Note: Grüße", "User-Agent: Bücher/1.0"])
        {
            (await RawAsync(app, $"GET /v1/balance HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {KeyTable.Good}\r\n{header}\r\n\r\n", encoding))
                .ShouldStartWith("HTTP/1.1 200", customMessage: header);
        }

        var keyed = await RawAsync(
            app,
            $"POST /v1/balance/once HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {KeyTable.Good}\r\nIdempotency-Key: Schlüssel\r\nContent-Length: 0\r\n\r\n",
            encoding);
        keyed.ShouldStartWith("HTTP/1.1 400");
        keyed.ShouldContain("idempotency.key_invalid");
    }

    [Theory]
    [InlineData("/", 302)]
    [InlineData("/docs/", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/v1/balance", 200)]
    [InlineData("/v1/unknown", 404)]
    public async Task HEAD_is_answered_as_GET_is_but_without_a_body(string path, int expected)
    {
        var response = await shared.App.SendAsync("HEAD", path);
        ((int)response.StatusCode).ShouldBe(expected);
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/V1/balance", KeyTable.Good, 200)]
    [InlineData("/V1/Balance", null, 401)]
    [InlineData("/V1/unknown", null, 404)]
    public async Task A_path_in_another_case_is_kept_as_close(string path, string? key, int expected)
    {
        var response = await shared.App.SendAsync("GET", path, key);
        ((int)response.StatusCode).ShouldBe(expected);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        response.Headers.Contains("RateLimit").ShouldBeTrue();
    }

    private static async Task<string> RawAsync(GatewayApp app, string request, string encoding)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(app.Url.Host, app.Url.Port, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.GetEncoding(encoding).GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
