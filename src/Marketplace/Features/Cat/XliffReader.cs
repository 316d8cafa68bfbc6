using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Marketplace.Features.Cat;

/// <summary>
/// Reads a translation back from XLIFF 2. A file is taken whole or not at all: it must be that of the job, in its languages, with its sources as they
/// are. How a tool has cut or joined the sentences does not matter.
/// </summary>
public sealed class XliffReader
{
    /// <summary>A job's text has 10,000 characters at most; with tags, notes and a translation that is less than this.</summary>
    public const int MostBytes = 200 * 1024;

    private const int MostFindings = 20;
    private const int MostDeep = 32;

    private static readonly XNamespace Ns = Xliff.Namespace;

    private readonly List<CatFinding> _findings = [];
    private int _sentences;
    private int _missing;

    private XliffReader()
    {
    }

    /// <param name="file">What was uploaded.</param>
    /// <param name="job">The job's public id.</param>
    /// <param name="pair">Its languages.</param>
    /// <param name="text">What is to be translated.</param>
    /// <param name="longest">The most characters that a translation may have.</param>
    public static CatRead Read(byte[] file, string job, (string Source, string Target) pair, string text, int longest)
    {
        if (file.Length == 0)
        {
            return CatRead.Refused(new CatFinding(CatFinding.NoFile, null, "file"));
        }

        return file.Length > MostBytes
            ? CatRead.Refused(new CatFinding(CatFinding.TooLarge, null, "file", (MostBytes / 1024).ToString(CultureInfo.InvariantCulture)))
            : new XliffReader().Read(file, job, pair, CatUnits.Of(text), text, longest);
    }

    private CatRead Read(byte[] file, string job, (string Source, string Target) pair, IReadOnlyList<CatUnit> units, string text, int longest)
    {
        if (Parse(file) is not { } root || !IsForJob(root, job, pair))
        {
            return CatRead.Refused(_findings);
        }

        var byUnit = UnitsOf(root, units);
        var translated = CatUnits.Join(text, byUnit);
        if (_findings.Count == 0 && _missing == _sentences)
        {
            Find(CatFinding.NothingTranslated, root, "target");
        }
        else if (translated.Length > longest)
        {
            Find(CatFinding.TooLong, root, "target", longest.ToString(CultureInfo.InvariantCulture));
        }

        return _findings.Count > 0 ? CatRead.Refused([.. _findings.OrderBy(f => f.Line).Take(MostFindings)]) : new CatRead(translated, _sentences, _missing, []);
    }

