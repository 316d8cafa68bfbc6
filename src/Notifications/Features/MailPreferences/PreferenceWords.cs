namespace Zweizeiler.Notifications.Features.MailPreferences;

/// <summary>The words of the pages about mails.</summary>
internal sealed record PreferenceWords(
    string Title, string Lead, string On, string Off, string Digest, string Always, string Quiet, string QuietLead, string From, string To, string DigestAt, string Zone,
    string Save, string Saved, string Bounced, string TryAgain, string StopTitle, string Stop, string Stopped, string All, string Invalid, string InvalidLead, string Time,
    string Changed, string ToPortal, IReadOnlyDictionary<string, (string Name, string What)> Kinds)
{
    public static PreferenceWords Of(string? locale) => locale == "de" ? German : English;

    private static readonly PreferenceWords German = new(
        "Ihre E-Mails", "Was wir Ihnen schreiben, bestimmen Sie.", "sofort", "nicht", "gesammelt, einmal am Tag", "immer",
        "Ruhezeit", "In dieser Zeit kommt keine E-Mail; was in ihr geschieht, erfahren Sie danach. Leer: E-Mails kommen jederzeit.", "von", "bis",
        "Sammel-E-Mail um", "Zeiten in Ihrer Zeitzone", "Speichern", "Gespeichert.",
        "Ihre Adresse nimmt unsere E-Mails nicht an. Deshalb schicken wir keine mehr.", "Wieder an diese Adresse schicken",
        "E-Mails abbestellen", "Abbestellen", "Abbestellt. Diese Art E-Mail bekommen Sie nicht mehr.", "Alle Einstellungen",
        "Dieser Link gilt nicht", "Bitte öffnen Sie ihn so, wie er in der E-Mail steht, oder nehmen Sie den aus einer neueren E-Mail.",
        "Bitte eine Uhrzeit wie 07:30 angeben.", "Das wurde inzwischen anderswo geändert. Bitte sehen Sie es noch einmal durch.", "Zurück zum Portal",
        new Dictionary<string, (string, string)>
        {
            ["delivery"] = ("Lieferungen", "Ein Text ist da oder überarbeitet"),
            ["question"] = ("Rückfragen", "Jemand braucht eine Antwort von Ihnen"),
            ["promise"] = ("Zugesagte Zeit", "Es findet sich noch niemand, oder niemand mehr"),
            ["cancellation"] = ("Stornierungen", "Was aus Ihrem Wunsch wurde"),
            ["complaint"] = ("Reklamationen", "Eingang, Korrektur, Entscheidung, Gutschrift"),
            ["payment"] = ("Zahlungen", "Eine Überweisung ist da, oder das Guthaben reicht nicht"),
            ["webhooks"] = ("Webhooks", "Eine Ihrer Adressen nimmt nichts an"),
            ["invoice"] = ("Rechnungen", "Rechnungen, Gutschriften, Erinnerungen"),
            ["offer"] = ("Angebote", "Ein Auftrag liegt für Sie bereit"),
            ["claim"] = ("Ablaufende Zeit", "Ein Auftrag ist bald nicht mehr für Sie reserviert"),
            ["review"] = ("Rückmeldungen", "Überarbeitung, Ablehnung, Reklamation, Entscheidung"),
            ["payout"] = ("Auszahlungen", "Geld ist unterwegs oder kam zurück"),
            ["statement"] = ("Abrechnungen", "Ihre Gutschriften"),
            ["thanks"] = ("Dank", "Der erste Auftrag, eine gute Bewertung"),
            ["security"] = ("Sicherheit", "Schlüssel, Anmeldung"),
            ["digest"] = ("Sammel-E-Mail", ""),
        });

    private static readonly PreferenceWords English = new(
        "Your e-mails", "You decide what we write to you.", "at once", "never", "gathered, once a day", "always",
        "Quiet hours", "No e-mail comes in this time; what happens in it you hear afterwards. Empty: e-mails come at any time.", "from", "to",
        "Digest at", "Times in your time zone", "Save", "Saved.",
        "Your address does not take our e-mails, so we have stopped sending them.", "Send to this address again",
        "Stop e-mails", "Stop", "Done. You will not get this kind of e-mail any more.", "All settings",
        "This link is not valid", "Please open it as it stands in the e-mail, or take the one from a newer e-mail.",
        "Please give a time of day such as 07:30.", "This was changed elsewhere meanwhile. Please go through it once more.", "Back to the portal",
        new Dictionary<string, (string, string)>
        {
            ["delivery"] = ("Deliveries", "A text is here, or revised"),
            ["question"] = ("Questions", "Somebody needs an answer from you"),
            ["promise"] = ("Promised time", "Nobody has taken a job yet, or nobody will"),
            ["cancellation"] = ("Cancellations", "What became of your wish"),
            ["complaint"] = ("Complaints", "Receipt, correction, ruling, credit"),
            ["payment"] = ("Payments", "A transfer is here, or the balance is too low"),
            ["webhooks"] = ("Webhooks", "One of your addresses takes nothing"),
            ["invoice"] = ("Invoices", "Invoices, credit notes, reminders"),
            ["offer"] = ("Offers", "A job is kept for you"),
            ["claim"] = ("Time running out", "A job will soon be kept for you no longer"),
            ["review"] = ("Reviews", "Revision, rejection, complaint, ruling"),
            ["payout"] = ("Payouts", "Money is on its way, or came back"),
            ["statement"] = ("Statements", "Your self-billing statements"),
            ["thanks"] = ("Thanks", "The first job, a good rating"),
            ["security"] = ("Security", "Keys, sign-in"),
            ["digest"] = ("Digest", ""),
        });
}
