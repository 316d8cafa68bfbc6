using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Tests;

public class Templates_Specs(SharedApp shared)
{
    private const string Late = """
        {"name": "Late parcel", "language": "de", "text": "Guten Tag {{customer}}, Ihr Paket zu {{ orderNumber }} kommt am {{day}}. Ihre Nummer: {{orderNumber}}."}
        """;

    [Theory]
    [InlineData("plain", "")]
    [InlineData("{{a}}{{b}}{{a}}", "a b")]
    [InlineData("{{ a }} { b } }}", "a")]
    [InlineData("a {{", null)]
    [InlineData("a {{1}}", null)]
    [InlineData("a {{b c}}", null)]
    [InlineData("a {{{b}}}", null)]
    [InlineData("a {{b}", null)]
    public void A_placeholder_is_a_name_in_double_braces(string text, string? names)
    {
        TemplateText.TryParse(text, out var template, out var faultAt).ShouldBe(names is not null);
        if (names is not null)
        {
            string.Join(' ', template.Placeholders).ShouldBe(names);
        }
        else
        {
            faultAt.ShouldBe(2);
        }
    }

    [Fact]
    public void What_stands_in_a_value_stands_for_itself()
    {
        TemplateText.TryParse("{{a}}-{{b}}", out var template, out _).ShouldBeTrue();
        template.Render(new Dictionary<string, string> { ["a"] = "{{b}}", ["b"] = "$0" }).ShouldBe("{{b}}-$0");
    }

    [Fact]
    public async Task A_template_is_made_read_rendered_changed_and_deleted()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var created = await merchant.CreateAsync("/v1/templates", Late);
        var path = $"/v1/templates/{(string)created["id"]!}";
        created["placeholders"]!.AsArray().Select(p => (string)p!).ShouldBe(["customer", "orderNumber", "day"]);
        (await merchant.GetAsync(path)).ToJsonString().ShouldBe(created.ToJsonString());
        Calls.Ids(await merchant.GetAsync("/v1/templates")).ShouldBe([(string)created["id"]!]);

        var rendered = await merchant.PostAsync($"{path}/render", """{"values": {"customer": "Frau Martin", "orderNumber": "4711", "day": "Freitag"}}""");
        ((string)(await TestMerchant.BodyOf(rendered))["text"]!).ShouldBe("Guten Tag Frau Martin, Ihr Paket zu 4711 kommt am Freitag. Ihre Nummer: 4711.");
        (await Calls.FaultsOf(await merchant.PostAsync($"{path}/render", """{"values": {"customer": "x", "colour": "y"}}"""))).ShouldBe(
            ["/values/orderNumber template.value_missing", "/values/day template.value_missing", "/values/colour template.value_unknown"]);

        await (await merchant.Live.SendAsync(HttpMethod.Patch, path, """{"name": "x"}""")).ShouldBeAsync((HttpStatusCode)428, "precondition.required");
        await (await merchant.Live.SendAsync(HttpMethod.Patch, path, """{"name": "x"}""", "\"7\"")).ShouldBeAsync(HttpStatusCode.PreconditionFailed, "precondition.failed");
        await (await merchant.EditAsync(HttpMethod.Patch, path, """{"text": "Kurz."}""")).ShouldBeAsync(HttpStatusCode.OK);
        var changed = await merchant.GetAsync(path);
        ((string)changed["name"]!, (string)changed["text"]!, changed["placeholders"]!.AsArray().Count).ShouldBe(("Late parcel", "Kurz.", 0));

        await (await merchant.Live.SendAsync(HttpMethod.Delete, path)).ShouldBeAsync((HttpStatusCode)428);
        await (await merchant.EditAsync(HttpMethod.Delete, path)).ShouldBeAsync(HttpStatusCode.NoContent);
        await (await merchant.Live.SendAsync(HttpMethod.Get, path)).ShouldBeAsync(HttpStatusCode.NotFound, "template.not_found");
    }

    [Fact]
    public async Task The_text_rests_sealed()
    {
        var merchant = await shared.App.NewMerchantAsync();
        PublicId.TryParse(Ids.Template, (string)(await merchant.CreateAsync("/v1/templates", Late))["id"]!, out var id).ShouldBeTrue();
        (await merchant.App.ScalarAsync<string>("SELECT to_json(t)::text || encode(text, 'escape') FROM templates t WHERE id = $1", id)).ShouldNotContain("Paket");
    }

    [Fact]
    public async Task Every_fault_of_a_template_is_named_at_once()
    {
        var merchant = await shared.App.NewMerchantAsync();
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/templates", """{"language": "xx", "text": "{{1}}", "colour": "red"}"""))).ShouldBe(
            ["/colour field.unknown", "/name field.required", "/language language.unknown", "/text template.placeholder"]);
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/templates", """{"name": "", "text": ""}"""))).ShouldBe(["/name field.empty", "/text field.empty"]);
    }

    [Fact]
    public async Task A_translation_can_be_placed_with_a_template()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var template = (string)(await merchant.CreateAsync("/v1/templates", Late))["id"]!;
        var (id, guid) = await merchant.PlaceAsync(JsonNode.Parse(
            $$$"""{"kind": "translation", "target": "fr", "templateId": "{{{template}}}", "values": {"customer": "Frau Martin", "orderNumber": "4711", "day": "Freitag"}}""")!.AsObject());
        var placed = await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == guid);
        shared.App.Services.GetRequiredService<TextVault>().Open<JobContent>(placed.DataKey, guid, TextPurpose.JobContent, placed.Content)
            .Text.ShouldBe("Guten Tag Frau Martin, Ihr Paket zu 4711 kommt am Freitag. Ihre Nummer: 4711.");
        ((string)(await merchant.GetAsync($"/v1/jobs/{id}"))["source"]!).ShouldBe("de");
    }

    [Theory]
    [InlineData("""{"kind": "translation", "source": "de", "target": "fr", "templateId": "T", "values": {"day": "x"}}""", "/values/customer template.value_missing", "/values/orderNumber template.value_missing")]
    [InlineData("""{"kind": "translation", "source": "de", "target": "fr", "templateId": "T", "text": "x"}""", "/templateId template.and_text")]
    [InlineData("""{"kind": "summary", "source": "de", "target": "fr", "templateId": "T"}""", "/templateId field.not_for_kind", "/text field.required")]
    [InlineData("""{"kind": "translation", "source": "de", "target": "fr", "templateId": "tpl_1", "values": {}}""", "/templateId template.not_found")]
    [InlineData("""{"kind": "translation", "source": "de", "target": "fr", "text": "x", "values": {}}""", "/values template.missing")]
    public async Task A_template_that_does_not_fit_is_refused(string item, params string[] faults)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var template = (string)(await merchant.CreateAsync("/v1/templates", Late))["id"]!;
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/jobs", item.Replace("\"T\"", $"\"{template}\"", StringComparison.Ordinal)))).ShouldBe(faults, ignoreOrder: true);
    }
}
