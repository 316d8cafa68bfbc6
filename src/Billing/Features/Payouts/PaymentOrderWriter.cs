using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Zweizeiler.Billing.Domain;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.Payouts;

/// <summary>One transfer of a payment order.</summary>
internal sealed record TransferOrder(
    string EndToEndId, long Cents, string Holder, string Street, string PostCode, string City, string Country, string Iban, string? Bic, string Text);

/// <summary>Writes a payment order: ISO 20022 <c>pain.001.001.09</c>, SEPA credit transfers with structured addresses.</summary>
internal static partial class PaymentOrderWriter
{
    private const string Namespace = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
    private const int LongestName = 70;
    private const int LongestText = 140;

    public static byte[] Write(string messageId, IReadOnlyList<TransferOrder> orders, Seller from, DateTimeOffset now)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("Document", Namespace);
            xml.WriteStartElement("CstmrCdtTrfInitn");
            xml.WriteStartElement("GrpHdr");
            xml.WriteElementString("MsgId", messageId);
            xml.WriteElementString("CreDtTm", now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            Sums(xml, orders);
            xml.WriteStartElement("InitgPty");
            xml.WriteElementString("Nm", BankText(from.Name, LongestName));
            xml.WriteEndElement();
            xml.WriteEndElement();
            Debit(xml, messageId, orders, from, now);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Debit(XmlWriter xml, string messageId, IReadOnlyList<TransferOrder> orders, Seller from, DateTimeOffset now)
    {
        xml.WriteStartElement("PmtInf");
        xml.WriteElementString("PmtInfId", messageId);
        xml.WriteElementString("PmtMtd", "TRF");
        xml.WriteElementString("BtchBookg", "true");
        Sums(xml, orders);
        xml.WriteStartElement("PmtTpInf");
        xml.WriteStartElement("SvcLvl");
        xml.WriteElementString("Cd", "SEPA");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("ReqdExctnDt");
        xml.WriteElementString("Dt", InvoiceMonth.Day(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        Party(xml, "Dbtr", from.Name, from.Street, from.PostCode, from.City, from.Country);
        Account(xml, "DbtrAcct", Iban.Normalise(from.Iban));
        Bank(xml, "DbtrAgt", from.Bic);
        xml.WriteElementString("ChrgBr", "SLEV");
        foreach (var order in orders)
        {
            Transfer(xml, order);
        }

        xml.WriteEndElement();
    }

    private static void Transfer(XmlWriter xml, TransferOrder order)
    {
        xml.WriteStartElement("CdtTrfTxInf");
        xml.WriteStartElement("PmtId");
        xml.WriteElementString("EndToEndId", order.EndToEndId);
        xml.WriteEndElement();
        xml.WriteStartElement("Amt");
        xml.WriteStartElement("InstdAmt");
        xml.WriteAttributeString("Ccy", "EUR");
        xml.WriteString(Euro(order.Cents));
        xml.WriteEndElement();
        xml.WriteEndElement();
        if (order.Bic is { } bic)
        {
            Bank(xml, "CdtrAgt", bic);
        }

        Party(xml, "Cdtr", order.Holder, order.Street, order.PostCode, order.City, order.Country);
        Account(xml, "CdtrAcct", order.Iban);
        xml.WriteStartElement("RmtInf");
        xml.WriteElementString("Ustrd", BankText(order.Text, LongestText));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Sums(XmlWriter xml, IReadOnlyList<TransferOrder> orders)
    {
        xml.WriteElementString("NbOfTxs", orders.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("CtrlSum", Euro(orders.Sum(o => o.Cents)));
    }

    private static void Party(XmlWriter xml, string role, string name, string street, string postCode, string city, string country)
    {
        xml.WriteStartElement(role);
        xml.WriteElementString("Nm", BankText(name, LongestName));
        xml.WriteStartElement("PstlAdr");
        // Street and number apart, as addresses are given from November 2026 on.
        var parts = StreetAndNumber().Match(street.Trim());
        xml.WriteElementString("StrtNm", BankText(parts.Success ? parts.Groups[1].Value : street, LongestName));
        if (parts.Success)
        {
            xml.WriteElementString("BldgNb", BankText(parts.Groups[2].Value, 16));
        }

        xml.WriteElementString("PstCd", BankText(postCode, 16));
        xml.WriteElementString("TwnNm", BankText(city, 35));
        xml.WriteElementString("Ctry", country);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Account(XmlWriter xml, string role, string iban)
    {
        xml.WriteStartElement(role);
        xml.WriteStartElement("Id");
        xml.WriteElementString("IBAN", iban);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Bank(XmlWriter xml, string role, string bic)
    {
        xml.WriteStartElement(role);
        xml.WriteStartElement("FinInstnId");
        xml.WriteElementString("BICFI", bic);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string Euro(long cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>What every bank takes (EPC 217-08): Latin letters without marks, digits and a few signs; a dot for what has no such form.</summary>
    internal static string BankText(string text, int longest)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            plain.Append(c switch
            {
                'ä' => "ae",
                'ö' => "oe",
                'ü' => "ue",
                'Ä' => "Ae",
                'Ö' => "Oe",
                'Ü' => "Ue",
                'ß' => "ss",
                'æ' => "ae",
                'Æ' => "AE",
                'ø' => "o",
                'Ø' => "O",
                'ł' => "l",
                'Ł' => "L",
                'đ' => "d",
                'Đ' => "D",
                'œ' => "oe",
                'Œ' => "OE",
                'ı' => "i",
                '&' => "+",
                '–' or '—' => "-",
                '’' or '‘' => "'",
                _ => c.ToString(),
            });
        }

        var kept = new StringBuilder(plain.Length);
        foreach (var c in plain.ToString().Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c) || "/-?:().,'+ ".Contains(c, StringComparison.Ordinal))
            {
                kept.Append(c);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && !char.IsLowSurrogate(c))
            {
                kept.Append('.');
            }
        }

        return kept.Length <= longest ? kept.ToString() : kept.ToString(0, longest).TrimEnd();
    }

    [GeneratedRegex(@"^(.*\D)\s+(\d+\s?[A-Za-z]?(?:\s?[-/]\s?\d+\s?[A-Za-z]?)?)$")]
    private static partial Regex StreetAndNumber();
}
