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

    private sealed record Order(string? Text, int? Lines, OrderBrief? Brief, Dictionary<string, string>? Metadata);

    private sealed record OrderBrief(string? Tone, IReadOnlyList<string>? MustSay);
}
