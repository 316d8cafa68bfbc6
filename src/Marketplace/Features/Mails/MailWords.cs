namespace Zweizeiler.Marketplace.Features.Mails;

/// <summary>Words of the pages about mails.</summary>
public sealed record MailWords
{
    private static readonly MailWords German = new()
    {
        Title = "E-Mails",
        Lead = "Jede E-Mail, die verschickt wird, mit erfundenen Angaben.",
        Mail = "E-Mail",
        Kind = "Art",
        SubjectGerman = "Betreff, deutsch",
        SubjectEnglish = "Betreff, englisch",
        NoKind = "immer",
        InGerman = "Auf Deutsch",
        InEnglish = "Auf Englisch",
        Form = "Form {0}",
        AsText = "Als Text",
        FrameTitle = "{0}: {1}",
        Away = "Die E-Mails lassen sich gerade nicht abrufen. Versuchen Sie es in einer Minute noch einmal.",
        Preferences = "E-Mail-Einstellungen",
        Kinds = new Dictionary<string, string>
        {
            ["delivery"] = "Lieferungen",
            ["question"] = "Rückfragen",
            ["promise"] = "Zugesagte Zeit",
            ["cancellation"] = "Stornierungen",
            ["complaint"] = "Reklamationen",
            ["payment"] = "Zahlungen",
            ["webhooks"] = "Webhooks",
            ["invoice"] = "Rechnungen",
            ["offer"] = "Angebote",
            ["claim"] = "Ablaufende Zeit",
            ["review"] = "Rückmeldungen",
            ["payout"] = "Auszahlungen",
            ["statement"] = "Abrechnungen",
            ["thanks"] = "Dank",
            ["security"] = "Sicherheit",
            ["digest"] = "Sammel-E-Mail",
        },
    };

    private static readonly MailWords English = new()
    {
        Title = "E-mails",
        Lead = "Every e-mail that is sent, with invented facts.",
        Mail = "E-mail",
        Kind = "Kind",
        SubjectGerman = "Subject, German",
        SubjectEnglish = "Subject, English",
        NoKind = "always",
        InGerman = "In German",
        InEnglish = "In English",
        Form = "Form {0}",
        AsText = "As text",
        FrameTitle = "{0}: {1}",
        Away = "The e-mails cannot be fetched just now. Try again in a minute.",
        Preferences = "E-mail settings",
        Kinds = new Dictionary<string, string>
        {
            ["delivery"] = "Deliveries",
            ["question"] = "Questions",
            ["promise"] = "Promised time",
            ["cancellation"] = "Cancellations",
            ["complaint"] = "Complaints",
            ["payment"] = "Payments",
            ["webhooks"] = "Webhooks",
            ["invoice"] = "Invoices",
            ["offer"] = "Offers",
            ["claim"] = "Time running out",
            ["review"] = "Reviews",
            ["payout"] = "Payouts",
            ["statement"] = "Statements",
            ["thanks"] = "Thanks",
            ["security"] = "Security",
            ["digest"] = "Digest",
        },
    };

    public required string Title { get; init; }

    public required string Lead { get; init; }

    public required string Mail { get; init; }

    public required string Kind { get; init; }

    public required string SubjectGerman { get; init; }

    public required string SubjectEnglish { get; init; }

    /// <summary>Of a mail that no preference stops.</summary>
    public required string NoKind { get; init; }

    public required string InGerman { get; init; }

    public required string InEnglish { get; init; }

    /// <summary>{0}: 1, 2, … of a mail that has several.</summary>
    public required string Form { get; init; }

    public required string AsText { get; init; }

    /// <summary>{0}: language, {1}: subject.</summary>
    public required string FrameTitle { get; init; }

    public required string Away { get; init; }

    public required string Preferences { get; init; }

    /// <summary>The kinds as they are called where one chooses what comes.</summary>
    public required IReadOnlyDictionary<string, string> Kinds { get; init; }

    public static MailWords Of(string locale) => locale == "en" ? English : German;
}
