namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>The words of the pages about money.</summary>
public sealed record MoneyWords
{
    public required string Title { get; init; }
    public required string Lead { get; init; }
    public required string Away { get; init; }
    public required string Done { get; init; }
    public required string Unmatched { get; init; }
    public required string NoneUnmatched { get; init; }
    public required string Amount { get; init; }
    public required string Booked { get; init; }
    public required string Payer { get; init; }
    public required string WhatTheyWrote { get; init; }
    public required string Why { get; init; }
    public required string CustomerNumber { get; init; }
    public required string InvoiceNumber { get; init; }
    public required string Reason { get; init; }
    public required string Assign { get; init; }
    public required string BankFile { get; init; }
    public required string BankFileHint { get; init; }
    public required string Import { get; init; }
    public required string Months { get; init; }
    public required string Month { get; init; }
    public required string MonthState { get; init; }
    public required string Run { get; init; }
    public required string Blocked { get; init; }
    public required string Merchants { get; init; }
    public required string Name { get; init; }
    public required string Balance { get; init; }
    public required string Reserved { get; init; }
    public required string Limit { get; init; }
    public required string LimitCents { get; init; }
    public required string SetLimit { get; init; }
    public required string Open { get; init; }
    public required string Translators { get; init; }
    public required string Owed { get; init; }
    public required string CanBePaid { get; init; }
    public required string Yes { get; init; }
    public required string Payouts { get; init; }
    public required string NonePayouts { get; init; }
    public required string Account { get; init; }
    public required string State { get; init; }
    public required string Sent { get; init; }
    public required string Order { get; init; }
    public required string PapersTitle { get; init; }
    public required string PapersOwed { get; init; }
    public required string Statements { get; init; }
    public required string NoneStatements { get; init; }
    public required string Details { get; init; }
    public required string DetailsMissing { get; init; }
    public required string DetailsThere { get; init; }
    public required string DetailsWrong { get; init; }
    public required string AccountRefused { get; init; }
    public required string LegalName { get; init; }
    public required string Street { get; init; }
    public required string PostCode { get; init; }
    public required string City { get; init; }
    public required string Country { get; init; }
    public required string Scheme { get; init; }
    public required string TaxNumber { get; init; }
    public required string VatId { get; init; }
    public required string AccountHolder { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }
    public required string ToPapers { get; init; }
    public required string ToMoney { get; init; }
    public required IReadOnlyDictionary<string, string> Schemes { get; init; }
    public required IReadOnlyDictionary<string, string> States { get; init; }
    public required IReadOnlyDictionary<string, string> Findings { get; init; }

    public static MoneyWords For(string locale) => locale == "en" ? English : German;

    /// <summary>A finding in words, or its code if there are none for it.</summary>
    public string Finding(string code) => Findings.GetValueOrDefault(code, code);

