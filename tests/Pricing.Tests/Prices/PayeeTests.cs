using FsCheck;
using FsCheck.Fluent;

namespace Zweizeiler.Pricing.Tests.Prices;

public sealed class PayeeTests
{
    private static readonly Payee German = new(
        "Erika Muster", "Gartenweg 7", "10115", "Berlin", "DE", "standard", null, "DE136695976", "Erika Muster", "DE89370400440532013000", null);

    private static readonly Payee French = new(
        "Claire Martin", "12 rue de la Paix", "75002", "Paris", "FR", "reverse_charge", null, "FR40303265045", "Claire Martin", "FR1420041010050500013M02606", null);

    public static TheoryData<string, Payee> Faulty => new()
    {
        { "legal_name.missing", German with { LegalName = " " } },
        { "legal_name.invalid", German with { LegalName = new string('x', 101) } },
        { "legal_name.invalid", German with { LegalName = "Erika\nMuster" } },
        { "street.missing", German with { Street = null } },
        { "post_code.missing", German with { PostCode = "" } },
        { "city.missing", German with { City = "" } },
        { "city.invalid", German with { City = "Ber\tlin" } },
        { "country.invalid", French with { Country = "XX" } },
        { "country.invalid", French with { Country = "fr" } },
        { "country.invalid", French with { Country = null } },
        { "scheme.unknown", German with { Scheme = "none" } },
        { "scheme.unknown", German with { Scheme = null } },
        { "scheme.country", German with { Scheme = "reverse_charge" } },
        { "scheme.country", French with { Scheme = "small_business" } },
        { "tax_number.missing", German with { VatId = null } },
        { "tax_number.invalid", German with { TaxNumber = new string('1', 101) } },
        { "vat_id.invalid", German with { VatId = "DE123456789" } },
        { "vat_id.invalid", German with { VatId = "FR40303265045" } },
        { "vat_id.invalid", French with { VatId = "FR40303265046" } },
        { "account_holder.missing", German with { AccountHolder = null } },
        { "account_holder.invalid", German with { AccountHolder = new string('x', 101) } },
        { "iban.missing", German with { Iban = null } },
        { "iban.invalid", German with { Iban = "DE89370400440532013001" } },
        { "iban.invalid", German with { Iban = "US64SVBKUS6S3300958879" } },
        { "bic.missing", German with { Iban = "CH9300762011623852957" } },
        { "bic.invalid", German with { Bic = "NOPE" } },
    };

    [Fact]
    public void What_is_right_has_no_fault()
    {
        Payee[] right =
        [
            German, French,
            German with { Scheme = "small_business", VatId = null, TaxNumber = "11/222/33333" },
            German with { Iban = "CH9300762011623852957", Bic = "UBSWCHZH80A" },
            French with { Country = "US", VatId = "12-3456789" },
            French with { Country = "GR", VatId = "EL094259216" },
            German with { LegalName = new string('x', 100) },
        ];
        right.ShouldAllBe(p => p.Faults().Count == 0);
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_is_wrong_is_named_alone(string fault, Payee payee)
    {
        // Where the country is wrong, what hangs on it may be wrong too.
        payee.Faults().ShouldContain(fault);
        if (!fault.StartsWith("country.", StringComparison.Ordinal) && !fault.StartsWith("scheme.", StringComparison.Ordinal))
        {
            payee.Faults().ShouldBe([fault]);
        }
    }

    [Fact]
    public void Of_each_field_one_fault_is_named_at_most() =>
        new Payee(null, null, null, null, null, null, null, null, null, null, null).Faults().ShouldBe(
        [
            "legal_name.missing", "street.missing", "post_code.missing", "city.missing", "country.invalid", "scheme.unknown", "tax_number.missing",
            "account_holder.missing", "iban.missing",
        ]);

    [Fact]
    public void What_people_type_around_it_is_taken_away() => new Payee(
        " Erika Muster ", "Gartenweg 7 ", " 10115", "Berlin", "de", "standard", " ", "de 136 695 976", "Erika Muster", "de89 3704 0044 0532 0130 00", "")
        .Tidied().ShouldBe(German);

    [Theory]
    [InlineData("account_holder.missing", true)]
    [InlineData("iban.invalid", true)]
    [InlineData("bic.missing", true)]
    [InlineData("legal_name.missing", false)]
    [InlineData("vat_id.invalid", false)]
    public void A_fault_of_the_account_keeps_no_paper_back(string fault, bool ofPayment) => Payee.IsOfPayment(fault).ShouldBe(ofPayment);

    [Fact]
    public void A_slip_in_an_account_is_always_found() => Prop.ForAll(
        (from place in Gen.Choose(4, 21) from digit in Gen.Choose(0, 9) select (place, digit)).ToArbitrary(),
        x =>
        {
            const string right = "DE89370400440532013000";
            var wrong = right[..x.place] + x.digit + right[(x.place + 1)..];
            return wrong == right || Iban.Fault(wrong) is not null;
        }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("DE89370400440532013000", "DE89 … 3000")]
    [InlineData("NO9386011117947", "NO93 … 7947")]
    [InlineData("DE893000", "…")]
    public void Of_an_account_its_end_is_shown_and_nothing_of_a_short_one(string iban, string shown) => Iban.Masked(iban).ShouldBe(shown);
}
