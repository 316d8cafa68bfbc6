using System.Collections.Frozen;
using System.Globalization;

namespace Zweizeiler.Pricing;

public sealed partial record VatId
{
    private static readonly FrozenDictionary<string, Func<string, bool>> Rules = new Dictionary<string, Func<string, bool>>
    {
        ["AT"] = Austria,
        ["BE"] = Belgium,
        ["BG"] = Bulgaria,
        ["CY"] = Cyprus,
        ["CZ"] = Czechia,
        ["DE"] = n => n.Length == 9 && n[0] != '0' && Mod11Of10(n),
        ["DK"] = n => n.Length == 8 && n[0] != '0' && Weighted(n, 2, 7, 6, 5, 4, 3, 2, 1) is { } s && s % 11 == 0,
        ["EE"] = n => n.Length == 9 && Weighted(n, 3, 7, 1, 3, 7, 1, 3, 7, 1) is { } s && s % 10 == 0,
        ["EL"] = n => n.Length == 9 && Weighted(n[..8], 256, 128, 64, 32, 16, 8, 4, 2) is { } s && s % 11 % 10 == Last(n),
        ["ES"] = Spain,
        ["FI"] = n => n.Length == 8 && Weighted(n, 7, 9, 10, 5, 8, 4, 2, 1) is { } s && s % 11 == 0,
        ["FR"] = France,
        ["HR"] = n => n.Length == 11 && Mod11Of10(n),
        ["HU"] = n => n.Length == 8 && Weighted(n, 9, 7, 3, 1, 9, 7, 3, 1) is { } s && s % 10 == 0,
        ["IE"] = Ireland,
        ["IT"] = n => n.Length == 11 && Luhn(n) && n[..7] != "0000000" && int.Parse(n[7..10], CultureInfo.InvariantCulture) is (>= 1 and <= 100) or 120 or 121 or 888 or 999,
        ["LT"] = Lithuania,
        ["LU"] = n => n.Length == 8 && AllDigits(n) && int.Parse(n[..6], CultureInfo.InvariantCulture) % 89 == int.Parse(n[6..], CultureInfo.InvariantCulture),
        ["LV"] = Latvia,
        ["MT"] = n => n.Length == 8 && n[0] != '0' && Weighted(n, 3, 4, 6, 7, 8, 9, 10, 1) is { } s && s % 37 == 0,
        ["NL"] = Netherlands,
        ["PL"] = n => n.Length == 10 && Weighted(n[..9], 6, 5, 7, 2, 3, 4, 5, 6, 7) is { } s && s % 11 == Last(n),
        ["PT"] = n => n.Length == 9 && n[0] != '0' && Weighted(n[..8], 9, 8, 7, 6, 5, 4, 3, 2) is { } s && (11 - (s % 11)) % 11 % 10 == Last(n),
        ["RO"] = Romania,
        ["SE"] = n => n.Length == 12 && AllDigits(n) && Luhn(n[..10]) && n[10..] is not "00",
        ["SI"] = n => n.Length == 8 && n[0] != '0' && Weighted(n[..7], 8, 7, 6, 5, 4, 3, 2) is { } s && (11 - (s % 11)) % 11 is var check && (check == 10 ? 0 : check) == Last(n) && s % 11 != 0,
        ["SK"] = n => n.Length == 10 && AllDigits(n) && n[0] != '0' && n[2] is '2' or '3' or '4' or '7' or '8' or '9' && n.Length == 10 && long.Parse(n, CultureInfo.InvariantCulture) % 11 == 0,
    }.ToFrozenDictionary();

    /// <summary>Whether the registry of the member states has numbers of a country.</summary>
    /// <param name="country">ISO 3166-1 alpha-2, or <c>EL</c> for Greece.</param>
    public static bool IsGivenIn(string country) => Rules.ContainsKey(country == "GR" ? "EL" : country);

    private static bool AllDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    private static int Last(string number) => char.IsAsciiDigit(number[^1]) ? number[^1] - '0' : -1;

    /// <summary>Null if there is anything but digits, or not as many as there are weights.</summary>
    private static int? Weighted(string number, params ReadOnlySpan<int> weights)
    {
        if (number.Length != weights.Length || !AllDigits(number))
        {
            return null;
        }

        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (number[i] - '0') * weights[i];
        }