    private static MoneyWords German { get; } = new()
    {
        Title = "Geld",
        Lead = "Was ein Mensch ansehen muss, steht oben. Gebucht wird nur durch Gegenbuchung, immer mit Grund.",
        Away = "Die Abrechnung antwortet gerade nicht. Bitte versuchen Sie es in einer Minute wieder.",
        Done = "Erledigt.",
        Unmatched = "Zahlungen ohne Empfänger",
        NoneUnmatched = "Alle Zahlungen sind zugeordnet.",
        Amount = "Betrag",
        Booked = "Gebucht am",
        Payer = "Von",
        WhatTheyWrote = "Verwendungszweck",
        Why = "Warum offen",
        CustomerNumber = "Kundennummer",
        InvoiceNumber = "oder Rechnungsnummer",
        Reason = "Grund",
        Assign = "Zuordnen",
        BankFile = "Datei der Bank",
        BankFileHint = "Kontoauszug (camt.053), Umsatzanzeige (camt.054) oder Statusbericht (pain.002). Dieselbe Datei noch einmal ändert nichts.",
        Import = "Einlesen",
        Months = "Monate",
        Month = "Monat",
        MonthState = "{0} ausgestellt, {1} in Arbeit, {2} storniert",
        Run = "Jetzt abrechnen",
        Blocked = "Wartet, weil etwas fehlt",
        Merchants = "Guthaben der Kunden",
        Name = "Name",
        Balance = "Guthaben",
        Reserved = "Reserviert",
        Limit = "Kreditrahmen",
        LimitCents = "Rahmen in Cent",
        SetLimit = "Rahmen setzen",
        Open = "Offene Rechnungen",
        Translators = "Geschuldet an Übersetzerinnen und Übersetzer",
        Owed = "Geschuldet",
        CanBePaid = "Auszahlbar",
        Yes = "ja",
        Payouts = "Auszahlungen",
        NonePayouts = "Noch keine Auszahlung. Ausgezahlt wird freitags, ab 5 €.",
        Account = "Konto",
        State = "Stand",
        Sent = "Beauftragt",
        Order = "Auftrag für die Bank",
        PapersTitle = "Abrechnungen",
        PapersOwed = "{0} stehen Ihnen zu. Ausgezahlt wird freitags, ab 5 €.",
        Statements = "Gutschriften",
        NoneStatements = "Noch keine. Die erste kommt am Ersten des Monats nach Ihrem ersten Auftrag.",
        Details = "Steuer und Konto",
        DetailsMissing = "Ohne diese Angaben können wir weder abrechnen noch auszahlen.",
        DetailsThere = "Ihre Angaben liegen verschlüsselt in der Abrechnung; hier zeigen wir sie nicht. Geben Sie sie neu ein, wenn sich etwas geändert hat.",
        DetailsWrong = "Bitte berichtigen Sie:",
        AccountRefused = "Die letzte Auszahlung kam zurück. Bitte geben Sie Ihr Konto neu ein.",
        LegalName = "Name oder Firma",
        Street = "Straße und Hausnummer",
        PostCode = "Postleitzahl",
        City = "Ort",
        Country = "Land (zwei Buchstaben, z. B. DE)",
        Scheme = "Umsatzsteuer",
        TaxNumber = "Steuernummer",
        VatId = "USt-IdNr. (falls vorhanden)",
        AccountHolder = "Kontoinhaberin oder Kontoinhaber",
        Save = "Speichern",
        Saved = "Gespeichert. Die nächste Abrechnung und Auszahlung folgt diesen Angaben.",
        ToPapers = "Gutschriften, Auszahlungen, Steuer und Konto",
        ToMoney = "Geld: Zahlungen, Monate, Auszahlungen",
        Schemes = new Dictionary<string, string>
        {
            ["small_business"] = "Kleinunternehmer nach § 19 UStG",
            ["standard"] = "Umsatzsteuerpflichtig in Deutschland",
            ["reverse_charge"] = "Sitz außerhalb Deutschlands (Steuerschuld beim Empfänger)",
        },
        States = new Dictionary<string, string> { ["sent"] = "beauftragt", ["paid"] = "ausgezahlt", ["returned"] = "zurückgekommen" },
        Findings = new Dictionary<string, string>
        {
            ["amount.differs"] = "Betrag weicht von der Rechnung ab",
            ["reference.missing"] = "keine Referenz",
            ["reference.unknown"] = "Referenz unbekannt",
            ["reference.several"] = "mehrere Referenzen",
            ["invoice.settled"] = "Rechnung schon bezahlt",
            ["invoice.cancelled"] = "Rechnung storniert",
            ["return.unknown"] = "Rückläufer ohne passende Auszahlung",
            ["address.missing"] = "Anschrift fehlt",
            ["vat_id.invalid"] = "USt-IdNr. stimmt nicht",
            ["details.missing"] = "Steuerangaben fehlen",
            ["merchant.unknown"] = "Kunde noch nicht bekannt",
            ["legal_name.missing"] = "Der Name fehlt.",
            ["street.missing"] = "Straße und Hausnummer fehlen.",
            ["post_code.missing"] = "Die Postleitzahl fehlt.",
            ["city.missing"] = "Der Ort fehlt.",
            ["country.invalid"] = "Das Land hat zwei Großbuchstaben, zum Beispiel DE.",
            ["account_holder.missing"] = "Die Kontoinhaberin oder der Kontoinhaber fehlt.",
            ["iban.invalid"] = "Die IBAN stimmt nicht: Ein Zeichen ist falsch, fehlt oder ist zu viel.",
            ["bic.missing"] = "Für dieses Land brauchen wir auch den BIC.",
            ["bic.invalid"] = "Der BIC hat 8 oder 11 Zeichen.",
            ["tax_number.missing"] = "Bitte geben Sie eine Steuernummer oder USt-IdNr. an.",
            ["scheme.country"] = "Die Umsatzsteuer passt nicht zum Land.",
            ["scheme.unknown"] = "Bitte wählen Sie, wie Ihre Umsätze besteuert werden.",
            ["details.unreadable"] = "Bitte geben Sie alles noch einmal ein.",
        },
    };

