using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Telemetry;

namespace Zweizeiler.LocalHosting.Tests;

public sealed class Telemetry_Specs
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    [Fact]
    public async Task One_trace_is_shown_through_all_services()
    {
        var cancelled = TestContext.Current.CancellationToken;
        using var notifications = new ResourceNotificationService();
        var server = new TelemetryServer();
        await server.StartAsync(notifications, cancelled);
        using var http = new HttpClient { BaseAddress = new Uri(server.Url!) };
        await SendAsync(http, "gateway", id: 1, parent: null, "POST /v1/jobs");
        await SendAsync(http, "orders", id: 2, parent: 1, "POST /v1/jobs");
        await SendAsync(http, "billing", id: 3, parent: 2, "JobPlaced receive");

        var list = await http.GetStringAsync(new Uri("/traces", UriKind.Relative), cancelled);
        var tree = await http.GetStringAsync(new Uri($"/traces/{Trace}?format=text", UriKind.Relative), cancelled);
        using var one = JsonDocument.Parse(await http.GetStringAsync(new Uri($"/traces/{Trace}", UriKind.Relative), cancelled));
        var unknown = await http.GetAsync(new Uri("/traces/ffff", UriKind.Relative), cancelled);
        await server.StopAsync();

        list.ShouldContain("\"services\":[\"gateway\",\"orders\",\"billing\"]");
        tree.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal)).Select(line => line[..30].TrimEnd())
            .ShouldBe(["  gateway: POST /v1/jobs (serv", "    orders: POST /v1/jobs (ser", "      billing: JobPlaced recei"]);
        var spans = one.RootElement.GetProperty("spans");
        spans.GetArrayLength().ShouldBe(3);
        spans[1].GetProperty("parentSpanId").GetString().ShouldBe("0000000000000001");
        spans[1].GetProperty("durationMs").GetDouble().ShouldBe(5, 0.001);
        spans[1].GetProperty("attributes").GetProperty("http.response.status_code").GetString().ShouldBe("201");
        unknown.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public void The_oldest_traces_make_room()
    {
        var store = new TraceStore(maximumTraces: 2, maximumSpansPerTrace: 1);
        foreach (var trace in (string[])["a", "b", "c", "c"])
        {
            store.Add([Step(trace)]);
        }

        store.Find("a").ShouldBeNull();
        store.Find("c")!.Count.ShouldBe(1);
        store.Latest(10, null).Select(trace => trace.TraceId).ShouldBe(["c", "b"]);
    }

    [Fact]
    public void It_is_spans_that_fill_the_store_and_the_newest_trace_stays_whole()
    {
        var store = new TraceStore(maximumSpans: 4);
        foreach (var trace in (string[])["a", "a", "b", "b", "c", "d", "d", "d", "d", "d"])
        {
            store.Add([Step(trace)]);
            if (trace == "c")
            {
                store.Latest(10, null).Select(t => t.TraceId).ShouldBe(["c", "b"]);
            }
        }

        store.Latest(10, null).Select(t => t.TraceId).ShouldBe(["d"]);
        store.Find("d")!.Count.ShouldBe(5);
    }

    [Fact]
    public void Queries_of_background_polls_are_not_kept()
    {
        var store = new TraceStore();
        var query = new Dictionary<string, string> { ["db.system.name"] = "postgresql" };
        store.Add([new Span("a", "1", null, "orders", null, "postgresql", "client", DateTimeOffset.UnixEpoch, 1, false, query)]);
        store.Add([new Span("b", "1", "0", "orders", null, "postgresql", "client", DateTimeOffset.UnixEpoch, 1, false, query)]);

        store.Latest(10, null).Select(trace => trace.TraceId).ShouldBe(["b"]);
    }

    [Theory]
    [InlineData("0A")] // A field without its length.
    [InlineData("0A05AA")] // A length beyond the end.
    [InlineData("FFFFFFFFFFFFFFFFFFFFFF")] // A number without end.
    public void What_is_not_protobuf_is_refused(string hex) =>
        Should.Throw<InvalidDataException>(() => SpanDecoder.Decode(Convert.FromHexString(hex)));

    private static Span Step(string trace) =>
        new(trace, "1", null, "orders", null, "step", "server", DateTimeOffset.UnixEpoch, 1, false, new Dictionary<string, string>());

    private static async Task SendAsync(HttpClient http, string service, byte id, byte? parent, string name)
    {
        var span = Field(1, Convert.FromHexString(Trace)).Concat(Field(2, Id(id))).Concat(parent is { } p ? Field(4, Id(p)) : [])
            .Concat(Field(5, Encoding.UTF8.GetBytes(name))).Concat(Number(6, 2))
            .Concat(Time(7, id * 1_000_000ul)).Concat(Time(8, (id * 1_000_000ul) + 5_000_000ul))
            .Concat(Field(9, [.. Field(1, "http.response.status_code"u8.ToArray()), .. Field(2, [.. Number(3, 201)])]));
        var resource = Field(1, [.. Field(1, [.. Field(1, "service.name"u8.ToArray()), .. Field(2, [.. Field(1, Encoding.UTF8.GetBytes(service))])])]);
        byte[] request = [.. Field(1, [.. resource, .. Field(2, [.. Field(2, [.. span])])])];
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        using var response = await http.PostAsync(new Uri("/v1/traces", UriKind.Relative), content, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
    }

    private static byte[] Id(byte id) => [0, 0, 0, 0, 0, 0, 0, id];

    private static IEnumerable<byte> Field(int number, byte[] content) => [(byte)((number << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static IEnumerable<byte> Number(int number, ulong value) => [(byte)(number << 3), .. Varint(value)];

    private static IEnumerable<byte> Time(int number, ulong value) => [(byte)((number << 3) | 1), .. BitConverter.GetBytes(value)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value > 0x7F; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
