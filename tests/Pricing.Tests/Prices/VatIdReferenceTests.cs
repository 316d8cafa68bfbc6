namespace Zweizeiler.Pricing.Tests.Prices;

/// <summary>
/// Numbers of every member state and form, and the same with one character mistyped, missing or too many, each with the verdict of an implementation
/// that is not ours: python-stdnum 1.18. VatIds.txt has one a line, + for those it takes; eng/vat-ids.py writes it.
/// </summary>
public sealed class VatIdReferenceTests
{
    public static TheoryData<string> Countries { get; } = [.. Numbers().Select(n => n[1..3]).Distinct()];

    [Theory]
    [MemberData(nameof(Countries))]
    public void Agrees_on_the_numbers_of(string country)
    {
        var numbers = Numbers().Where(n => n[1..3] == country).ToList();
        numbers.Count.ShouldBeGreaterThan(15);
        numbers.Where(n => VatId.TryParse(n[1..], out _) != (n[0] == '+')).ShouldBeEmpty();
    }

    [Fact]
    public void Knows_every_member_state() => Countries.Count.ShouldBe(27);

    private static IEnumerable<string> Numbers()
    {
        using var reader = new StreamReader(typeof(VatIdReferenceTests).Assembly.GetManifestResourceStream("VatIds.txt")!);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