    private static MoneyWords English { get; } = new()
    {
        Title = "Money",
        Lead = "What needs a person is on top. Only counter-entries change the books, always with a reason.",
        Away = "Billing does not answer just now. Please try again in a minute.",
        Done = "Done.",
        Unmatched = "Payments that name nobody",
        NoneUnmatched = "All payments have found their owner.",
        Amount = "Amount",
        Booked = "Booked on",
        Payer = "From",
        WhatTheyWrote = "What they wrote",
        Why = "Why it is open",
        CustomerNumber = "Customer number",
        InvoiceNumber = "or invoice number",
        Reason = "Reason",
        Assign = "Assign",
        BankFile = "The bank's file",
        BankFileHint = "Statement (camt.053), notice (camt.054) or status report (pain.002). The same file again changes nothing.",
        Import = "Import",
        Months = "Months",
        Month = "Month",
        MonthState = "{0} issued, {1} under way, {2} voided",
        Run = "Run now",
        Blocked = "Waits because something is missing",
        Merchants = "Merchants' balances",
        Name = "Name",
        Balance = "Balance",
        Reserved = "Reserved",
        Limit = "Credit limit",
        LimitCents = "Limit in cents",
        SetLimit = "Set the limit",
        Open = "Open invoices",
        Translators = "Owed to translators",
        Owed = "Owed",
        CanBePaid = "Can be paid",
        Yes = "yes",
        Payouts = "Payouts",
        NonePayouts = "No payout yet. We pay on Fridays, from 5 € on.",
        Account = "Account",
        State = "State",
        Sent = "Ordered",
        Order = "Order for the bank",
        PapersTitle = "Statements",
        PapersOwed = "You are owed {0}. We pay on Fridays, from 5 € on.",
        Statements = "Self-billed invoices",
        NoneStatements = "None yet. The first comes on the first of the month after your first job.",
        Details = "Tax and account",
        DetailsMissing = "Without these we can neither invoice nor pay.",
        DetailsThere = "Your details are kept encrypted in billing; we do not show them here. Enter them anew if something has changed.",
        DetailsWrong = "Please correct:",
        AccountRefused = "The last payout came back. Please enter your account anew.",
        LegalName = "Name or company",
        Street = "Street and number",
        PostCode = "Post code",
        City = "Town",
        Country = "Country (two letters, e.g. DE)",
        Scheme = "Value added tax",
        TaxNumber = "Tax number",
        VatId = "VAT id (if you have one)",
        AccountHolder = "Account holder",
        Save = "Save",
        Saved = "Saved. The next statement and payout follow these details.",
        ToPapers = "Statements, payouts, tax and account",
        ToMoney = "Money: payments, months, payouts",
        Schemes = new Dictionary<string, string>
        {
            ["small_business"] = "Small business in Germany (§ 19 UStG)",
            ["standard"] = "Charging VAT in Germany",
            ["reverse_charge"] = "Established outside Germany (reverse charge)",
        },
        States = new Dictionary<string, string> { ["sent"] = "ordered", ["paid"] = "paid", ["returned"] = "came back" },
        Findings = new Dictionary<string, string>
        {
            ["amount.differs"] = "amount differs from the invoice",
            ["reference.missing"] = "no reference",
            ["reference.unknown"] = "unknown reference",
            ["reference.several"] = "several references",
            ["invoice.settled"] = "invoice paid already",
            ["invoice.cancelled"] = "invoice cancelled",
            ["return.unknown"] = "return of no payout of ours",
            ["address.missing"] = "address missing",
            ["vat_id.invalid"] = "VAT id is wrong",
            ["details.missing"] = "tax details missing",
            ["merchant.unknown"] = "merchant not known yet",
            ["legal_name.missing"] = "The name is missing.",
            ["street.missing"] = "Street and number are missing.",
            ["post_code.missing"] = "The post code is missing.",
            ["city.missing"] = "The town is missing.",
            ["country.invalid"] = "A country has two capital letters, for example DE.",
            ["account_holder.missing"] = "The account holder is missing.",
            ["iban.invalid"] = "The IBAN is not right: a character is wrong, missing or too many.",
            ["bic.missing"] = "For this country we need the BIC too.",
            ["bic.invalid"] = "A BIC has 8 or 11 characters.",
            ["tax_number.missing"] = "Please give a tax number or a VAT id.",
            ["scheme.country"] = "The kind of tax does not fit the country.",
            ["scheme.unknown"] = "Please choose how you are taxed.",
            ["details.unreadable"] = "Please enter everything again.",
        },
    };
}
