using System.Globalization;
using System.Text;
using System.Xml;

namespace Zweizeiler.ServiceDefaults.Texts;

/// <summary>Texts in XML files.</summary>
public static class XmlCharacters
{
    /// <summary>The text without what XML 1.0 has no place for: control characters, halves of surrogate pairs.</summary>
    public static string Clean(string text)
    {
        if (IsClean(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text, i++, 2);
            }
            else if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        foreach (var c in text)
        {
            if (!XmlConvert.IsXmlChar(c))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A writer whose XML declaration names UTF-8; a string writer's own would be UTF-16.</summary>
public sealed class Utf8Writer() : StringWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => new UTF8Encoding(false);
}
