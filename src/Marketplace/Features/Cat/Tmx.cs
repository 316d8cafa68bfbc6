using System.Globalization;
using System.Xml;
using Zweizeiler.Marketplace.Features.Memory;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.Cat;

/// <summary>Writes a memory as TMX 1.4b.</summary>
public static class Tmx
{
    public const string MediaType = "application/x-tmx+xml";

    public static string Write((string Source, string Target) pair, IEnumerable<(Guid Id, DateTimeOffset At, MemoryPair Pair)> entries)
    {
        var output = new Utf8Writer();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("tmx");
            xml.WriteAttributeString("version", "1.4");
            xml.WriteStartElement("header");
            xml.WriteAttributeString("creationtool", "Zweizeiler");
            xml.WriteAttributeString("creationtoolversion", "1");
            xml.WriteAttributeString("segtype", "sentence");
            xml.WriteAttributeString("o-tmf", "zweizeiler");
            xml.WriteAttributeString("adminlang", "en");
            xml.WriteAttributeString("srclang", pair.Source);
            xml.WriteAttributeString("datatype", "plaintext");
            xml.WriteEndElement();
            xml.WriteStartElement("body");
            foreach (var (id, at, words) in entries)
            {
                xml.WriteStartElement("tu");
                xml.WriteAttributeString("tuid", id.ToString("N"));
                xml.WriteAttributeString("creationdate", at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
                // Where both sides did not have as many sentences the whole text is one entry.
                if (words.Source.Contains('\n', StringComparison.Ordinal))
                {
                    xml.WriteAttributeString("segtype", "block");
                }

                Write(xml, pair.Source, words.Source);
                Write(xml, pair.Target, words.Target);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return output.ToString();
    }

    private static void Write(XmlWriter xml, string language, string words)
    {
        xml.WriteStartElement("tuv");
        xml.WriteAttributeString("xml", "lang", null, language);
        xml.WriteElementString("seg", XmlCharacters.Clean(words));
        xml.WriteEndElement();
    }
}
