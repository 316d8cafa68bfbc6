using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace Zweizeiler.Pricing;

/// <summary>Tax category as EN 16931 codes it (UNCL 5305). The members' names are the codes.</summary>
[JsonConverter(typeof(ExactEnumConverter<TaxCategory>))]
public enum TaxCategory
{
    /// <summary>Standard rate.</summary>
    S,

    /// <summary>Reverse charge: the buyer owes the tax.</summary>
    AE,

    /// <summary>Outside the scope of tax.</summary>
    O,

    /// <summary>Exempt (a small business).</summary>
    E,
}

/// <summary>Category and rate of tax on a supply. Only <see cref="TaxCategory.S"/> has a rate.</summary>
public sealed record TaxTreatment
{
    private TaxTreatment(TaxCategory category, decimal rate) => (Category, Rate) = (category, rate);

    /// <summary>The buyer owes the tax (Article 196 of Directive 2006/112/EC).</summary>
    public static TaxTreatment ReverseCharge { get; } = new(TaxCategory.AE, 0.00m);

    /// <summary>The place of supply is outside the European Union.</summary>
    public static TaxTreatment OutsideScope { get; } = new(TaxCategory.O, 0.00m);

    /// <summary>The supplier is a small business (§ 19 UStG and its like elsewhere).</summary>
    public static TaxTreatment Exempt { get; } = new(TaxCategory.E, 0.00m);

    /// <summary>Category code.</summary>
    public TaxCategory Category { get; }

    /// <summary>Rate in percent, for example 19.00.</summary>
    public decimal Rate { get; }

    /// <summary>The standard rate.</summary>
    /// <param name="rate">Percent, more than 0 and at most 100.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is out of its range.</exception>
    public static TaxTreatment Standard(decimal rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, 100m);
        return new TaxTreatment(TaxCategory.S, rate);
    }

    /// <summary>A treatment from stored or received values.</summary>
    /// <param name="category">Category code.</param>
    /// <param name="rate">Percent; matters for <see cref="TaxCategory.S"/> only.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such category, or the standard rate is out of its range.</exception>
    public static TaxTreatment Restore(TaxCategory category, decimal rate) => category switch
    {
        TaxCategory.S => Standard(rate),
        TaxCategory.AE => ReverseCharge,
        TaxCategory.O => OutsideScope,
        TaxCategory.E => Exempt,
        _ => throw new ArgumentOutOfRangeException(nameof(category)),
    };

    /// <summary>The tax on <paramref name="net"/>, rounded to whole cents, halves away from zero.</summary>
    /// <remarks>On an invoice this is called once for each category and rate, on the sum of the nets (EN 16931 BR-S-08, BR-S-09).</remarks>
    public Tax On(Money net) => new(this, Money.Round(net.Cents * Rate / 100m, net.Currency));
}

/// <summary>Tax on an amount. Made by <see cref="TaxTreatment.On"/> only, so that rate and amount belong together.</summary>
public sealed record Tax
{
    internal Tax(TaxTreatment treatment, Money amount) => (Treatment, Amount) = (treatment, amount);

    /// <summary>Category and rate.</summary>
    public TaxTreatment Treatment { get; }

    /// <summary>EN 16931 category code.</summary>
    public TaxCategory Category => Treatment.Category;

    /// <summary>Rate in percent.</summary>
    public decimal Rate => Treatment.Rate;

    /// <summary>The tax in whole cents.</summary>
    public Money Amount { get; }
}

/// <summary>Which tax a merchant's jobs bear, by place of supply (services: § 3a UStG, Articles 44 and 45 of Directive 2006/112/EC).</summary>
public sealed class TaxRules
{
    // ISO 3166-1 codes of the member states. Greece is GR there and EL in VAT ids; both are understood.
    private static readonly FrozenSet<string> EuropeanUnion = FrozenSet.ToFrozenSet(
        ["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"]);

    private readonly string _home;
    private readonly TaxTreatment _domestic;

    /// <summary>Rules for a supplier in a member state of the European Union.</summary>
    /// <param name="home">The supplier's country, ISO 3166-1 alpha-2.</param>
    /// <param name="rate">The standard rate there, in percent.</param>
    /// <exception cref="ArgumentException"><paramref name="home"/> is not in the European Union.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rate"/> is out of its range.</exception>
    public TaxRules(string home, decimal rate)
    {
        if (!EuropeanUnion.Contains(home))
        {
            throw new ArgumentException("The rules are those of a supplier in the European Union.", nameof(home));
        }

        _home = home;
        _domestic = TaxTreatment.Standard(rate);
    }

    /// <summary>A supplier in Germany: 19 % (§ 12 (1) UStG).</summary>
    public static TaxRules Germany { get; } = new("DE", 19.00m);

    /// <summary>The tax treatment of a merchant.</summary>
    /// <param name="country">Where she is established: ISO 3166-1 alpha-2, upper case.</param>
    /// <param name="isBusiness">Business or consumer.</param>
    /// <param name="vatIdValid">Whether her VAT id was found valid. Without one, a business abroad is taxed like a consumer.</param>
    /// <exception cref="ArgumentException"><paramref name="country"/> is not two upper-case letters.</exception>
    public TaxTreatment For(string country, bool isBusiness, bool vatIdValid)
    {
        if (country is not { Length: 2 } || !country.All(char.IsAsciiLetterUpper))
        {
            throw new ArgumentException("A country is two upper-case letters (ISO 3166-1 alpha-2).", nameof(country));
        }

        return country == _home ? _domestic
            : !EuropeanUnion.Contains(country) ? TaxTreatment.OutsideScope
            : isBusiness && vatIdValid ? TaxTreatment.ReverseCharge
            : _domestic;
    }
}
