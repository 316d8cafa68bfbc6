using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zweizeiler.Pricing;

/// <summary>From which language into which; never from a language into itself. Written <c>de-fr</c>, also in JSON.</summary>
[JsonConverter(typeof(Converter))]
public sealed record LanguagePair
{
    private LanguagePair(string source, string target) => (Source, Target) = (source, target);

    /// <summary>Source language: ISO 639 code of two or three lower-case letters.</summary>
    public string Source { get; }

    /// <summary>Target language: ISO 639 code of two or three lower-case letters.</summary>
    public string Target { get; }

    /// <summary>The pair of two languages.</summary>
    /// <exception cref="ArgumentException">A code is not two or three lower-case letters, or both are the same.</exception>
    public static LanguagePair Of(string source, string target) => TryOf(source, target, out var pair)
        ? pair
        : throw new ArgumentException("A language pair is two different codes of two or three lower-case letters.");

    /// <summary>The pair of two languages, or <see langword="false"/> where <see cref="Of"/> would throw.</summary>
    public static bool TryOf(string? source, string? target, [NotNullWhen(true)] out LanguagePair? pair)
    {
        pair = IsLanguage(source) && IsLanguage(target) && source != target ? new LanguagePair(source, target) : null;
        return pair is not null;
    }

    /// <summary>Reads <c>de-fr</c>.</summary>
    /// <exception cref="FormatException">The text is not such a pair.</exception>
    public static LanguagePair Parse(string text) => TryParse(text, out var pair)
        ? pair
        : throw new FormatException("A language pair is written like de-fr: two different codes of two or three lower-case letters.");

    /// <summary>Reads <c>de-fr</c>, or returns <see langword="false"/> where <see cref="Parse"/> would throw.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out LanguagePair? pair)
    {
        pair = null;
        return text?.Split('-') is [var source, var target] && TryOf(source, target, out pair);
    }

    /// <summary>Whether <paramref name="code"/> has the form of a language code: two or three lower-case ASCII letters (ISO 639).</summary>
    public static bool IsLanguage([NotNullWhen(true)] string? code) => code is { Length: 2 or 3 } && code.All(char.IsAsciiLetterLower);

    /// <summary>The opposite direction.</summary>
    public LanguagePair Reversed() => new(Target, Source);

    /// <summary>As <see cref="Parse"/> reads it: <c>de-fr</c>.</summary>
    public override string ToString() => $"{Source}-{Target}";

    private sealed class Converter : JsonConverter<LanguagePair>
    {
        public override LanguagePair Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var pair)
                ? pair
                : throw new JsonException("Expected a language pair like \"de-fr\".");

        public override void Write(Utf8JsonWriter writer, LanguagePair value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
