using System.Globalization;
using System.Xml;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.ServiceDefaults.Texts;

/// <summary>Writes terms as TBX (ISO 30042:2019), dialect TBX-Basic in DCT style: data categories as elements.</summary>
public static class Tbx
{
    public const string MediaType = "application/tbx+xml";

    public const string Namespace = "urn:iso:std:iso:30042:ed-2";

    /// <summary>Status of a term that is not to be used.</summary>
    public const string Deprecated = "deprecatedTerm-admn-sts";

    private const string MinNamespace = "http://www.tbxinfo.net/ns/min";
    private const string BasicNamespace = "http://www.tbxinfo.net/ns/basic";

    public static string Write(string title, string source, string target, IEnumerable<GlossaryTerm> terms)
    {
        var text = new Utf8Writer();
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("tbx", Namespace);
            xml.WriteAttributeString("xmlns", "min", null, MinNamespace);
            xml.WriteAttributeString("xmlns", "basic", null, BasicNamespace);
            xml.WriteAttributeString("style", "dct");
            xml.WriteAttributeString("type", "TBX-Basic");
            xml.WriteAttributeString("xml", "lang", null, source);
            xml.WriteStartElement("tbxHeader", Namespace);
            xml.WriteStartElement("fileDesc", Namespace);
            xml.WriteStartElement("titleStmt", Namespace);
            xml.WriteElementString("title", Namespace, XmlCharacters.Clean(title));
            xml.WriteEndElement();
            xml.WriteStartElement("sourceDesc", Namespace);
            xml.WriteElementString("p", Namespace, "Zweizeiler");
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteStartElement("text", Namespace);
            xml.WriteStartElement("body", Namespace);
            var number = 0;
            foreach (var term in terms)
            {
                xml.WriteStartElement("conceptEntry", Namespace);
                xml.WriteAttributeString("id", string.Create(CultureInfo.InvariantCulture, $"c{++number}"));
                WriteTerm(xml, source, term.Source, null, forbidden: false);
                WriteTerm(xml, target, term.Target, term.Note, term.Forbidden);
                xml.WriteEndElement();
            }
        }

        return text.ToString();
    }

    private static void WriteTerm(XmlWriter xml, string language, string term, string? note, bool forbidden)
    {
        xml.WriteStartElement("langSec", Namespace);
        xml.WriteAttributeString("xml", "lang", null, language);
        xml.WriteStartElement("termSec", Namespace);
        xml.WriteElementString("term", Namespace, XmlCharacters.Clean(term));
        if (forbidden)
        {
            xml.WriteElementString("administrativeStatus", MinNamespace, Deprecated);
        }

        if (note is not null)
        {
            xml.WriteElementString("note", Namespace, XmlCharacters.Clean(note));
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
