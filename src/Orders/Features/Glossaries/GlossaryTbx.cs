using System.Text;
using System.Xml;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Glossaries;

/// <summary>
/// Glossaries as TBX (ISO 30042:2019), dialect TBX-Basic: written in DCT style (<see cref="Tbx"/>), read in DCT and DCA style (data categories as
/// attributes). A concept's terms in the source language are each paired with its terms in the target language.
/// </summary>
internal static class GlossaryTbx
{
    private const int Depth = 32;
    private const long MostCharacters = 4_000_000;

    public static List<RawTerm> Read(byte[] xml, string source, string target, Faults faults)
    {
        var terms = new List<RawTerm>();
        try
        {
            using var reader = ForeignXml.Open(xml, MostCharacters);
            ReadAll(reader, source, target, terms, faults);
        }
        catch (XmlException e)
        {
            // In our words: the exception's own may quote the text, and say what only a parser understands.
            faults.Add($"/lines/{Math.Max(e.LineNumber, 1)}", "tbx.malformed", "From here on it cannot be read as XML. It must be well-formed, in the encoding that it names, without a document type.");
        }

        return faults.Any ? [] : terms;
    }

    public static string Write(Glossary glossary, IEnumerable<GlossaryTerm> terms) => Tbx.Write(glossary.Name, glossary.Source, glossary.Target, terms);

    private static void ReadAll(XmlReader reader, string source, string target, List<RawTerm> terms, Faults faults)
    {
        reader.MoveToContent();
        if (reader.LocalName != "tbx" || reader.NamespaceURI != Tbx.Namespace)
        {
            faults.Add($"/lines/{Line(reader)}", "tbx.root", $"The outermost element must be <tbx> in the namespace {Tbx.Namespace}: TBX of ISO 30042:2019.");
            return;
        }

        Entry? entry = null;
        while (reader.Read())
        {
            if (reader.Depth > Depth)
            {
                faults.Add($"/lines/{Line(reader)}", "tbx.depth", $"Elements may lie {Depth} deep at most.");
                return;
            }

            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "conceptEntry")
            {
                entry = new Entry(Line(reader));
            }
            else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "conceptEntry")
            {
                entry?.AddTo(terms, source, target, faults);
                entry = null;
            }
            else
            {
                entry?.Take(reader);
            }
        }
    }

    private static int Line(XmlReader reader) => ((IXmlLineInfo)reader).LineNumber;

    /// <summary>A concept while it is read: what is open, and what was found in its languages.</summary>
    private sealed class Entry(int line)
    {
        private readonly List<Found> _found = [];
        private readonly StringBuilder _text = new();
        private string? _note;
        private string _language = "";
        private string? _languageNote;
        private string? _reading;
        private int _readingDepth;
        private bool _inTerm;

        public void Take(XmlReader reader)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Begin(reader);
                    break;
                case XmlNodeType.EndElement when _reading is not null && reader.Depth == _readingDepth:
                    End();
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "termSec":
                    _inTerm = false;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when _reading is not null:
                    _text.Append(reader.Value);
                    break;
            }
        }

        public void AddTo(List<RawTerm> terms, string source, string target, Faults faults)
        {
            var (sources, targets) = (In(source), In(target));
            foreach (var (language, found) in new[] { (source, sources), (target, targets) })
            {
                if (found.Count == 0)
                {
                    faults.Add($"/lines/{line}", "tbx.language_missing", $"The concept has no term in '{language}'. A glossary has terms of one pair; leave out concepts of others.");
                }
            }

            terms.AddRange(sources.SelectMany(s => targets.Select(t => new RawTerm(
                $"/lines/{t.Line}", s.Term, t.Term, t.Note ?? t.LanguageNote ?? _note, t.Forbidden))));
        }

        private List<Found> In(string language) => [.. _found.Where(f =>
            f.Language.Equals(language, StringComparison.OrdinalIgnoreCase) || f.Language.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase))];

        private void Begin(XmlReader reader)
        {
            // What marks up a part of a term or note (hi, foreign) belongs to it.
            if (_reading is not null)
            {
                return;
            }

            switch (reader.LocalName)
            {
                case "langSec":
                    _language = reader.GetAttribute("lang", XmlReserved) ?? "";
                    _languageNote = null;
                    break;
                case "termSec":
                    _inTerm = true;
                    _found.Add(new Found(Line(reader), _language) { LanguageNote = _languageNote });
                    break;
                case "term" or "note" or "administrativeStatus" when !reader.IsEmptyElement:
                    Open(reader.LocalName, reader.Depth);
                    break;
                case "termNote" when !reader.IsEmptyElement && reader.GetAttribute("type") == "administrativeStatus":
                    Open("administrativeStatus", reader.Depth);
                    break;
            }
        }

        private void Open(string what, int depth)
        {
            (_reading, _readingDepth) = (what, depth);
            _text.Clear();
        }

        private void End()
        {
            var text = _text.ToString();
            switch (_reading)
            {
                case "term" when _inTerm:
                    _found[^1].Term = text;
                    break;
                case "administrativeStatus" when _inTerm:
                    _found[^1].Forbidden = text.Trim() is Tbx.Deprecated or "supersededTerm-admn-sts";
                    break;
                case "note" when _inTerm:
                    _found[^1].Note = text;
                    break;
                case "note" when _language.Length > 0:
                    _languageNote = text;
                    break;
                case "note":
                    _note = text;
                    break;
            }

            _reading = null;
        }

        private const string XmlReserved = "http://www.w3.org/XML/1998/namespace";
    }

    private sealed class Found(int line, string language)
    {
        public int Line { get; } = line;

        public string Language { get; } = language;

        public string? LanguageNote { get; init; }

        public string? Term { get; set; }

        public string? Note { get; set; }

        public bool Forbidden { get; set; }
    }
}
