using FsCheck;
using FsCheck.Fluent;

namespace Zweizeiler.Pricing.Tests.Prices;

public sealed class VatIdTests
{
    /// <summary>Published examples of every member state, each with right check digits.</summary>
    public static TheoryData<string> Right { get; } =
    [
        "ATU13585627", "BE0428759497", "BE0403019261", "BG175074752", "BG7523169263", "CY10259033P", "CZ25123891", "CZ7103192745", "CZ640903926", "DE136695976", "DK13585628",
        "EE100931558", "EL094259216", "ESB58378431", "ESX2482300W", "ES54362315K", "ESJ99216582", "FI20774740", "FR40303265045", "FR23334175221",
        "FRK7399859412", "HR33392005961", "HU12892312", "IE6433435F", "IE6433435OA", "IE8D79739I", "IT00743110157", "LT119511515", "LT100001919017",
        "LU15027442", "LV40003521600", "LV16117519997", "MT11679112", "NL004495445B01", "NL002455799B11", "NL123456789B13", "PL8567346215", "PT501964843",
        "RO18547290", "SE123456789701", "SI50223054", "SK2022749619",
    ];

    public static TheoryData<string> Wrong { get; } =
    [
        "DE123456789", "DE136695967", "DE13669597", "DE1366959766", "DE036695976", "ATU13585626", "AT13585627", "BE0428759498", "BG175074751", "CY10259033Z",
        "CZ25123890", "DK13585627", "EE100931557", "EL123456780", "GR094259216", "ESB58378432", "ESX2482300A", "ES54362315Z", "ESJ99216581", "FI20774741",
        "FR84323140391", "FR40303265046", "FRO7399859412", "HR33392005962", "HU12892313", "IE6433435E", "IE6433435VH", "IT00743110158", "LT100001919018",
        "LU15027443", "LV40003521601", "MT11679113", "NL123456789B90", "NL004495445C01", "PL8567346216", "PT501964842", "RO18547291", "SE123456789101",
        "SI50223055", "SK2022749618", "XX123456789", "DE", "", "DE13669597O", "CHE123456788",
    ];

    [Theory]
    [MemberData(nameof(Right))]
    public void Takes_what_has_right_check_digits(string text)
    {
        VatId.TryParse(text, out var vatId).ShouldBeTrue();
        vatId!.ToString().ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Refuses_what_has_not(string text)
    {
        VatId.TryParse(text, out var vatId).ShouldBeFalse();
        vatId.ShouldBeNull();
    }

    [Fact]
    public void Knows_every_member_state() =>
        Right.Select(row => row.Data[..2]).Distinct().Count().ShouldBe(27);

    [Theory]
    [InlineData(" de 136.695-976 ", "DE136695976")]
    [InlineData("atu 1358 5627", "ATU13585627")]
    public void Reads_them_as_people_write_them(string text, string plain)
    {
        VatId.TryParse(text, out var vatId).ShouldBeTrue();
        (vatId!.Country + vatId.Number).ShouldBe(plain);
    }

    /// <summary>No single digit of a number can be mistyped without being noticed, where the country's rule promises that.</summary>
    [Theory]
    [InlineData("DE136695976")]
    [InlineData("ATU13585627")]
    [InlineData("IT00743110157")]
    [InlineData("HR33392005961")]
    [InlineData("PL8567346215")]
    [InlineData("FI20774740")]
    public void Notices_every_single_mistyped_digit(string text)
    {
        for (var i = 2; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != text[i])
                {
                    VatId.TryParse(text[..i] + digit + text[(i + 1)..], out _).ShouldBeFalse($"{i}: {digit}");
                }
            }
        }
    }

    [Fact]
    public void Never_throws() => Prop.ForAll<string>(text =>
    {
        foreach (var country in (string[])["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"])
        {
            _ = VatId.TryParse(country + text, out _);
            _ = VatId.TryParse(country + new string([.. (text ?? "").Select(c => (char)('0' + (c % 43)))]), out _);
        }
    }).Check(Config.QuickThrowOnFailure);
}
