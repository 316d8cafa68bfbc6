using System.Net;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Cat;
using Zweizeiler.Marketplace.Features.Memory;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>A job as a file and back, without a marketplace.</summary>
public sealed class Files_for_CAT_tools
{
    private const string Job = "job_01kb0000000000000000000001";
    private const int Longest = 40_000;

    private const string Text = """
        Guten Tag ⟦1⟧, Ihr Paket kommt am Montag. Die Rechnung über 49,90 € liegt bei!

        Ihre Nummer: ⟦2⟧ <sehr> "wichtig" & eilig 👍🏽
        ⟦2⟧
        """;

    private static readonly (string, string) Pair = ("de", "fr");
    private static readonly XNamespace Ns = Xliff.Namespace;

    [Fact]
    public void A_job_is_units_of_sentences_with_its_placeholders_as_codes()
    {
        var file = XDocument.Parse(Down(), LoadOptions.PreserveWhitespace).Root!;

        ((string?)file.Attribute("version"), (string?)file.Attribute("srcLang"), (string?)file.Attribute("trgLang")).ShouldBe(("2.1", "de", "fr"));
        ((string?)file.Element(Ns + "file")!.Attribute("id")).ShouldBe(Job);
        file.Descendants(Ns + "unit").Select(u => (string?)u.Attribute("id")).ShouldBe(["u1", "u3", "u4"]);
        file.Descendants(Ns + "source").Select(s => string.Concat(s.Nodes().Select(n => n is XText t ? t.Value : "¤"))).ShouldBe(
            ["Guten Tag ¤, Ihr Paket kommt am Montag.", " ", "Die Rechnung über 49,90 € liegt bei!", "Ihre Nummer: ¤ <sehr> \"wichtig\" & eilig 👍🏽", "¤"]);
        file.Descendants(Ns + "target").ShouldBeEmpty();
        file.Descendants(Ns + "note").Select(n => $"{(string?)n.Attribute("category")}: {n.Value}")
            .ShouldBe(["formality: formal", "tone: friendly", "channel: email", "must-say: Erstattung", "must-not-promise: Liefertermin"]);
        file.Value.ShouldNotContain("Mme Martin", Case.Sensitive, "the customer's name is not needed in it");
    }

    [Fact]
    public void What_a_tool_has_translated_comes_back_as_the_text()
    {
        var read = Up(Translate(Down()));

        read.Findings.ShouldBeEmpty();
        read.Text.ShouldBe("1:Guten Tag ⟦1⟧, Ihr Paket kommt am Montag. 1:Die Rechnung über 49,90 € liegt bei!\n\n3:Ihre Nummer: ⟦2⟧ <sehr> \"wichtig\" & eilig 👍🏽\n4:⟦2⟧");
        (read.Sentences, read.Missing).ShouldBe((4, 0));
    }

    [Theory]
    [InlineData("Bonjour ⟦1⟧, votre colis arrive lundi. La facture est jointe !\n\nVotre numéro : ⟦2⟧ <très> \"important\" & urgent\n⟦2⟧")]
    [InlineData("Bonjour ⟦1⟧. Votre colis arrive. Lundi. La facture de 49,90 € est jointe !\n\nVotre numéro ⟦9⟧ ⟦2⟧ ⟦2⟧.\nFin.")]
    public void What_is_written_so_far_goes_along_and_comes_back_unchanged(string written)
    {
        var file = Down(written);
        XDocument.Parse(file).Descendants(Ns + "target").ShouldNotBeEmpty();
        Up(file).Text.ShouldBe(written);
    }

    [Fact]
    public void A_draft_of_other_lines_stays_out_of_the_file() =>
        XDocument.Parse(Down("Une seule ligne.")).Descendants(Ns + "target").ShouldBeEmpty();

