using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Glossaries;
using Zweizeiler.Orders.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Tests;

public class Glossaries_Specs(SharedApp shared)
{
    private const string Bikes = """
        {"name": "Bikes", "source": "de", "target": "fr", "terms": [
          {"source": "Gepäckträger", "target": "porte-bagages", "note": "At the back."},
          {"source": "Gutschein", "target": "bon d'achat"},
          {"source": "Gutschein", "target": "coupon", "forbidden": true}]}
        """;

    /// <summary>Everything that a format could trip over.</summary>
    private static readonly GlossaryTerm[] Awkward =
    [
        new("=1+1", "+33", "-x"),
        new("'=1+1", "@home", "''=2"),
        new("\"quoted\", with; all", "a \"b\"", "two\nlines, \"quoted\"", true),
        new("<b>&amp;</b>", "]]>", "&lt;"),
        new("Gepäckträger", "自転車の荷台", "👩‍👩‍👧‍👦"),
        new("'", "-", null),
    ];

    [Fact]
    public async Task A_glossary_is_made_read_renamed_and_deleted()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var created = await merchant.CreateAsync("/v1/glossaries", Bikes);
        var path = $"/v1/glossaries/{(string)created["id"]!}";
        created["termCount"]!.GetValue<int>().ShouldBe(3);
        (await merchant.GetAsync(path)).ToJsonString().ShouldBe(created.ToJsonString());
        Calls.Ids(await merchant.GetAsync("/v1/glossaries")).ShouldBe([(string)created["id"]!]);
        var terms = (await merchant.GetAsync($"{path}/terms"))["terms"]!.AsArray();
        terms.Select(t => (string)t!["target"]!).ShouldBe(["porte-bagages", "bon d'achat", "coupon"]);
        terms[2]!["forbidden"]!.GetValue<bool>().ShouldBeTrue();