        return sum;
    }

    /// <summary>ISO 7064 MOD 11,10.</summary>
    private static bool Mod11Of10(string number)
    {
        if (!AllDigits(number))
        {
            return false;
        }

        var product = 10;
        foreach (var digit in number[..^1])
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == Last(number);
    }

    private static int? LuhnSum(string number)
    {
        if (!AllDigits(number))
        {
            return null;
        }

        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = number[^(i + 1)] - '0';
            digit = i % 2 == 1 ? digit * 2 : digit;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return sum;
    }

    private static bool Luhn(string number) => LuhnSum(number) is { } sum && sum % 10 == 0;

    private static bool Austria(string n)
    {
        if (n.Length != 9 || n[0] != 'U' || !AllDigits(n[1..]))
        {
            return false;
        }

        var sum = 4;
        for (var i = 1; i <= 7; i++)
        {
            var digit = (n[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }

        return (10 - (sum % 10)) % 10 == Last(n);
    }

    private static bool Belgium(string n) =>
        n.Length == 10 && AllDigits(n) && n[0] is '0' or '1' && n.Length == 10 && AllDigits(n)
        && 97 - (int.Parse(n[..8], CultureInfo.InvariantCulture) % 97) == int.Parse(n[8..], CultureInfo.InvariantCulture);

    private static bool Bulgaria(string n)
    {
        if (n.Length == 9 && AllDigits(n))
        {
            var first = Weighted(n[..8], 1, 2, 3, 4, 5, 6, 7, 8)!.Value % 11;
            return (first < 10 ? first : Weighted(n[..8], 3, 4, 5, 6, 7, 8, 9, 10)!.Value % 11 % 10) == Last(n);
        }

        if (n.Length != 10 || !AllDigits(n))
        {
            return false;
        }

        // A citizen's number, a foreigner's, or another one.
        var other = 11 - (Weighted(n[..9], 4, 3, 2, 7, 6, 5, 4, 3, 2)!.Value % 11);
        return Weighted(n[..9], 2, 4, 8, 5, 10, 9, 7, 3, 6)!.Value % 11 % 10 == Last(n)
            || Weighted(n[..9], 21, 19, 17, 13, 11, 9, 7, 3, 1)!.Value % 10 == Last(n)
            || (other != 10 && other % 11 == Last(n));
    }

    private static bool Cyprus(string n)
    {
        if (n.Length != 9 || !AllDigits(n[..8]) || n[..2] == "12" || !char.IsAsciiLetterUpper(n[8]))
        {
            return false;
        }

        ReadOnlySpan<int> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
        var sum = 0;
        for (var i = 0; i < 8; i++)
        {
            sum += i % 2 == 0 ? odd[n[i] - '0'] : n[i] - '0';
        }

        return (char)('A' + (sum % 26)) == n[8];
    }

    private static bool Czechia(string n)
    {
        switch (n.Length)
        {
            case 8 when AllDigits(n) && n[0] != '9':
                var check = (11 - (Weighted(n[..7], 8, 7, 6, 5, 4, 3, 2)!.Value % 11)) % 11;
                return (check == 0 ? 1 : check) % 10 == Last(n);
            case 9 when AllDigits(n) && n[0] == '6':
                var special = Weighted(n[1..8], 8, 7, 6, 5, 4, 3, 2)!.Value % 11;
                return (8 - ((10 - special + 11) % 11) + 10) % 10 == Last(n);
            case 9 when AllDigits(n):
                // Born before 1954: without a check digit, but with a date.
                return IsBirth(n) && int.Parse(n[..2], CultureInfo.InvariantCulture) < 54;
            case 10 when AllDigits(n):
                return IsBirth(n) && (long.Parse(n, CultureInfo.InvariantCulture) % 11 == 0
                    || (long.Parse(n[..9], CultureInfo.InvariantCulture) % 11 == 10 && Last(n) == 0));
            default:
                return false;
        }
    }

    private static bool IsBirth(string n)
    {
        var month = int.Parse(n[2..4], CultureInfo.InvariantCulture) % 50;
        month = month > 20 ? month - 20 : month;
        return month is >= 1 and <= 12 && int.Parse(n[4..6], CultureInfo.InvariantCulture) is >= 1 and <= 31;
    }

    private static bool Spain(string n)
    {
        const string letters = "TRWAGMYFPDXBNJZSQVHLCKE";
        if (n.Length != 9 || !AllDigits(n[1..8]))
        {
            return false;
        }

        if (char.IsAsciiDigit(n[0]))
        {
            return letters[int.Parse(n[..8], CultureInfo.InvariantCulture) % 23] == n[8];
        }

        if (n[0] is 'X' or 'Y' or 'Z')
        {
            return letters[int.Parse($"{n[0] - 'X'}{n[1..8]}", CultureInfo.InvariantCulture) % 23] == n[8];
        }

        if (n[0] is 'K' or 'L' or 'M')
        {
            return letters[int.Parse(n[1..8], CultureInfo.InvariantCulture) % 23] == n[8];
        }

        var check = (10 - (LuhnSum(n[1..8] + "0")!.Value % 10)) % 10;
        var (digit, letter) = ((char)('0' + check), "JABCDEFGHI"[check]);
        return n[0] switch
        {
            'A' or 'B' or 'E' or 'H' => n[8] == digit,
            'N' or 'P' or 'Q' or 'R' or 'S' or 'W' => n[8] == letter,
            'C' or 'D' or 'F' or 'G' or 'J' or 'U' or 'V' => n[8] == digit || n[8] == letter,
            _ => false,
        };
    }

    private static bool France(string n)
    {
        const string letters = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        if (n.Length != 11 || !AllDigits(n[2..]) || letters.IndexOf(n[0], StringComparison.Ordinal) is var first && first < 0
            || letters.IndexOf(n[1], StringComparison.Ordinal) is var second && second < 0)
        {
            return false;
        }

        var siren = long.Parse(n[2..], CultureInfo.InvariantCulture);
        // Numbers of Monaco begin with 000 and have no check digit of their own.
        if (n[2..5] != "000" && !Luhn(n[2..]))
        {
            return false;
        }

        if (AllDigits(n[..2]))
        {
            return ((siren * 100) + 12) % 97 == int.Parse(n[..2], CultureInfo.InvariantCulture);
        }

        var key = char.IsAsciiDigit(n[0])
            ? (letters.IndexOf(n[0], StringComparison.Ordinal) * 24) + letters.IndexOf(n[1], StringComparison.Ordinal) - 10
            : (letters.IndexOf(n[0], StringComparison.Ordinal) * 34) + letters.IndexOf(n[1], StringComparison.Ordinal) - 100;
        return (siren + 1 + (key / 11)) % 11 == key % 11;
    }

    private static bool Ireland(string n)
    {
        const string letters = "WABCDEFGHIJKLMNOPQRSTUV";
        if (n.Length is not (8 or 9))
        {
            return false;
        }

        if (AllDigits(n[..7]))
        {
            var second = n.Length == 9 ? letters.IndexOf(n[8], StringComparison.Ordinal) : 0;
            return second >= 0 && letters[(Weighted(n[..7], 8, 7, 6, 5, 4, 3, 2)!.Value + (9 * second)) % 23] == n[7];
        }

        // Numbers given before 2013 have a letter or a sign in the second place.
        return n.Length == 8 && char.IsAsciiDigit(n[0]) && (char.IsAsciiLetterUpper(n[1]) || n[1] is '+' or '*') && AllDigits(n[2..7])
            && letters[Weighted($"0{n[2..7]}{n[0]}", 8, 7, 6, 5, 4, 3, 2)!.Value % 23] == n[7];
    }

    private static bool Lithuania(string n)
    {
        if (!AllDigits(n) || !((n.Length == 9 && n[7] == '1') || (n.Length == 12 && n[10] == '1')))
        {
            return false;
        }

        var check = Sum(1) % 11;
        return (check == 10 ? Sum(3) % 11 % 10 : check) == Last(n);

        int Sum(int from) => n[..^1].Select((digit, i) => (digit - '0') * (((i + from - 1) % 9) + 1)).Sum();
    }

    private static bool Latvia(string n)
    {
        if (n.Length != 11 || !AllDigits(n))
        {
            return false;
        }

        if (n[0] > '3')
        {
            return Weighted(n, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1)!.Value % 11 == 3;
        }

        // Persons' numbers given since 2017 begin with 32 and have no check digit.
        return n[..2] == "32" || (1 + Weighted(n[..10], 10, 5, 8, 4, 2, 1, 6, 3, 7, 9)!.Value) % 11 % 10 == Last(n);
    }

    private static bool Netherlands(string n)
    {
        if (n.Length != 12 || n[9] != 'B' || !AllDigits(n[..9]) || !AllDigits(n[10..]))
        {
            return false;
        }

        if (Weighted(n[..9], 9, 8, 7, 6, 5, 4, 3, 2, -1)!.Value % 11 == 0)
        {
            return true;
        }

        // Numbers of sole traders: ISO 7064 MOD 97-10 over all of it.
        return Mod97.Of($"NL{n}") == 1;
    }

    private static bool Romania(string n)
    {
        if (!AllDigits(n) || n[0] == '0')
        {
            return false;
        }

        if (n.Length == 13)
        {
            var check = Weighted(n[..12], 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)!.Value % 11;
            return (check == 10 ? 1 : check) == Last(n);
        }

        return n.Length is >= 2 and <= 10 && Weighted(n[..^1].PadLeft(9, '0'), 7, 5, 3, 2, 1, 7, 5, 3, 2)!.Value * 10 % 11 % 10 == Last(n);
    }
}