    [Fact]
    public void Whatever_stands_in_a_text_comes_through()
    {
        string[] pieces = ["a", "Ä", "。", " ", ".", "!", "?", "\n", "\t", "<", ">", "&", "\"", "'", "⟦1⟧", "⟦", "⟧", "\u0001", "\u000b", "\u00a0", "\u200b", "😀", "e\u0301", "，", "「", "—", "]]>"];
        var random = new Random(4711);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (CatUnits.Of(text).Count == 0)
            {
                continue;
            }

            var down = Xliff.Write(Job, Pair, text, text, Brief);
            var read = XliffReader.Read(Encoding.UTF8.GetBytes(down), Job, Pair, text, Longest);
            read.Findings.ShouldBeEmpty($"{i}: {Uri.EscapeDataString(text)}\n{down}");
            var expected = string.Join('\n', text.Normalize().ReplaceLineEndings("\n").Trim('\n').Split('\n').Select(l => l.Trim()));
            read.Text.ShouldBe(expected.Trim('\n'), $"{i}: {Uri.EscapeDataString(text)}");
        }
    }

    [Fact]
    public void Sentences_that_a_tool_has_joined_or_put_in_another_order_are_put_together_as_it_says()
    {
        var joined = Change(Down(), root =>
        {
            var unit = root.Descendants(Ns + "unit").First();
            var source = unit.Descendants(Ns + "source").SelectMany(s => s.Nodes()).ToList();
            unit.Elements().Where(e => e.Name != Ns + "originalData").Remove();
            unit.Add(new XElement(Ns + "segment", new XElement(Ns + "source", source), new XElement(Ns + "target", new XElement(Ns + "mrk", new XAttribute("id", "m1"), "Tout "), "ensemble.")));
        });
        Up(joined).Text.ShouldBe("Tout ensemble.");

        var turned = Change(Translate(Down()), root =>
        {
            var targets = root.Descendants(Ns + "unit").First().Elements().Where(e => e.Name != Ns + "originalData").Select(e => e.Element(Ns + "target")!).ToList();
            targets[0].SetAttributeValue("order", 3);
            targets[2].SetAttributeValue("order", 1);
        });
        Up(turned).Text.ShouldStartWith("1:Die Rechnung über 49,90 € liegt bei! 1:Guten Tag ⟦1⟧");
    }

    [Fact]
    public void What_is_not_translated_yet_is_counted()
    {
        var read = Up(Change(Translate(Down()), root => root.Descendants(Ns + "target").Where(t => t.Value.StartsWith("1:", StringComparison.Ordinal)).ToList().ForEach(t => t.Remove())));
        (read.Findings.Count, read.Sentences, read.Missing).ShouldBe((0, 4, 2));
        read.Text.ShouldStartWith("3:Ihre Nummer");
    }

    public static TheoryData<string, string, Func<string, string>> Refused { get; } = new()
    {
        { CatFinding.OtherJob, "file/@id", f => f.Replace(Job, Job.Replace("1kb", "1kc", StringComparison.Ordinal), StringComparison.Ordinal) },
        { CatFinding.OtherJob, "file", f => Change(f, r => r.Element(Ns + "file")!.Remove()) },
        { CatFinding.Language, "xliff/@trgLang", f => f.Replace("trgLang=\"fr\"", "trgLang=\"it\"", StringComparison.Ordinal) },
        { CatFinding.Language, "xliff/@srcLang", f => f.Replace("srcLang=\"de\"", "srcLang=\"den\"", StringComparison.Ordinal) },
        { CatFinding.Version, "xliff/@version", f => f.Replace("version=\"2.1\"", "version=\"3.0\"", StringComparison.Ordinal) },
        { CatFinding.Version, "xliff/@version", _ => "<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\"/>" },
        { CatFinding.NotXliff, "html", _ => "<html/>" },
        { CatFinding.Malformed, "xml", f => f[..(f.Length / 2)] },
        { CatFinding.Malformed, "xml", _ => "no XML at all" },
        { CatFinding.Malformed, "xml", f => f.Replace("<xliff ", "<!DOCTYPE xliff [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><xliff ", StringComparison.Ordinal).Replace("1:Guten", "&e;", StringComparison.Ordinal) },
        { CatFinding.Malformed, "xml", f => f.Replace("<xliff ", "<!DOCTYPE xliff [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><xliff ", StringComparison.Ordinal) },
        { CatFinding.TooDeep, "mrk", f => f.Replace("1:Guten", string.Concat(Enumerable.Repeat("<mrk id=\"m\">", 2_000)) + "x" + string.Concat(Enumerable.Repeat("</mrk>", 2_000)), StringComparison.Ordinal) },
        { CatFinding.TooLarge, "file", f => f + new string(' ', XliffReader.MostBytes) },
        { CatFinding.NoFile, "file", _ => "" },
        { CatFinding.UnitMissing, "unit", f => Change(f, r => r.Descendants(Ns + "unit").Last().Remove()) },
        { CatFinding.UnitUnknown, "unit/@id", f => Change(f, r => r.Element(Ns + "file")!.Add(new XElement(Ns + "unit", new XAttribute("id", "u9")))) },
        { CatFinding.UnitTwice, "unit/@id", f => Change(f, r => r.Element(Ns + "file")!.Add(r.Descendants(Ns + "unit").First())) },
        { CatFinding.SourceChanged, "source", f => f.Replace("49,90", "59,90", StringComparison.Ordinal) },
        { CatFinding.CodeUnknown, "ph/@id", f => Change(f, r => r.Descendants(Ns + "target").First().Add(new XElement(Ns + "ph", new XAttribute("id", "p9")))) },
        { CatFinding.CodeUnknown, "pc", f => Change(f, r => r.Descendants(Ns + "target").First().Add(new XElement(Ns + "pc", new XAttribute("id", "b"), "fett"))) },
        { CatFinding.CodeUnknown, "cp/@hex", f => Change(f, r => r.Descendants(Ns + "target").First().Add(new XElement(Ns + "cp", new XAttribute("hex", "D800")))) },
        { CatFinding.OrderWrong, "target/@order", f => Change(f, r => r.Descendants(Ns + "target").First().SetAttributeValue("order", 2)) },
        { CatFinding.NothingTranslated, "target", f => Change(f, r => r.Descendants(Ns + "target").Remove()) },
        { CatFinding.TooLong, "target", f => Change(f, r => r.Descendants(Ns + "target").First().Add(new string('x', Longest))) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_foreign_or_damaged_file_is_refused_and_says_where_and_what(string code, string field, Func<string, string> damage)
    {
        var file = damage(Translate(Down()));
        var read = Up(file);

        var finding = read.Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Field, read.Text).ShouldBe((code, field, ""));
        if (code is not (CatFinding.TooLarge or CatFinding.NoFile))
        {
            finding.Line!.Value.ShouldBeInRange(1, file.Split('\n').Length);
        }

        CatFinding.All.ShouldContain(code);
    }

    [Fact]
    public void A_finding_names_the_line_that_it_is_about()
    {
        var file = Translate(Down()).Replace("49,90", "59,90", StringComparison.Ordinal);
        var line = file[..file.IndexOf("<segment", StringComparison.Ordinal)].Split('\n').Length;
        Up(file).Findings.Single().Line.ShouldBe(line);
    }

    [Fact]
    public void Every_finding_has_its_words_in_both_languages()
    {
        foreach (var locale in new[] { "de", "en" })
        {
            CatWords.Of(locale).Findings.Keys.ShouldBe(CatFinding.All, ignoreOrder: true);
        }
    }

    [Fact]
    public void A_memory_is_TMX_with_both_languages_of_each_sentence()
    {
        var at = new DateTimeOffset(2026, 11, 23, 15, 0, 0, TimeSpan.FromHours(1));
        var file = XDocument.Parse(Tmx.Write(Pair, [(Guid.Empty, at, new MemoryPair("Rad & Tat\u0001", "vélo")), (Guid.Empty, at, new MemoryPair("eins\nzwei", "un"))])).Root!;

        ((string?)file.Attribute("version"), (string?)file.Element("header")!.Attribute("srclang")).ShouldBe(("1.4", "de"));
        file.Descendants("tu").Select(t => (string?)t.Attribute("segtype")).ShouldBe([null, "block"]);
        ((string?)file.Descendants("tu").First().Attribute("creationdate")).ShouldBe("20261123T140000Z");
        file.Descendants("tuv").Select(t => $"{(string?)t.Attribute(XNamespace.Xml + "lang")}:{t.Element("seg")!.Value}").ShouldBe(["de:Rad & Tat", "fr:vélo", "de:eins\nzwei", "fr:un"]);
    }

    private static readonly JobBrief Brief = new("formal", "friendly", null, "Mme Martin", null, "annoyed", "email", null, ["Erstattung"], ["Liefertermin"]);

    private static string Down(string written = "") => Xliff.Write(Job, Pair, Text, written, Brief);

    private static CatRead Up(string file) => XliffReader.Read(Encoding.UTF8.GetBytes(file), Job, Pair, Text, Longest);

    private static string Change(string file, Action<XElement> change)
    {
        var document = XDocument.Parse(file, LoadOptions.PreserveWhitespace);
        change(document.Root!);
        return document.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>As a tool would: a target for each source, with its codes.</summary>
    private static string Translate(string file) => Change(file, root =>
    {
        foreach (var source in root.Descendants(Ns + "source").ToList())
        {
            var isSentence = source.Parent!.Name == Ns + "segment";
            var unit = ((string)source.Ancestors(Ns + "unit").First().Attribute("id")!)[1..];
            source.AddAfterSelf(new XElement(Ns + "target", isSentence ? $"{unit}:" : null, source.Nodes()));
        }
    });
}

/// <summary>The files at the workbench.</summary>
public sealed class Working_with_files(Market market) : IClassFixture<Market>
{
    private const string Source = "Guten Tag, Ihr Paket kommt am Montag. Die Rechnung über 49,90 € liegt bei.";

    private static readonly XNamespace Ns = Xliff.Namespace;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_translated_file_becomes_the_draft_and_meets_the_same_checks()
    {
        using var translator = await market.TranslatorAsync(21);
        var job = await market.OfferTranslationAsync(Source);
        (await translator.ClaimAsync(job)).ShouldContain($"href=\"/portal/work/{job}/files?handler=Xliff\"");
        (await translator.SendAsync(job, "Save", new() { ["Text"] = "Bonjour ! Merci.", ["Note"] = "Eine Notiz" })).Dispose();
        using var file = await translator.Http.GetAsync($"/portal/work/{job}/files?handler=Xliff", Stop);
        file.Content.Headers.ContentType!.MediaType.ShouldBe("application/xliff+xml");
        file.Content.Headers.ContentDisposition!.FileName.ShouldBe($"de-fr-{job}.xlf");

        using var answer = await UploadAsync(translator, job, Translate(await file.Content.ReadAsStringAsync(Stop), "Bonjour, votre colis arrivera lundi.", "La facture est jointe."));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe($"/portal/work/{job}");
        var page = WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}"));
        page.ShouldContain("Bonjour, votre colis arrivera lundi. La facture est jointe.");
        page.ShouldContain("Eine Notiz", Case.Sensitive, "the rest of the draft stays");
        page.ShouldContain("Die Datei ist im Entwurf. Die Prüfung hat Hinweise: 1.");
        using var held = await translator.DeliverAsync(job, "Bonjour, votre colis arrivera lundi. La facture est jointe.");
        held.StatusCode.ShouldBe(HttpStatusCode.OK, "the amount is missing");
        WebUtility.HtmlDecode(await held.Content.ReadAsStringAsync(Stop)).ShouldContain("49,90");
    }

    [Fact]
    public async Task Another_jobs_or_a_dangerous_file_changes_nothing_and_says_line_and_place()
    {
        using var translator = await market.TranslatorAsync(22);
        var (job, other) = (await market.OfferTranslationAsync(Source), await market.OfferTranslationAsync(Source));
        await translator.ClaimAsync(job);
        await translator.ClaimAsync(other);
        (await translator.SendAsync(job, "Save", new() { ["Text"] = "Bonjour" })).Dispose();
        var foreign = Translate(await translator.GetAsync($"/portal/work/{other}/files?handler=Xliff"), "Un.", "Deux.");

        using var refused = await UploadAsync(translator, job, foreign);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var words = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Stop));
        words.ShouldContain("<td class=\"number\">3</td><td class=\"id\">file/@id</td>");
        words.ShouldContain($"Dieser hier ist {job}.");

        var danger = foreign.Replace(other, job, StringComparison.Ordinal)
            .Replace("<xliff ", "<!DOCTYPE xliff [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><xliff ", StringComparison.Ordinal).Replace("Un.", "&e;", StringComparison.Ordinal);
        using var external = await UploadAsync(translator, job, danger);
        external.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await external.Content.ReadAsStringAsync(Stop)).ShouldNotContain("root:");
        using var large = await UploadAsync(translator, job, foreign + new string(' ', XliffReader.MostBytes));
        large.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        WebUtility.HtmlDecode(await translator.GetAsync($"/portal/work/{job}")).ShouldContain("Bonjour</textarea>");
    }

    [Fact]
    public async Task What_was_written_meanwhile_is_replaced_only_when_it_was_seen()
    {
        using var translator = await market.TranslatorAsync(23);
        var job = await market.OfferTranslationAsync(Source);
        await translator.ClaimAsync(job);
        var file = Translate(await translator.GetAsync($"/portal/work/{job}/files?handler=Xliff"), "Un.", "Deux.");
        (await translator.SendAsync(job, "Save", new() { ["Text"] = "Im Editor" })).Dispose();

        using var conflict = await UploadAsync(translator, job, file, version: 0);
        conflict.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await translator.GetAsync($"/portal/work/{job}")).ShouldContain("Im Editor</textarea>");
        using var again = await UploadAsync(translator, job, file, version: 1);
        again.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await translator.GetAsync($"/portal/work/{job}")).ShouldContain("Un. Deux.</textarea>");
    }

    [Fact]
    public async Task Nobody_but_who_writes_at_a_job_has_its_files()
    {
        var job = await market.OfferTranslationAsync(Source);
        using var holder = await market.TranslatorAsync(24);
        using var other = await market.TranslatorAsync(25);
        string[] files = ["", "?handler=Xliff", "?handler=Memory", "?handler=Terms"];
        foreach (var file in files)
        {
            (await holder.StatusOfAsync($"/portal/work/{job}/files{file}")).ShouldBe(HttpStatusCode.NotFound, $"not claimed yet {file}");
        }

        await holder.ClaimAsync(job);
        foreach (var file in files)
        {
            (await holder.StatusOfAsync($"/portal/work/{job}/files{file}")).ShouldBe(HttpStatusCode.OK, file);
            (await other.StatusOfAsync($"/portal/work/{job}/files{file}")).ShouldBe(HttpStatusCode.NotFound, file);
        }

        var theirs = Translate(await holder.GetAsync($"/portal/work/{job}/files?handler=Xliff"), "Un.", "Deux.");
        using var refused = await UploadAsync(other, job, theirs, await other.TokenAsync("/portal"));
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var forged = await UploadAsync(holder, job, theirs, "no token");
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_memory_and_terms_are_this_merchants_alone()
    {
        using var translator = await market.TranslatorAsync(26);
        var earlier = await market.OfferTranslationAsync("Der Schlauch ist geflickt worden.");
        await translator.ClaimAsync(earlier);
        using (var delivered = await translator.DeliverAsync(earlier, "La chambre à air a été réparée."))
        {
            delivered.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        await market.Recorder.PublishAsync(new DeliveryAccepted(
            Market.Id(earlier), Market.MerchantId, await market.NewestAsync(earlier), Market.TranslatorId(26), null, null, PreferTranslator: false, Automatic: false, market.Time.GetUtcNow()));
        await Eventually.Within(TimeSpan.FromSeconds(30), () => market.App.ReadAsync(db => db.Memory.AnyAsync(m => m.JobId == Market.Id(earlier))), "the memory");
        var job = await market.OfferTranslationAsync(Source, new GlossaryTerm("Rechnung", "facture", "immer so"), new GlossaryTerm("Paket", "paquet", null, Forbidden: true));
        await translator.ClaimAsync(job);
        (await translator.SendAsync(job, "AddTerm", new() { ["TermSource"] = "Mai", ["TermTarget"] = "mai" })).Dispose();

        var memory = XDocument.Parse(await translator.GetAsync($"/portal/work/{job}/files?handler=Memory"));
        memory.Descendants("seg").Select(s => s.Value).ShouldContain("La chambre à air a été réparée.");
        var terms = XDocument.Parse(await translator.GetAsync($"/portal/work/{job}/files?handler=Terms"));
        terms.Descendants().Where(e => e.Name.LocalName == "term").Select(t => t.Value).ShouldBe(["Rechnung", "facture", "Paket", "paquet", "Mai", "mai"], ignoreOrder: true);
        terms.Descendants().Single(e => e.Name.LocalName == "administrativeStatus").Value.ShouldStartWith("deprecated");

        var (placed, key) = (market.Placed(), market.Vault.CreateDataKey());
        var stranger = await market.OfferAsync(placed with
        {
            MerchantId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
            DataKey = key,
            Content = market.Vault.Seal(key, placed.JobId, TextPurpose.JobContent, new JobContent(Source, Orders.Brief)),
        });
        await translator.ClaimAsync(stranger);
        XDocument.Parse(await translator.GetAsync($"/portal/work/{stranger}/files?handler=Memory")).Descendants("tu").ShouldBeEmpty();
        (await translator.GetAsync($"/portal/work/{stranger}/files?handler=Terms")).ShouldNotContain("facture");
    }

    [Fact]
    public async Task A_reply_has_terms_and_no_other_files()
    {
        using var translator = await market.TranslatorAsync(27);
        var job = await market.OfferFormulationAsync(["Kommt Freitag"], terms: new GlossaryTerm("Rad", "vélo"));
        await translator.ClaimAsync(job);
        (await translator.GetAsync($"/portal/work/{job}/files?handler=Terms")).ShouldContain("vélo");
        (await translator.StatusOfAsync($"/portal/work/{job}/files?handler=Xliff")).ShouldBe(HttpStatusCode.NotFound);
        (await translator.GetAsync($"/portal/work/{job}/files")).ShouldNotContain("type=\"file\"");
    }

    private static string Translate(string file, params string[] sentences)
    {
        var document = XDocument.Parse(file, LoadOptions.PreserveWhitespace);
        var next = new Queue<string>(sentences);
        foreach (var source in document.Descendants(Ns + "source").Where(s => s.Parent!.Name == Ns + "segment").ToList())
        {
            source.ElementsAfterSelf(Ns + "target").Remove();
            source.AddAfterSelf(new XElement(Ns + "target", next.Dequeue()));
        }

        return document.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>As the form on the page sends it; with the version that stands there, or another one.</summary>
    private static async Task<HttpResponseMessage> UploadAsync(Visitor visitor, string job, string file, string? token = null, int? version = null)
    {
        var at = $"/portal/work/{job}/files";
        var page = token is null ? await visitor.GetAsync(at) : "";
        var shown = System.Text.RegularExpressions.Regex.Match(page, "name=\"Version\" value=\"(\\d+)\"").Groups[1].Value;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(token ?? await visitor.TokenAsync(at)), "__RequestVerificationToken" },
            { new StringContent(version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? (shown.Length > 0 ? shown : "0")), "Version" },
            { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "job.xlf" },
        };
        return await visitor.Http.PostAsync(at, content, Stop);
    }
}