        await (await merchant.Live.SendAsync(HttpMethod.Patch, path, """{"name": "x"}""")).ShouldBeAsync((HttpStatusCode)428, "precondition.required");
        await (await merchant.Live.SendAsync(HttpMethod.Patch, path, """{"name": "x"}""", "\"7\"")).ShouldBeAsync(HttpStatusCode.PreconditionFailed, "precondition.failed");
        await (await merchant.EditAsync(HttpMethod.Patch, path, """{"name": "Parts"}""")).ShouldBeAsync(HttpStatusCode.OK);
        ((string)(await merchant.GetAsync(path))["name"]!).ShouldBe("Parts");
        await (await merchant.EditAsync(HttpMethod.Delete, path)).ShouldBeAsync(HttpStatusCode.NoContent);
        await (await merchant.Live.SendAsync(HttpMethod.Get, path)).ShouldBeAsync(HttpStatusCode.NotFound, "glossary.not_found");
        await (await merchant.Live.SendAsync(HttpMethod.Get, $"{path}/terms")).ShouldBeAsync(HttpStatusCode.NotFound, "glossary.not_found");
    }

    [Fact]
    public async Task The_terms_rest_sealed()
    {
        var merchant = await shared.App.NewMerchantAsync();
        PublicId.TryParse(Ids.Glossary, (string)(await merchant.CreateAsync("/v1/glossaries", Bikes))["id"]!, out var id).ShouldBeTrue();
        (await merchant.App.ScalarAsync<string>("SELECT encode(content, 'escape') FROM glossary_terms WHERE glossary_id = $1", id)).ShouldNotContain("porte-bagages");
    }

    [Theory]
    [InlineData("text/csv")]
    [InlineData("application/tbx+xml")]
    [InlineData("application/json")]
    public async Task What_is_exported_is_imported_the_same(string type)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var terms = new JsonArray([.. Awkward.Select(t => new JsonObject { ["source"] = t.Source, ["target"] = t.Target, ["note"] = t.Note, ["forbidden"] = t.Forbidden })]);
        var body = new JsonObject { ["name"] = "Awkward & <odd>", ["source"] = "de", ["target"] = "fr", ["terms"] = terms };
        var path = $"/v1/glossaries/{(string)(await merchant.CreateAsync("/v1/glossaries", body.ToJsonString()))["id"]!}";
        var before = await merchant.GetAsync($"{path}/terms");

        var exported = await merchant.Live.SendAsync(HttpMethod.Get, $"{path}/terms", accept: type);
        exported.StatusCode.ShouldBe(HttpStatusCode.OK);
        exported.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        exported.Headers.Vary.ShouldContain("Accept");
        var file = await exported.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        await (await merchant.EditAsync(HttpMethod.Put, $"{path}/terms", """{"terms": []}""")).ShouldBeAsync(HttpStatusCode.OK);
        (await merchant.GetAsync($"{path}/terms"))["terms"]!.AsArray().ShouldBeEmpty();

        await (await merchant.EditAsync(HttpMethod.Put, $"{path}/terms", file, type)).ShouldBeAsync(HttpStatusCode.OK);
        (await merchant.GetAsync($"{path}/terms")).ToJsonString().ShouldBe(before.ToJsonString());
        (await merchant.GetAsync(path))["termCount"]!.GetValue<int>().ShouldBe(Awkward.Length);
    }

    [Fact]
    public void No_cell_of_an_export_is_a_formula()
    {
        var csv = GlossaryCsv.Write(Awkward);
        csv.ShouldStartWith("source,target,note,forbidden\r\n'=1+1,'+33,'-x,false\r\n''=1+1,'@home,'''=2,false\r\n");
        csv.ShouldEndWith("\r\n',-,,false\r\n".Replace(",-,", ",'-,", StringComparison.Ordinal));
    }

    [Fact]
    public void An_export_is_TBX_Basic_in_DCT_style()
    {
        var glossary = new Glossary { Id = default, MerchantId = default, Mode = "live", Name = "Bikes", Source = "de", Target = "fr", TermCount = 1, CreatedAt = default };
        var document = XDocument.Parse(GlossaryTbx.Write(glossary, [new("Gutschein", "coupon", "Never.", true)]));
        XNamespace tbx = Tbx.Namespace;
        var root = document.Root!;
        (document.Declaration!.Encoding, root.Name, (string?)root.Attribute("style"), (string?)root.Attribute("type"), (string?)root.Attribute(XNamespace.Xml + "lang"))
            .ShouldBe(("utf-8", tbx + "tbx", "dct", "TBX-Basic", "de"));
        root.Elements().Select(e => e.Name.LocalName).ShouldBe(["tbxHeader", "text"]);
        root.Element(tbx + "tbxHeader")!.Descendants().Select(e => e.Name.LocalName).ShouldBe(["fileDesc", "titleStmt", "title", "sourceDesc", "p"]);
        var entry = root.Element(tbx + "text")!.Element(tbx + "body")!.Elements().ShouldHaveSingleItem();
        entry.Name.ShouldBe(tbx + "conceptEntry");
        var target = entry.Elements(tbx + "langSec").Single(l => (string?)l.Attribute(XNamespace.Xml + "lang") == "fr").Element(tbx + "termSec")!;
        target.Elements().Select(e => (e.Name.LocalName, e.Value)).ShouldBe([("term", "coupon"), ("administrativeStatus", "deprecatedTerm-admn-sts"), ("note", "Never.")]);
        target.Element(XName.Get("administrativeStatus", "http://www.tbxinfo.net/ns/min")).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("source,target\nA,B\n", "A>B")]
    [InlineData("\uFEFFSource,Target,Note\r\nA,B,n\r\n", "A>B:n")]
    [InlineData("target;source\nB;A\n", "A>B")]
    [InlineData("forbidden,target,source\ntrue,B,A\n\nno,D,C", "A>B! C>D")]
    [InlineData("source,target\n\"A, with \"\"quotes\"\"\",B", "A, with \"quotes\">B")]
    [InlineData("source,target", "")]
    public void CSV_is_read_as_it_comes(string csv, string expected) => Shown(GlossaryCsv.Read(Encoding.UTF8.GetBytes(csv), new Faults())).ShouldBe(expected);

    [Theory]
    [InlineData("", "/lines/1 csv.header")]
    [InlineData("source\nA", "/lines/1 csv.header")]
    [InlineData("source,target,colour\nA,B,red", "/lines/1 csv.header")]
    [InlineData("source,target\nA,B\nC\nD,E,F", "/lines/3 csv.fields", "/lines/4 csv.fields")]
    [InlineData("source,target\n\"A\nB\",C\nD", "/lines/4 csv.fields", "/lines/2/source text.control")]
    [InlineData("source,target\n\"A,B", "/lines/2 csv.quotes")]
    [InlineData("source,target\n\"A\"x,B", "/lines/2 csv.quotes")]
    [InlineData("source,target,forbidden\nA,B,maybe\n,B,\nA,,", "/lines/2/forbidden csv.flag", "/lines/3/source field.required", "/lines/4/target field.required")]
    [InlineData("source,target\nA,B\na,B", "/lines/3 term.duplicate")]
    public async Task What_is_wrong_in_CSV_is_told_by_its_line_and_nothing_is_imported(string csv, params string[] faults)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var path = $"/v1/glossaries/{(string)(await merchant.CreateAsync("/v1/glossaries", Bikes))["id"]!}";
        (await Calls.FaultsOf(await merchant.EditAsync(HttpMethod.Put, $"{path}/terms", csv, "text/csv"))).ShouldBe(faults);
        (await merchant.GetAsync(path))["termCount"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public void What_is_no_UTF_8_is_told_by_its_line()
    {
        var faults = new Faults();
        GlossaryCsv.Read([.. "source,target\nA,B\n"u8, 0xE4, .. ",B"u8], faults).ShouldBeEmpty();
        faults.All.ShouldHaveSingleItem().Pointer.ShouldBe("/lines/3");
    }

    [Fact]
    public void TBX_of_other_programs_is_read()
    {
        const string Dca = """
            <?xml version="1.0" encoding="UTF-8"?>
            <?xml-model href="https://example.org/TBX-Basic.rng" type="application/xml"?>
            <tbx style="dca" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
              <tbxHeader><fileDesc><sourceDesc><p>from somewhere</p></sourceDesc></fileDesc></tbxHeader>
              <text><body>
                <conceptEntry id="c1">
                  <descrip type="subjectField">shops</descrip>
                  <note>all of it</note>
                  <langSec xml:lang="de-DE">
                    <termSec><term>Gutschein</term><termNote type="partOfSpeech">noun</termNote></termSec>
                    <termSec><term>Einkaufs<hi>gutschein</hi></term></termSec>
                  </langSec>
                  <langSec xml:lang="en"><termSec><term>voucher</term></termSec></langSec>
                  <langSec xml:lang="FR">
                    <termSec><term>bon &amp; achat</term><note>its own</note></termSec>
                    <termSec><term><![CDATA[coupon]]></term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec>
                  </langSec>
                </conceptEntry>
              </body></text>
            </tbx>
            """;
        var faults = new Faults();
        Shown(GlossaryTbx.Read(Encoding.UTF8.GetBytes(Dca), "de", "fr", faults)).ShouldBe(
            "Gutschein>bon & achat:its own Gutschein>coupon:all of it! Einkaufsgutschein>bon & achat:its own Einkaufsgutschein>coupon:all of it!");
        faults.Any.ShouldBeFalse();
        GlossaryTbx.Read(Encoding.UTF8.GetBytes(Dca), "de", "it", faults).ShouldBeEmpty();
        faults.All.Select(f => $"{f.Pointer} {f.Code}").ShouldBe(["/lines/6 tbx.language_missing"]);
    }

    [Theory]
    [InlineData("<!DOCTYPE tbx [<!ENTITY a \"aaaa\">]><tbx xmlns='urn:iso:std:iso:30042:ed-2'>&a;</tbx>", "/lines/1 tbx.malformed")]
    [InlineData("<tbx xmlns='urn:iso:std:iso:30042:ed-2'>\n<text>\n<body></text></tbx>", "/lines/3 tbx.malformed")]
    [InlineData("<tbx xmlns='urn:iso:std:iso:30042:ed-2'>&unknown;</tbx>", "/lines/1 tbx.malformed")]
    [InlineData("<martif/>", "/lines/1 tbx.root")]
    [InlineData("", "/lines/1 tbx.malformed")]
    [InlineData("source,target", "/lines/1 tbx.malformed")]
    public void What_is_no_sound_TBX_is_refused(string xml, string fault)
    {
        var faults = new Faults();
        GlossaryTbx.Read(Encoding.UTF8.GetBytes(xml), "de", "fr", faults).ShouldBeEmpty();
        faults.All.Select(f => $"{f.Pointer} {f.Code}").ShouldBe([fault]);
    }

    [Fact]
    public void TBX_that_lies_too_deep_is_refused()
    {
        var faults = new Faults();
        var xml = $"<tbx xmlns='{Tbx.Namespace}'>{string.Concat(Enumerable.Repeat("<a>", 50_000))}";
        GlossaryTbx.Read(Encoding.UTF8.GetBytes(xml), "de", "fr", faults).ShouldBeEmpty();
        faults.All.ShouldHaveSingleItem().Code.ShouldBe("tbx.depth");
    }

    [Fact]
    public async Task An_import_needs_a_version_and_a_format_that_is_known()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var terms = $"/v1/glossaries/{(string)(await merchant.CreateAsync("/v1/glossaries", Bikes))["id"]!}/terms";
        await (await merchant.Live.SendAsync(HttpMethod.Put, terms, """{"terms": []}""")).ShouldBeAsync((HttpStatusCode)428, "precondition.required");
        await (await merchant.Live.SendAsync(HttpMethod.Put, terms, """{"terms": []}""", "\"7\"")).ShouldBeAsync(HttpStatusCode.PreconditionFailed, "precondition.failed");
        (await merchant.EditAsync(HttpMethod.Put, terms, "x", "application/pdf")).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        await (await merchant.EditAsync(HttpMethod.Put, terms, "source,target", "text/csv; charset=iso-8859-1")).ShouldBeAsync(HttpStatusCode.UnsupportedMediaType, "body.unsupported");
        await (await merchant.Live.SendAsync(HttpMethod.Get, terms, accept: "application/pdf")).ShouldBeAsync(HttpStatusCode.NotAcceptable, "accept.unsupported");
        (await merchant.Live.SendAsync(HttpMethod.Get, terms, accept: "application/json;q=0.5, text/*")).Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await merchant.Live.SendAsync(HttpMethod.Get, terms, accept: "*/*")).Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await Calls.FaultsOf(await merchant.EditAsync(HttpMethod.Put, terms, "{}"))).ShouldBe(["/terms field.required"]);
    }

    [Fact]
    public async Task A_glossary_has_two_thousand_terms_at_most()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var terms = $"/v1/glossaries/{(string)(await merchant.CreateAsync("/v1/glossaries", Bikes))["id"]!}/terms";
        string Csv(int count) => "source,target\n" + string.Concat(Enumerable.Range(0, count).Select(i => $"Wort{i},mot{i}\n"));
        await (await merchant.EditAsync(HttpMethod.Put, terms, Csv(2000), "text/csv")).ShouldBeAsync(HttpStatusCode.OK);
        (await Calls.FaultsOf(await merchant.EditAsync(HttpMethod.Put, terms, Csv(2001), "text/csv"))).ShouldBe(["/lines glossary.too_many"]);
    }

    [Fact]
    public async Task Every_fault_of_a_glossary_is_named_at_once()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var body = $$"""
            {"source": "de", "target": "de", "terms": [7, {"source": "a\u0001", "target": "{{new string('x', 201)}}"}, {"source": "A", "target": "B"}, {"source": "a", "target": "B", "x": 1}]}
            """;
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/glossaries", body))).ShouldBe(
            ["/terms/3/x field.unknown", "/terms/0 field.type", "/name field.required", "/target pair.unsupported", "/terms/1/source text.control", "/terms/1/target field.too_long", "/terms/3 term.duplicate"],
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("Gutschein", "Ihre GUTSCHEINE sind da", true)]
    [InlineData("Gutschein", "Ihr Geschenkgutschein", false)]
    [InlineData("Gutschein", "Geschenk-Gutschein", true)]
    [InlineData("AG", "Die AG schreibt", true)]
    [InlineData("AG", "Die Agentur schreibt", false)]
    [InlineData("Größe", "die Gro\u0308ße", true)]
    [InlineData("荷台", "自転車の荷台です", true)]
    [InlineData("C++", "in C++ und", true)]
    [InlineData("bon d'achat", "un bon  d'achat", false)]
    public void A_term_is_found_where_a_word_begins(string term, string text, bool found) =>
        TermSearch.In([new(term, "x")], text).Count.ShouldBe(found ? 1 : 0);

    [Fact]
    public void A_job_gets_a_hundred_terms_at_most()
    {
        var terms = Enumerable.Range(0, 300).Select(i => new GlossaryTerm("Wort", $"mot{i}")).ToList();
        TermSearch.In(terms, null).ShouldBe(terms.Take(100));
        TermSearch.In(terms, "Ein Wort.").ShouldBe(terms.Take(100));
    }

    [Fact]
    public async Task The_translator_sees_the_terms_that_the_text_uses()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var glossary = (string)(await merchant.CreateAsync("/v1/glossaries", Bikes))["id"]!;
        var item = TestMerchant.Item("Ihr Gutschein ist unterwegs.");
        item["brief"] = new JsonObject { ["glossaryId"] = glossary };
        var (_, guid) = await merchant.PlaceAsync(item);
        (await TermsOf(merchant, guid))!.Select(t => $"{t.Target} {t.Forbidden}").ShouldBe(["bon d'achat False", "coupon True"]);

        var formulation = JsonNode.Parse($$"""
            {"kind": "formulation", "source": "de", "target": "fr", "points": ["Danke"], "brief": {"glossaryId": "{{glossary}}"} }
            """)!.AsObject();
        (_, guid) = await merchant.PlaceAsync(formulation);
        (await TermsOf(merchant, guid))!.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_glossary_that_does_not_fit_the_job_is_refused()
    {
        var merchant = await shared.App.NewMerchantAsync();
        var item = TestMerchant.Item();
        item["brief"] = new JsonObject { ["glossaryId"] = (string)(await merchant.CreateAsync("/v1/glossaries", Bikes))["id"]! };
        item["target"] = "it";
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/jobs", item))).ShouldBe(["/brief/glossaryId glossary.pair"]);
        var theirs = (string)(await (await shared.App.NewMerchantAsync()).CreateAsync("/v1/glossaries", Bikes))["id"]!;
        item = TestMerchant.Item();
        item["brief"] = new JsonObject { ["glossaryId"] = theirs };
        (await Calls.FaultsOf(await merchant.PostAsync("/v1/jobs", item))).ShouldBe(["/brief/glossaryId glossary.not_found"]);
    }

    internal static async Task<IReadOnlyList<GlossaryTerm>?> TermsOf(TestMerchant merchant, Guid job)
    {
        var placed = await merchant.App.Messages.NextAsync<JobPlaced>(m => m.JobId == job);
        return merchant.App.Services.GetRequiredService<TextVault>().Open<JobContent>(placed.DataKey, job, TextPurpose.JobContent, placed.Content).Terms;
    }

    private static string Shown(IEnumerable<RawTerm> terms) => string.Join(' ', terms.Select(t =>
        $"{t.Source}>{t.Target}{(string.IsNullOrEmpty(t.Note) ? "" : $":{t.Note}")}{(t.Forbidden ? "!" : "")}"));
}
