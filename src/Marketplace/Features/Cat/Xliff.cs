using System.Globalization;
using System.Xml;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.Cat;

/// <summary>Writes a translation job as XLIFF 2.1 (core alone): the text in units, what is written so far, and the brief as notes.</summary>
public static class Xliff
{
    public const string MediaType = "application/xliff+xml";

    public const string Namespace = "urn:oasis:names:tc:xliff:document:2.0";

    /// <param name="job">The job's public id: the file's id, by which it is known again.</param>
    /// <param name="pair">Its languages.</param>
    /// <param name="text">What is to be translated.</param>
    /// <param name="written">What is written so far; may be empty.</param>
    /// <param name="brief">Comes as notes.</param>
    public static string Write(string job, (string Source, string Target) pair, string text, string written, JobBrief brief)
    {
        var output = new Utf8Writer();
        // Not indented: white space within a source would be part of it.
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = false }))
        {
            xml.WriteStartDocument();
            Line(xml, 0);
            xml.WriteStartElement("xliff", Namespace);
            xml.WriteAttributeString("version", "2.1");
            xml.WriteAttributeString("srcLang", pair.Source);
            xml.WriteAttributeString("trgLang", pair.Target);
            Line(xml, 1);
            xml.WriteStartElement("file", Namespace);
            xml.WriteAttributeString("id", job);
            xml.WriteAttributeString("original", job);
            xml.WriteAttributeString("xml", "space", null, "preserve");
            WriteNotes(xml, brief);
            var done = CatUnits.Written(text, written);
            foreach (var unit in CatUnits.Of(text))
            {
                WriteUnit(xml, unit, done.GetValueOrDefault(unit.Id));
            }

            Line(xml, 1);
            xml.WriteEndElement();
            Line(xml, 0);
            xml.WriteEndElement();
            Line(xml, 0);
        }

        return output.ToString();
    }

    private static void WriteNotes(XmlWriter xml, JobBrief brief)
    {
        (string Category, IEnumerable<string?> Notes)[] notes =
        [
            ("formality", [brief.Formality]), ("tone", [brief.Tone]), ("audience", [brief.Audience]), ("greeting", [brief.Greeting]), ("channel", [brief.Channel]),
            ("max-length", [brief.MaxLength?.ToString(CultureInfo.InvariantCulture)]), ("must-say", brief.MustSay), ("must-not-promise", brief.MustNotPromise),
        ];
        var given = notes.SelectMany(n => n.Notes.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => (n.Category, Text: text!))).ToList();
        if (given.Count == 0)
        {
            return;
        }

        Line(xml, 2);
        xml.WriteStartElement("notes", Namespace);
        foreach (var (category, text) in given)
        {
            Line(xml, 3);
            xml.WriteStartElement("note", Namespace);
            xml.WriteAttributeString("category", category);
            xml.WriteString(XmlCharacters.Clean(text));
            xml.WriteEndElement();
        }

        Line(xml, 2);
        xml.WriteEndElement();
    }

    private static void WriteUnit(XmlWriter xml, CatUnit unit, string? written)
    {
        Line(xml, 2);
        xml.WriteStartElement("unit", Namespace);
        xml.WriteAttributeString("id", unit.Id);
        // The text is put together again of what stands in a unit, whatever sentences a tool makes of it.
        if (unit.Codes.Count > 0)
        {
            Line(xml, 3);
            xml.WriteStartElement("originalData", Namespace);
            foreach (var (id, placeholder) in unit.Codes)
            {
                Line(xml, 4);
                xml.WriteStartElement("data", Namespace);
                xml.WriteAttributeString("id", $"d{id}");
                WriteCharacters(xml, placeholder);
                xml.WriteEndElement();
            }

            Line(xml, 3);
            xml.WriteEndElement();
        }

        var (sources, targets) = Pair(unit, written);
        var (sourceCodes, targetCodes) = (new Queue<(string Id, string Placeholder)>(unit.Codes), unit.Codes.ToList());
        for (var i = 0; i < sources.Count; i++)
        {
            Line(xml, 3);
            xml.WriteStartElement(sources[i].IsSentence ? "segment" : "ignorable", Namespace);
            if (sources[i].IsSentence && targets is not null)
            {
                xml.WriteAttributeString("state", "translated");
            }

            Line(xml, 4);
            xml.WriteStartElement("source", Namespace);
            WriteText(xml, sources[i].Text, _ => sourceCodes.Dequeue().Id);
            xml.WriteEndElement();
            if (targets is not null)
            {
                Line(xml, 4);
                xml.WriteStartElement("target", Namespace);
                WriteText(xml, targets[i].Text, placeholder => Take(targetCodes, placeholder));
                xml.WriteEndElement();
            }

            Line(xml, 3);
            xml.WriteEndElement();
        }

        Line(xml, 2);
        xml.WriteEndElement();
    }

    /// <summary>Sentence by sentence where both sides have as many; otherwise line by line.</summary>
    private static (IReadOnlyList<CatPart> Sources, IReadOnlyList<CatPart>? Targets) Pair(CatUnit unit, string? written)
    {
        if (written is null)
        {
            return (unit.Parts, null);
        }

        var targets = CatUnits.PartsOf(written);
        return unit.Parts.Select(p => p.IsSentence).SequenceEqual(targets.Select(p => p.IsSentence))
            ? (unit.Parts, targets)
            : ([new CatPart(unit.Line, IsSentence: true)], [new CatPart(written, IsSentence: true)]);
    }

    private static string? Take(List<(string Id, string Placeholder)> codes, string placeholder)
    {
        var at = codes.FindIndex(c => c.Placeholder == placeholder);
        if (at < 0)
        {
            return null;
        }

        var id = codes[at].Id;
        codes.RemoveAt(at);
        return id;
    }

    private static void WriteText(XmlWriter xml, string text, Func<string, string?> idOf)
    {
        foreach (var (part, isPlaceholder) in CatUnits.Cut(text))
        {
            if (isPlaceholder && idOf(part) is { } id)
            {
                xml.WriteStartElement("ph", Namespace);
                xml.WriteAttributeString("id", id);
                xml.WriteAttributeString("canCopy", "no");
                xml.WriteAttributeString("canDelete", "no");
                xml.WriteAttributeString("equiv", XmlCharacters.Clean(part));
                xml.WriteAttributeString("disp", XmlCharacters.Clean(part));
                xml.WriteAttributeString("dataRef", $"d{id}");
                xml.WriteEndElement();
            }
            else
            {
                WriteCharacters(xml, part);
            }
        }
    }

    /// <summary>What XML has no place for is written by its number, as XLIFF has it.</summary>
    private static void WriteCharacters(XmlWriter xml, string text)
    {
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                xml.WriteString(text[from..i]);
                from = i + 1;
                if (!char.IsSurrogate(text[i]))
                {
                    xml.WriteStartElement("cp", Namespace);
                    xml.WriteAttributeString("hex", ((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
                    xml.WriteEndElement();
                }
            }
        }

        xml.WriteString(text[from..]);
    }

    private static void Line(XmlWriter xml, int depth) => xml.WriteWhitespace("\n" + new string(' ', 2 * depth));
}
