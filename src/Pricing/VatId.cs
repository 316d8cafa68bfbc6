using System.Diagnostics.CodeAnalysis;

namespace Zweizeiler.Pricing;

/// <summary>A VAT identification number of a member state of the European Union, of the right form and with right check digits.</summary>
/// <remarks>
/// Right check digits mean that nobody mistyped it, not that it was given out or is valid now: that only the registry (VIES) knows. The rules are those
/// that the member states published for the exchange of their numbers. Greece is <c>EL</c>.
/// </remarks>
public sealed partial record VatId
{
    private VatId(string country, string number) => (Country, Number) = (country, number);

    /// <summary>The first two letters; <c>EL</c> for Greece.</summary>
    public string Country { get; }

    /// <summary>What follows, without blanks and signs.</summary>
    public string Number { get; }

    /// <summary>Reads a VAT id, with blanks, dots and hyphens wherever people put them.</summary>
    /// <param name="text">Country code and number.</param>
    /// <param name="vatId">The VAT id in its plain form.</param>
    /// <returns><see langword="false"/> if there is no such country, the form is wrong, or the check digits do not fit.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VatId? vatId)
    {
        vatId = null;
        var plain = string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('.' or '-'))).ToUpperInvariant();
        if (plain.Length < 4 || !Rules.TryGetValue(plain[..2], out var isRight) || !isRight(plain[2..]))
        {
            return false;
        }

        vatId = new VatId(plain[..2], plain[2..]);
        return true;
    }

    /// <summary>Country and number without blanks, as on invoices.</summary>
    public override string ToString() => Country + Number;
}
