using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.BankFiles;

/// <summary>Reads the bank's XML without trusting it: no DTD, nothing from elsewhere, bounded. What is wrong is named with its line and field.</summary>
internal sealed class BankXml
{
    private const long MostCharacters = 60_000_000;

    private readonly Faults _faults;

    private BankXml(XElement root, Faults faults) => (Root, _faults) = (root, faults);

    public XElement Root { get; }

    /// <summary>For example <c>camt.053</c>, whatever its version.</summary>
    public string Form => string.Join('.', Root.Name.NamespaceName.Split(':')[^1].Split('.').Take(2));

    /// <summary>Null, and a fault, if it is not XML.</summary>
    public static BankXml? Read(byte[] content, Faults faults)
    {
        try
        {
            using var reader = ForeignXml.Open(content, MostCharacters);
            return new BankXml(XDocument.Load(reader, LoadOptions.SetLineInfo).Root!, faults);
        }
        catch (XmlException e)
        {
            faults.Add(
                string.Create(CultureInfo.InvariantCulture, $"line {Math.Max(1, e.LineNumber)}"), "xml.malformed",
                "The file is not well-formed XML, is cut off, or has a DTD, which no bank sends. Get it from the bank again.");
            return null;
        }
    }

    public void Fault(XElement at, string code, string detail) => _faults.Add(PlaceOf(at), code, detail);

    /// <summary>For example <c>line 42: BkToCstmrStmt/Stmt/Ntry/Amt</c>.</summary>
    public static string PlaceOf(XElement element) => string.Create(
        CultureInfo.InvariantCulture,
        $"line {((IXmlLineInfo)element).LineNumber}: {string.Join('/', element.AncestorsAndSelf().Reverse().Skip(1).Select(e => e.Name.LocalName))}");

    /// <summary>The amount in cents; null, and a fault, if it is none in euros.</summary>
    public long? Cents(XElement? amount, XElement parent, string name)
    {
        if (amount is null)
        {
            Fault(parent, "field.missing", $"{name} is missing.");
            return null;
        }

        if ((string?)amount.Attribute("Ccy") is not "EUR")
        {
            Fault(amount, "currency.foreign", "Only euros are booked. Have the bank convert the amount, or book it by hand.");
            return null;
        }

        if (!decimal.TryParse(amount.Value.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var euros)
            || euros != decimal.Round(euros, 2) || euros is < 0 or > 1_000_000_000)
        {
            Fault(amount, "amount.invalid", "An amount has digits, a point and at most two decimals, and is not negative.");
            return null;
        }

        return (long)(euros * 100);
    }

    public DateOnly? Day(XElement? date, XElement parent, string name)
    {
        var value = date?.Elements().FirstOrDefault()?.Value.Trim();
        if (value is { Length: >= 10 } && DateOnly.TryParseExact(value[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        Fault(date ?? parent, "date.invalid", $"{name} must be a date such as 2026-11-30.");
        return null;
    }
}

/// <summary>Elements by their local names: the versions of a message differ by namespace only.</summary>
internal static class BankElements
{
    public static XElement? The(this XElement? element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            element = element?.Elements().FirstOrDefault(e => e.Name.LocalName == name);
        }

        return element;
    }

    public static IEnumerable<XElement> All(this XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);

    public static string? Text(this XElement? element, params ReadOnlySpan<string> path) =>
        element.The(path)?.Value.Trim() is { Length: > 0 } text ? text : null;
}
