namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>Characters of a language that other keyboards lack.</summary>
public static class SpecialCharacters
{
    private const string Narrow = "\u202F";

    public static IReadOnlyList<string> Of(string language) => language switch
    {
        "de" => ["ä", "ö", "ü", "ß", "Ä", "Ö", "Ü", "„", "“", "–"],
        "fr" => ["é", "è", "ê", "ë", "à", "â", "ç", "î", "ï", "ô", "ù", "û", "œ", "É", "À", "Ç", $"«{Narrow}", $"{Narrow}»", "’"],
        "it" => ["à", "è", "é", "ì", "ò", "ù", "È", "«", "»"],
        "es" => ["á", "é", "í", "ó", "ú", "ñ", "ü", "¿", "¡", "Ñ", "«", "»"],
        "nl" => ["é", "ë", "ï", "ó", "ü", "€"],
        "pl" => ["ą", "ć", "ę", "ł", "ń", "ó", "ś", "ź", "ż", "Ł", "Ś", "Ż", "„", "”"],
        "en" => ["£", "€", "–", "“", "”", "’"],
        _ => [],
    };
}