    private XElement? Parse(byte[] file)
    {
        try
        {
            // How deep it is must be known before anything walks into it.
            using (var look = ForeignXml.Open(file, MostBytes))
            {
                while (look.Read())
                {
                    if (look.Depth > MostDeep)
                    {
                        _findings.Add(new CatFinding(CatFinding.TooDeep, ((IXmlLineInfo)look).LineNumber, look.LocalName, MostDeep.ToString(CultureInfo.InvariantCulture)));
                        return null;
                    }
                }
            }

            using var reader = ForeignXml.Open(file, MostBytes);
            return XDocument.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace).Root;
        }
        catch (XmlException e)
        {
            // In our words: the exception's own may quote the text.
            _findings.Add(new CatFinding(CatFinding.Malformed, Math.Max(e.LineNumber, 1), "xml"));
            return null;
        }
    }

    private bool IsForJob(XElement root, string job, (string Source, string Target) pair)
    {
        if (root.Name.LocalName == "xliff" && root.Name.Namespace != Ns)
        {
            // What a tool writes that knows the older versions only.
            Find(CatFinding.Version, root, "xliff/@version", (string?)root.Attribute("version") ?? "");
            return false;
        }

        if (root.Name != Ns + "xliff")
        {
            Find(CatFinding.NotXliff, root, root.Name.LocalName);
            return false;
        }

        if ((string?)root.Attribute("version") is not ("2.0" or "2.1" or "2.2"))
        {
            Find(CatFinding.Version, root, "xliff/@version", (string?)root.Attribute("version") ?? "");
        }

        foreach (var (name, language) in new[] { ("srcLang", pair.Source), ("trgLang", pair.Target) })
        {
            if (!IsLanguage((string?)root.Attribute(name), language))
            {
                Find(CatFinding.Language, root, $"xliff/@{name}", language);
            }
        }

        var files = root.Elements(Ns + "file").ToList();
        foreach (var file in files.Where(f => (string?)f.Attribute("id") != job))
        {
            Find(CatFinding.OtherJob, file, "file/@id", job);
        }

        if (files.Count != 1 && _findings.Count == 0)
        {
            Find(CatFinding.OtherJob, files.Count == 0 ? root : files[1], "file", job);
        }

        return _findings.Count == 0;
    }

    /// <summary>With or without a region.</summary>
    private static bool IsLanguage(string? given, string language) =>
        given is not null && (given.Equals(language, StringComparison.OrdinalIgnoreCase) || given.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase));

    private Dictionary<string, string> UnitsOf(XElement root, IReadOnlyList<CatUnit> units)
    {
        var expected = units.ToDictionary(u => u.Id);
        var found = new Dictionary<string, string>();
        foreach (var element in root.Descendants(Ns + "unit"))
        {
            var id = (string?)element.Attribute("id") ?? "";
            if (!expected.TryGetValue(id, out var unit))
            {
                Find(CatFinding.UnitUnknown, element, "unit/@id", id);
            }
            else if (!found.TryAdd(id, ""))
            {
                Find(CatFinding.UnitTwice, element, "unit/@id", id);
            }
            else if (TranslationOf(element, unit) is { } translation)
            {
                found[id] = translation;
            }
        }

        foreach (var missing in units.Where(u => !found.ContainsKey(u.Id)))
        {
            Find(CatFinding.UnitMissing, root.Element(Ns + "file")!, "unit", missing.Id);
        }

        return found;
    }

    private string? TranslationOf(XElement element, CatUnit unit)
    {
        var codes = unit.Codes.ToDictionary(c => c.Id, c => c.Placeholder);
        var parts = element.Elements().Where(e => e.Name == Ns + "segment" || e.Name == Ns + "ignorable").ToList();
        var source = string.Concat(parts.Select(p => p.Element(Ns + "source")).Select(s => s is null ? "" : TextOf(s, codes)));
        if (source.Normalize() != unit.Line)
        {
            Find(CatFinding.SourceChanged, parts.Count > 0 ? parts[0] : element, "source", unit.Id);
            return null;
        }

        // A tool may say that the translations stand in another order than the sources.
        var places = new string?[parts.Count];
        for (var i = 0; i < parts.Count; i++)
        {
            var target = parts[i].Element(Ns + "target");
            var translation = target is null ? null : TextOf(target, codes);
            if (parts[i].Name == Ns + "segment")
            {
                _sentences++;
                _missing += string.IsNullOrWhiteSpace(translation) ? 1 : 0;
            }

            var order = (string?)target?.Attribute("order");
            var place = order is null ? i : int.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given - 1 : -1;
            if (place < 0 || place >= parts.Count || places[place] is not null)
            {
                Find(CatFinding.OrderWrong, target!, "target/@order", order ?? "");
                return null;
            }

            places[place] = translation ?? (parts[i].Name == Ns + "ignorable" ? TextOf(parts[i].Element(Ns + "source")!, codes) : "");
        }

        return string.Concat(places).ReplaceLineEndings(" ").Trim();
    }

    /// <summary>The words of a source or target: codes stand for what they stand for in the job, annotations for what they annotate.</summary>
    private string TextOf(XElement content, Dictionary<string, string> codes)
    {
        var text = new StringBuilder();
        Append(content);
        return text.ToString();

        void Append(XElement within)
        {
            foreach (var node in within.Nodes())
            {
                switch (node)
                {
                    case XText words:
                        text.Append(words.Value);
                        break;
                    case XElement { Name.LocalName: "ph" } code when code.Name.Namespace == Ns:
                        if (codes.TryGetValue((string?)code.Attribute("copyOf") ?? (string?)code.Attribute("id") ?? "", out var placeholder))
                        {
                            text.Append(placeholder);
                        }
                        else
                        {
                            Find(CatFinding.CodeUnknown, code, "ph/@id", (string?)code.Attribute("id") ?? "");
                        }

                        break;
                    case XElement { Name.LocalName: "cp" } character when character.Name.Namespace == Ns:
                        text.Append(CharacterOf(character));
                        break;
                    case XElement { Name.LocalName: "mrk" } marked when marked.Name.Namespace == Ns:
                        Append(marked);
                        break;
                    case XElement { Name.LocalName: "sm" or "em" } mark when mark.Name.Namespace == Ns:
                        break;
                    case XElement other:
                        Find(CatFinding.CodeUnknown, other, other.Name.LocalName, (string?)other.Attribute("id") ?? "");
                        break;
                }
            }
        }
    }

    private string CharacterOf(XElement character)
    {
        var hex = (string?)character.Attribute("hex");
        if (int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) && Rune.IsValid(number) && number > 0)
        {
            return new Rune(number).ToString();
        }

        Find(CatFinding.CodeUnknown, character, "cp/@hex", hex ?? "");
        return "";
    }

    private void Find(string code, XElement at, string field, string detail = "")
    {
        if (_findings.Count < MostFindings)
        {
            _findings.Add(new CatFinding(code, ((IXmlLineInfo)at).LineNumber, field, detail.Length > 100 ? detail[..100] : detail));
        }
    }
}
