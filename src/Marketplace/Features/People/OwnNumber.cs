using Zweizeiler.Contracts;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>The number that a translator rings from: sealed, and shown to herself by its last digits only.</summary>
public sealed class OwnNumber(TextVault vault)
{
    /// <summary>A number as it is dialled from anywhere, <c>+492211234567</c>; null if it is none.</summary>
    public static string? Normalize(string given)
    {
        var plain = new string([.. given.Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '/' or '(' or ')' or '.'))]);
        if (plain.StartsWith("00", StringComparison.Ordinal))
        {
            plain = $"+{plain[2..]}";
        }

        return plain.Length is >= 9 and <= 16 && plain[0] == '+' && plain[1] is not '0' && plain[1..].All(char.IsAsciiDigit) ? plain : null;
    }

    public void Keep(Translator translator, string number)
    {
        var key = vault.CreateDataKey();
        translator.OwnNumberKey = key.Bytes;
        translator.OwnNumber = vault.Seal(key, translator.Id, Translator.OwnNumberPurpose, number).Bytes;
    }

    public static void Forget(Translator translator) => (translator.OwnNumber, translator.OwnNumberKey) = (null, null);

    public string? Hint(Translator translator)
    {
        if (translator is not { OwnNumber: { } text, OwnNumberKey: { } key })
        {
            return null;
        }

        var number = vault.Open<string>(new WrappedDataKey(key), translator.Id, Translator.OwnNumberPurpose, new SealedText(text));
        return $"{number[..3]} … {number[^2..]}";
    }
}
