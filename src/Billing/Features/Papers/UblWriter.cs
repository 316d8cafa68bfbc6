using System.Globalization;
using System.Text;
using System.Xml;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.Papers;

/// <summary>
/// Writes a paper in UBL 2.1: invoices and credit notes as XRechnung 3, self-billed invoices as plain EN 16931, since XRechnung wants a telephone number
/// of the seller, which translators need not give.
/// </summary>
internal static class UblWriter
{
    private const string Cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
    private const string Cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
    private const string Core = "urn:cen.eu:en16931:2017";
    private const string XRechnung = Core + "#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0";
    private const string Profile = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

    public static byte[] Write(TaxDocument paper)
    {
        using var stream = new MemoryStream();
        using (var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) }))
        {
            var root = paper.Kind == PaperKind.CreditNote ? "CreditNote" : "Invoice";
            xml.WriteStartElement(root, $"urn:oasis:names:specification:ubl:schema:xsd:{root}-2");
            xml.WriteAttributeString("xmlns", "cac", null, Cac);
            xml.WriteAttributeString("xmlns", "cbc", null, Cbc);
            Head(xml, paper);
            Supplier(xml, paper);
            Customer(xml, paper);
            Payment(xml, paper);
            Taxes(xml, paper);
            Totals(xml, paper.Sums);
            foreach (var line in paper.Lines)
            {
                Line(xml, paper.Kind, line);
            }

            xml.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Head(XmlWriter xml, TaxDocument paper)
    {
        var selfBilled = paper.Kind == PaperKind.SelfBilled;
        Text(xml, "CustomizationID", selfBilled ? Core : XRechnung);
        Text(xml, "ProfileID", Profile);
        Text(xml, "ID", paper.Number);
        Text(xml, "IssueDate", Date(paper.IssuedOn));
        if (paper.Kind == PaperKind.CreditNote)
        {
            Text(xml, "CreditNoteTypeCode", "381");
        }
        else
        {
            if (paper.DueOn is { } due)
            {
                Text(xml, "DueDate", Date(due));
            }

            Text(xml, "InvoiceTypeCode", selfBilled ? "389" : "380");
        }

        if (paper.Note is { } note)
        {
            Text(xml, "Note", note);
        }

        Text(xml, "DocumentCurrencyCode", "EUR");
        Text(xml, "BuyerReference", paper.Buyer.BuyerReference ?? paper.CustomerNumber);
        Open(xml, "InvoicePeriod");
        Text(xml, "StartDate", Date(paper.From));
        Text(xml, "EndDate", Date(paper.Until));
        xml.WriteEndElement();
        foreach (var number in paper.Corrects)
        {
            Open(xml, "BillingReference");
            Open(xml, "InvoiceDocumentReference");
            Text(xml, "ID", number);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }

    private static void Supplier(XmlWriter xml, TaxDocument paper)
    {
        Open(xml, "AccountingSupplierParty");
        Party(xml, paper.Seller, paper, isSeller: true);
        xml.WriteEndElement();
    }

    private static void Customer(XmlWriter xml, TaxDocument paper)
    {
        Open(xml, "AccountingCustomerParty");
        Party(xml, paper.Buyer, paper, isSeller: false);
        xml.WriteEndElement();
    }

    private static void Party(XmlWriter xml, Party party, TaxDocument paper, bool isSeller)
    {
        Open(xml, "Party");
        if (party.Email is { Length: > 0 } email)
        {
            Text(xml, "EndpointID", email, ("schemeID", "EM"));
        }

        Open(xml, "PartyIdentification");
        // The other party is known by the number that the platform keeps it under; the platform by its own entry in the register.
        Text(xml, "ID", isSeller == (paper.Kind == PaperKind.SelfBilled) ? paper.CustomerNumber : party.RegistrationId ?? party.Name);
        xml.WriteEndElement();
        Open(xml, "PostalAddress");
        Given(xml, "StreetName", party.Street);
        Given(xml, "CityName", party.City);
        Given(xml, "PostalZone", party.PostCode);
        Open(xml, "Country");
        Text(xml, "IdentificationCode", party.Country);
        xml.WriteEndElement();
        xml.WriteEndElement();
        // Outside the scope of tax no VAT id may stand on the paper, neither the seller's nor the buyer's (BR-O-02).
        var outside = paper.Sums.Taxes.Any(t => t.Category == TaxCategory.O);
        if (!outside)
        {
            TaxScheme(xml, party.VatId, "VAT");
        }

        if (isSeller)
        {
            TaxScheme(xml, party.TaxNumber, "FC");
        }

        Open(xml, "PartyLegalEntity");
        Text(xml, "RegistrationName", party.Name);
        Given(xml, "CompanyID", party.RegistrationId);
        xml.WriteEndElement();
        if (isSeller && party.Phone is { Length: > 0 })
        {
            Open(xml, "Contact");
            Text(xml, "Name", party.ContactName ?? party.Name);
            Text(xml, "Telephone", party.Phone);
            Given(xml, "ElectronicMail", party.Email);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void TaxScheme(XmlWriter xml, string? id, string scheme)
    {
        if (id is not { Length: > 0 })
        {
            return;
        }

        Open(xml, "PartyTaxScheme");
        Text(xml, "CompanyID", id);
        Open(xml, "TaxScheme");
        Text(xml, "ID", scheme);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Payment(XmlWriter xml, TaxDocument paper)
    {
        Open(xml, "PaymentMeans");
        if (paper.PayTo is { } target)
        {
            // SEPA credit transfer.
            Text(xml, "PaymentMeansCode", "58");
            Text(xml, "PaymentID", target.Reference);
            Open(xml, "PayeeFinancialAccount");
            Text(xml, "ID", target.Iban);
            Text(xml, "Name", target.Holder);
            if (target.Bic is { } bic)
            {
                Open(xml, "FinancialInstitutionBranch");
                Text(xml, "ID", bic);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }
        else
        {
            // Clearing between partners: from the balance, to the balance, or with the next payout.
            Text(xml, "PaymentMeansCode", "97");
        }

        xml.WriteEndElement();
        Open(xml, "PaymentTerms");
        Text(xml, "Note", PaperWords.Terms(paper));
        xml.WriteEndElement();
    }

    private static void Taxes(XmlWriter xml, TaxDocument paper)
    {
        Open(xml, "TaxTotal");
        Amount(xml, "TaxAmount", paper.Sums.TaxCents);
        foreach (var tax in paper.Sums.Taxes)
        {
            Open(xml, "TaxSubtotal");
            Amount(xml, "TaxableAmount", tax.NetCents);
            Amount(xml, "TaxAmount", tax.TaxCents);
            Open(xml, "TaxCategory");
            // XRechnung wants the rate in the breakdown always (BR-DE-14), EN 16931 forbids it on lines outside the scope.
            Category(xml, tax.Category, tax.Rate, withRate: true);
            if (PaperWords.Exemption(tax.Category, paper) is { } reason)
            {
                Given(xml, "TaxExemptionReasonCode", reason.Code);
                Text(xml, "TaxExemptionReason", reason.Text);
            }

            Vat(xml);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Totals(XmlWriter xml, PaperSums sums)
    {
        Open(xml, "LegalMonetaryTotal");
        Amount(xml, "LineExtensionAmount", sums.NetCents);
        Amount(xml, "TaxExclusiveAmount", sums.NetCents);
        Amount(xml, "TaxInclusiveAmount", sums.GrossCents);
        if (sums.PaidCents != 0)
        {
            Amount(xml, "PrepaidAmount", sums.PaidCents);
        }

        if (sums.RoundingCents != 0)
        {
            Amount(xml, "PayableRoundingAmount", sums.RoundingCents);
        }

        Amount(xml, "PayableAmount", sums.DueCents);
        xml.WriteEndElement();
    }

    /// <summary>One job is one unit; what was taken back is minus one.</summary>
    private static void Line(XmlWriter xml, PaperKind kind, PaperLine line)
    {
        var credit = kind == PaperKind.CreditNote;
        Open(xml, credit ? "CreditNoteLine" : "InvoiceLine");
        Text(xml, "ID", line.Id);
        Text(xml, credit ? "CreditedQuantity" : "InvoicedQuantity", line.NetCents < 0 ? "-1" : "1", ("unitCode", "C62"));
        Amount(xml, "LineExtensionAmount", line.NetCents);
        Given(xml, "AccountingCost", line.CostCentre);
        if (line.Reference is { Length: > 0 } reference)
        {
            Open(xml, "DocumentReference");
            Text(xml, "ID", reference);
            Text(xml, "DocumentTypeCode", "130");
            xml.WriteEndElement();
        }

        Open(xml, "Item");
        Text(xml, "Name", line.Description);
        Open(xml, "ClassifiedTaxCategory");
        Category(xml, line.Tax.Category, line.Tax.Rate, withRate: line.Tax.Category != TaxCategory.O);
        Vat(xml);
        xml.WriteEndElement();
        xml.WriteEndElement();
        Open(xml, "Price");
        Amount(xml, "PriceAmount", Math.Abs(line.NetCents));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Category(XmlWriter xml, TaxCategory category, decimal rate, bool withRate)
    {
        Text(xml, "ID", category.ToString());
        if (withRate)
        {
            Text(xml, "Percent", rate.ToString("0.00", CultureInfo.InvariantCulture));
        }
    }

    private static void Vat(XmlWriter xml)
    {
        Open(xml, "TaxScheme");
        Text(xml, "ID", "VAT");
        xml.WriteEndElement();
    }

    private static void Open(XmlWriter xml, string name) => xml.WriteStartElement("cac", name, Cac);

    private static void Given(XmlWriter xml, string name, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            Text(xml, name, text);
        }
    }

    private static void Text(XmlWriter xml, string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement("cbc", name, Cbc);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }

        xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    private static void Amount(XmlWriter xml, string name, long cents) =>
        Text(xml, name, (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture), ("currencyID", "EUR"));

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What XML cannot carry (a merchant's reference can be any text) becomes U+FFFD, and stays visible as such.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                clean.Append(text[i] is '\r' or '\n' or '\t' ? ' ' : text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else
            {
                clean.Append('\uFFFD');
            }
        }

        return clean.ToString().Trim();
    }
}
