using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Tests;

public class StrictJson_Specs
{
    private static readonly JsonSerializerOptions Options = CreateOptions();

    [Fact]
    public void A_sound_body_is_bound_without_a_fault()
    {
        var (order, faults) = Read("""{"text":"Guten Tag","lines":2,"brief":{"mustSay":["a","b"]},"metadata":{"shop":"fr"}}""");

        faults.Any.ShouldBeFalse();
        order.Text.ShouldBe("Guten Tag");
        order.Lines.ShouldBe(2);
        order.Brief!.MustSay.ShouldBe(["a", "b"]);
        order.Metadata!["shop"].ShouldBe("fr");
    }

    [Fact]
    public void Every_fault_is_reported_at_once_and_what_is_right_is_still_bound()
    {
        var (order, faults) = Read("""{"texd":"x","text":"ok","lines":"two","brief":{"tone":1,"colour":"red","mustSay":["a",2,null]},"metadata":{"a/b":7}}""");

        faults.All.Select(f => (f.Pointer, f.Code)).ShouldBe(
        [
            ("/texd", "field.unknown"),
            ("/lines", "field.type"),
            ("/brief/tone", "field.type"),
            ("/brief/colour", "field.unknown"),
            ("/brief/mustSay/2", "field.null"),
            ("/brief/mustSay/1", "field.type"),
            ("/metadata/a~1b", "field.type"),
        ]);
        order.Text.ShouldBe("ok");
        order.Lines.ShouldBeNull();
        order.Brief!.MustSay.ShouldBe(["a"]);
    }

    [Fact]
    public void An_unknown_field_is_answered_with_the_known_ones() =>
        Read("""{"texd":"x"}""").Faults.All.Single().Detail.ShouldContain("text, lines, brief, metadata");

    [Fact]
    public void Null_means_not_given() => Read("""{"text":null}""").Faults.Any.ShouldBeFalse();

    [Fact]
    public void In_a_patch_null_takes_away_what_can_be_taken_away_and_is_a_fault_elsewhere()
    {
        var faults = new Faults();
        var patch = StrictJson.Read<Patch>("""{"text":null,"list":null,"pairs":null,"inner":null,"kept":null}"""u8, Options, faults);
        (patch.Text, patch.List!.Count, patch.Pairs!.Count, patch.Inner!.Name).ShouldBe(("", 0, 0, ""));
        faults.All.Select(f => (f.Pointer, f.Code)).ShouldBe([("/kept", "field.null")]);

        faults = new Faults();
        var inner = StrictJson.Read<Patch>("""{"inner":{"name":null,"fixed":null}}"""u8, Options, faults);
        (inner.Text, inner.Inner!.Name, inner.List).ShouldBe((null, "", null));
        faults.All.Select(f => f.Pointer).ShouldBe(["/inner/fixed"]);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        StrictJson.Read<Order>([0xEF, 0xBB, 0xBF, .. "{\"text\":\"a\"}"u8], Options, new Faults()).Text.ShouldBe("a");

    [Fact]
    public void Where_nothing_is_taken_no_empty_list_is_named()
    {
        var faults = new Faults();
        StrictJson.Read<Nothing>("""{"a":1}"""u8, Options, faults);
        faults.All.Single().Detail.ShouldEndWith("None is taken.");
    }

    [Fact]
    public void A_time_is_read_and_written_in_UTC_to_the_microsecond()
    {
        var time = JsonSerializer.Deserialize<DateTimeOffset>("\"2026-12-01T00:00:00.1234567+01:00\"", Options);
        (time.Offset, time.Ticks % 10).ShouldBe((TimeSpan.Zero, 0));
        JsonSerializer.Serialize(time.AddTicks(7), Options).ShouldBe("\"2026-11-30T23:00:00.123456Z\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("""{"text":"a","text":"b"}""")]
    [InlineData("{'text':'a'}")]
    public void What_is_not_one_JSON_object_is_a_400(string body) =>
        Should.Throw<ApiException>(() => Read(body)).Problem.Status.ShouldBe(400);

    [Fact]
    public void Bytes_that_are_not_UTF8_are_a_400() =>
        Should.Throw<ApiException>(() => StrictJson.Read<Order>([.. "{\"text\":\""u8, 0xC3, 0x28, .. "\"}"u8], Options, new Faults()))
            .Problem.Code.ShouldBe("request.unparsable");

    [Fact]
    public void A_lone_surrogate_is_a_fault_and_no_crash() =>
        Read("""{"text":"\ud83d"}""").Faults.All.Single().Pointer.ShouldBe("/text");

    [Fact]
    public void Nesting_without_end_is_a_400() =>
        Should.Throw<ApiException>(() => Read(string.Concat(Enumerable.Repeat("{\"brief\":", 100)) + "1" + new string('}', 100))).Problem.Status.ShouldBe(400);

    private static (Order Order, Faults Faults) Read(string body)
    {
        var faults = new Faults();
        return (StrictJson.Read<Order>(Encoding.UTF8.GetBytes(body), Options, faults), faults);
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        ServiceDefaultsExtensions.ApplyJson(options);
        return options;
    }

    private sealed record Patch(
        [property: Removable] string? Text,
        [property: Removable] IReadOnlyList<string>? List,
        [property: Removable] Dictionary<string, string>? Pairs,
        [property: Removable] PatchInner? Inner,
        string? Kept) : IMergePatch;

    private sealed record PatchInner([property: Removable] string? Name, string? Fixed = null);

    private sealed record Nothing;

    private sealed record Order(string? Text, int? Lines, OrderBrief? Brief, Dictionary<string, string>? Metadata);

    private sealed record OrderBrief(string? Tone, IReadOnlyList<string>? MustSay);
}
