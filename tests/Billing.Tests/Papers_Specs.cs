using System.Text;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using UglyToad.PdfPig;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.Papers;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Tests;

public sealed class A_paper
{
    public static TheoryData<string> Names => [.. SamplePapers.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void says_in_xml_what_its_sums_are(string name)
    {
        var paper = SamplePapers.All.Single(p => p.Name == name).Paper;
        var xml = XDocument.Parse(Encoding.UTF8.GetString(UblWriter.Write(paper))).Root!;
        long Cents(string element) => xml.Descendants().Where(e => e.Name.LocalName == element).Select(e => (long)(decimal.Parse(e.Value, System.Globalization.CultureInfo.InvariantCulture) * 100)).FirstOrDefault();

        Cents("TaxInclusiveAmount").ShouldBe(paper.Sums.GrossCents);
        Cents("PayableAmount").ShouldBe(paper.Sums.GrossCents - Cents("PrepaidAmount") + Cents("PayableRoundingAmount"));
        paper.Lines.Sum(l => l.NetCents).ShouldBe(Cents("LineExtensionAmount"));
        xml.Descendants().Count(e => e.Name.LocalName is "InvoiceLine" or "CreditNoteLine").ShouldBe(paper.Lines.Count);
        SamplePapers.Keep($"{name}.xml", UblWriter.Write(paper));
        SamplePapers.Keep($"{name}.pdf", PdfWriter.Write(paper));
    }

    [Theory]
    [InlineData("de", "Rechnung", "Seite 1 von ", "Gesamtbetrag", "Übertrag", "Zwischensumme")]
    [InlineData("en", "Invoice", "Page 1 of ", "Total", "Brought forward", "Carried forward")]
    public void of_a_thousand_lines_is_legible_over_its_pages(string language, string title, string page, string total, string forward, string subtotal)
    {
        var paper = SamplePapers.Thousand(language);
        using var pdf = PdfDocument.Open(PdfWriter.Write(paper));
        var texts = pdf.GetPages().Select(p => p.Text).ToList();
        texts.Count.ShouldBeInRange(20, 60);
        texts[0].ShouldContain(title);
        for (var i = 0; i < texts.Count; i++)
        {
            texts[i].ShouldContain(page.Replace("1 ", $"{i + 1} ", StringComparison.Ordinal) + texts.Count);
            texts[i].Contains(forward, StringComparison.Ordinal).ShouldBe(i > 0);
            texts[i].Contains(subtotal, StringComparison.Ordinal).ShouldBe(i < texts.Count - 1);
        }

        texts[^1].ShouldContain(total);
        // The totals do not stand alone: the last line is with them.
        texts[^1].ShouldContain("ORDER-1000");
        var all = string.Concat(texts);
        Enumerable.Range(1, 1000).Where(n => !all.Contains($"ORDER-{n:0000}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void written_again_is_the_same_paper()
    {
        var paper = SamplePapers.All[0].Paper;
        UblWriter.Write(paper).ShouldBe(UblWriter.Write(paper));
        PdfWriter.Write(paper).ShouldBe(PdfWriter.Write(paper));
    }

    [Fact]
    public void has_selectable_text_and_carries_its_fonts()
    {
        var bytes = PdfWriter.Write(SamplePapers.All.Single(p => p.Name == "account-de").Paper);
        using var pdf = PdfDocument.Open(bytes);
        var text = pdf.GetPage(1).Text;
        text.ShouldContain("Übersetzung de→fr, 2 Zeilen, ORDER-4711");
        text.ShouldContain("RF");
        Encoding.Latin1.GetString(bytes).ShouldContain("/FontFile2");
        bytes.Length.ShouldBeLessThan(120_000);
    }

    [Fact]
    public void prints_a_box_for_what_no_font_has_and_keeps_it_in_the_xml()
    {
        var paper = SamplePapers.Invoice("de", [("Translation de→zh, 2 lines, 注文\u0001", "注文\u0001", null, 240, TaxTreatment.Standard(19))], due: 0);
        using var pdf = PdfDocument.Open(PdfWriter.Write(paper));
        pdf.GetPage(1).Text.ShouldContain("□□");
        Encoding.UTF8.GetString(UblWriter.Write(paper)).ShouldContain("注文\uFFFD");
    }

    [Fact]
    public void asks_for_a_transfer_by_the_code_that_banking_apps_read() =>
        EpcCode.Text(new PaymentTarget(Books.OwnIban, "BYLADEM1001", "Zweizeiler GmbH", "RF18539007547034"), 28_600).Split('\n').ShouldBe(
            ["BCD", "002", "1", "SCT", "BYLADEM1001", "Zweizeiler GmbH", Books.OwnIban, "EUR286.00", "", "RF18539007547034"]);

    [Theory]
    [InlineData("Translation de→fr, 2 lines, ORDER lines, 5", "Übersetzung de→fr, 2 Zeilen, ORDER lines, 5")]
    [InlineData("Cancellation share 12.5 %: call de→fr, 1 line", "Stornoanteil 12,5 %: Anruf de→fr, 1 Zeile")]
    [InlineData("Credit note: summary de→fr, 3 lines", "Gutschrift: Zusammenfassung de→fr, 3 Zeilen")]
    [InlineData("Taken back: formulation de→fr", "Zurückgenommen: Formulierung de→fr")]
    public void speaks_german_without_touching_the_merchants_own_words(string english, string german)
    {
        PaperWords.Description(english, "de").ShouldBe(german);
        PaperWords.Description(english, "en").ShouldBe(english);
    }

    /// <summary>Tax once on the sum; of many random lines the paper's own arithmetic holds to the cent.</summary>
    [Fact]
    public void adds_up_whatever_its_lines()
    {
        Prop.ForAll<PositiveInt[]>(nets =>
        {
            var lines = nets.Select((n, i) => (i % 3 == 0 ? TaxTreatment.Standard(7) : TaxTreatment.Standard(19), (long)n.Get)).ToList();
            var taxes = PaperSums.TaxesOf(lines);
            return taxes.Sum(t => t.NetCents) == lines.Sum(l => l.Item2)
                && taxes.All(t => t.TaxCents == (long)decimal.Round(t.NetCents * t.Rate / 100, MidpointRounding.AwayFromZero))
                && taxes.Count == lines.Select(l => l.Item1).Distinct().Count();
        }).Check(Config.QuickThrowOnFailure);
    }
}

/// <summary>Papers of every kind, from made-up numbers.</summary>
internal static class SamplePapers
{
    private static readonly Party Seller = new()
    {
        Name = "Zweizeiler GmbH",
        Street = "Musterstraße 2",
        PostCode = "50667",
        City = "Köln",
        Country = "DE",
        VatId = "DE136695976",
        TaxNumber = "215/5800/0001",
        RegistrationId = "HRB 100001",
        Email = "billing@zweizeiler.example",
        Phone = "+49 221 0000000",
        ContactName = "Buchhaltung",
    };

    private static readonly TaxTreatment Domestic = TaxTreatment.Standard(19);

    public static IReadOnlyList<(string Name, TaxDocument Paper)> All { get; } = [.. Make()];

    public static TaxDocument Thousand(string language) => Invoice(
        language,
        [
            .. Enumerable.Range(1, 1000).Select(n => (
                n % 17 == 0
                    ? $"Translation de→fr, {n} lines, ORDER-{n:0000} with a reference that is so long that it needs more than one line of the table to be read"
                    : $"Translation de→fr, {(n % 9) + 2} lines, ORDER-{n:0000}",
                (string?)$"ORDER-{n:0000}", n % 3 == 0 ? $"FR-{n % 7}" : null, 120L * ((n % 9) + 2), Domestic)),
        ],
        due: 500_000);

    public static TaxDocument Invoice(
        string language, IReadOnlyList<(string Description, string? Reference, string? CostCentre, long Net, TaxTreatment Tax)> lines, long due, PaperKind kind = PaperKind.Invoice,
        Party? buyer = null, Party? seller = null, long rounding = 0, string? note = null)
    {
        var taxes = PaperSums.TaxesOf(lines.Select(l => (l.Tax, l.Net)));
        var gross = taxes.Sum(t => t.NetCents + t.TaxCents);
        due = Math.Min(due, gross + rounding);
        var selfBilled = kind == PaperKind.SelfBilled;
        var number = kind switch { PaperKind.Invoice => "ZR-2026-000042", PaperKind.CreditNote => "ZG-2026-000007", _ => "ZS-2026-000003" };
        var target = due > 0 && kind == PaperKind.Invoice ? new PaymentTarget(Books.OwnIban, "BYLADEM1001", "Zweizeiler GmbH", CreditorReference.Of(number)) : null;
        return new TaxDocument
        {
            Kind = kind,
            Number = number,
            IssuedOn = new DateOnly(2026, 12, 1),
            From = new DateOnly(2026, 11, 1),
            Until = new DateOnly(2026, 11, 30),
            DueOn = target is null ? null : new DateOnly(2026, 12, 15),
            Language = language,
            Seller = seller ?? Seller,
            Buyer = selfBilled ? Seller : buyer ?? Buyer("DE", "DE136695976"),
            CustomerNumber = selfBilled ? "70001" : "10001",
            Corrects = kind == PaperKind.CreditNote ? ["ZR-2026-000041"] : [],
            Note = note,
            Lines = [.. lines.Select((l, i) => new PaperLine($"{i + 1}", PaperWords.Description(l.Description, language), l.Reference, l.CostCentre, l.Net, l.Tax))],
            Sums = new PaperSums(taxes, selfBilled ? 0 : gross + rounding - (target is null ? 0 : due), rounding),
            PayTo = target,
        };
    }

    /// <summary>For validators outside: every paper of the tests, if somebody names a folder for them.</summary>
    public static void Keep(string name, byte[] content)
    {
        if (Environment.GetEnvironmentVariable("ZWEIZEILER_PAPERS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, name), content);
        }
    }

    private static Party Buyer(string country, string? vatId) => new()
    {
        Name = "Muster & Söhne \"Handels\" GmbH",
        Street = "Hohe Straße 1",
        PostCode = "50667",
        City = "Köln",
        Country = country,
        VatId = vatId,
        Email = "kasse@merchant.example",
        BuyerReference = "04011000-12345-34",
    };

    private static Party Translator(string country, string? vatId, string? taxNumber) => new()
    {
        Name = "Érika Müßig-Łódzka",
        Street = "Gartenweg 7a",
        PostCode = "10115",
        City = "Berlin",
        Country = country,
        VatId = vatId,
        TaxNumber = taxNumber,
        Email = "erika@translator.example",
    };

    private static IEnumerable<(string, TaxDocument)> Make()
    {
        (string, string?, string?, long, TaxTreatment)[] Lines(TaxTreatment tax) =>
        [
            ("Translation de→fr, 2 lines, ORDER-4711", "ORDER-4711", "FR", 240, tax),
            ("Cancellation share 50 %: formulation de→fr, 6 lines, <&>\"", "<&>\"", null, 360, tax),
            ("Call de→fr, 14 lines", null, null, 1680, tax),
        ];
        foreach (var language in (string[])["de", "en"])
        {
            yield return ($"prepaid-{language}", Invoice(language, Lines(Domestic), 0));
            yield return ($"account-{language}", Invoice(language, Lines(Domestic), 10_000));
            yield return ($"partly-paid-{language}", Invoice(language, Lines(Domestic), 1000));
            yield return ($"rounded-{language}", Invoice(language, [("Translation de→fr, 3 lines", null, null, 1080, Domestic)], 10_000, rounding: -1));
            yield return ($"reverse-charge-{language}", Invoice(language, Lines(TaxTreatment.ReverseCharge), 10_000, buyer: Buyer("FR", "FR40303265045")));
            yield return ($"outside-{language}", Invoice(language, Lines(TaxTreatment.OutsideScope), 10_000, buyer: Buyer("CH", null)));
            yield return ($"two-rates-{language}", Invoice(language, [.. Lines(Domestic), .. Lines(TaxTreatment.ReverseCharge)], 10_000));
            yield return ($"corrected-{language}", Invoice(language, Lines(Domestic), 10_000, note: "Ersetzt ZR-2026-000041."));
            yield return ($"credit-{language}", Invoice(language, Lines(Domestic), 0, PaperKind.CreditNote));
            yield return ($"credit-rounded-{language}", Invoice(language, Lines(Domestic), 0, PaperKind.CreditNote, rounding: 1));
            yield return ($"credit-reverse-charge-{language}", Invoice(language, Lines(TaxTreatment.ReverseCharge), 0, PaperKind.CreditNote, Buyer("FR", "FR40303265045")));
            yield return ($"credit-outside-{language}", Invoice(language, Lines(TaxTreatment.OutsideScope), 0, PaperKind.CreditNote, Buyer("CH", null)));
            yield return ($"self-billed-{language}", Invoice(
                language, [.. Lines(Domestic), ("Taken back: translation de→fr", "job_1", null, -168, Domestic)], 0, PaperKind.SelfBilled, seller: Translator("DE", "DE136695976", null)));
            yield return ($"self-billed-small-{language}", Invoice(
                language, Lines(TaxTreatment.Exempt), 0, PaperKind.SelfBilled, seller: Translator("DE", null, "11/222/33333")));
            yield return ($"self-billed-reverse-{language}", Invoice(
                language, Lines(TaxTreatment.ReverseCharge), 0, PaperKind.SelfBilled, seller: Translator("FR", "FR40303265045", null)));
            yield return ($"self-billed-abroad-{language}", Invoice(
                language, Lines(TaxTreatment.ReverseCharge), 0, PaperKind.SelfBilled, seller: Translator("US", null, "EIN 12-3456789")));
            yield return ($"thousand-{language}", Thousand(language));
        }
    }
}
