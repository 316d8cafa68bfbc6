using System.Text.Json.Serialization;

namespace Zweizeiler.Pricing;

/// <summary>An amount of money in whole cents of one currency. Negative amounts are permitted (credit notes).</summary>
/// <remarks>JSON: <c>{"amount": 480, "currency": "EUR"}</c>, as in the public API.</remarks>
public sealed record Money : IComparable<Money>
{
    /// <summary>An amount of <paramref name="cents"/> in <paramref name="currency"/>.</summary>
    /// <param name="cents">Whole cents (hundredths of the currency's unit).</param>
    /// <param name="currency">ISO 4217 code: three upper-case letters.</param>
    /// <exception cref="ArgumentException"><paramref name="currency"/> is no ISO 4217 code.</exception>
    [JsonConstructor]
    public Money(long cents, string currency)
    {
        if (!IsCurrency(currency))
        {
            throw new ArgumentException("A currency is three upper-case letters (ISO 4217).", nameof(currency));
        }

        Cents = cents;
        Currency = currency;
    }

    /// <summary>Whole cents.</summary>
    [JsonPropertyName("amount")]
    public long Cents { get; }

    /// <summary>ISO 4217 code.</summary>
    public string Currency { get; }

    /// <summary>An amount in euros, given in cents.</summary>
    public static Money Euro(long cents) => new(cents, "EUR");

    /// <summary>The whole cents nearest to <paramref name="cents"/>; halves go away from zero, as EN 16931 and custom have it.</summary>
    /// <exception cref="OverflowException">The amount does not fit.</exception>
    public static Money Round(decimal cents, string currency) =>
        new(decimal.ToInt64(decimal.Round(cents, 0, MidpointRounding.AwayFromZero)), currency);

    /// <summary>Whether <paramref name="currency"/> has the form of an ISO 4217 code.</summary>
    public static bool IsCurrency(string? currency) => currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper);

    /// <summary>The sum of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The sum does not fit.</exception>
    public static Money operator +(Money left, Money right) => new(checked(left.Cents + left.Same(right).Cents), left.Currency);

    /// <summary>The difference of two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    /// <exception cref="OverflowException">The difference does not fit.</exception>
    public static Money operator -(Money left, Money right) => new(checked(left.Cents - left.Same(right).Cents), left.Currency);

    /// <summary>Whether <paramref name="left"/> is less than <paramref name="right"/>, in one currency.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>Whether <paramref name="left"/> is more than <paramref name="right"/>, in one currency.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether <paramref name="left"/> is at most <paramref name="right"/>, in one currency.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>Whether <paramref name="left"/> is at least <paramref name="right"/>, in one currency.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>The sum, as a method.</summary>
    public static Money Add(Money left, Money right) => left + right;

    /// <summary>The difference, as a method.</summary>
    public static Money Subtract(Money left, Money right) => left - right;

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money? other) => other is null ? 1 : Cents.CompareTo(Same(other).Cents);

    /// <summary>For people who read a debugger: <c>2.40 EUR</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Cents / 100m:0.00} {Currency}");

    private Money Same(Money other) => other.Currency == Currency
        ? other
        : throw new InvalidOperationException($"{Currency} and {other.Currency} cannot be reckoned with each other.");
}
