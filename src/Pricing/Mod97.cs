namespace Zweizeiler.Pricing;

/// <summary>ISO 7064 MOD 97-10, by which account numbers and creditor references are checked.</summary>
public static class Mod97
{
    /// <summary>The rest of the number that the text stands for.</summary>
    /// <param name="text">Digits and upper-case letters (A = 10 … Z = 35).</param>
    public static int Of(string text)
    {
        var rest = 0;
        foreach (var c in text)
        {
            rest = char.IsAsciiDigit(c) ? ((rest * 10) + (c - '0')) % 97 : ((rest * 100) + (c - 'A' + 10)) % 97;
        }

        return rest;
    }
}
