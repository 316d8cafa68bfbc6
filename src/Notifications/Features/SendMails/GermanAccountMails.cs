namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What is written in German about a portal account.</summary>
internal static class GermanAccountMails
{
    public static MailBody? Word(string template, MailFacts f) => template switch
    {
        "account_confirm_email" => new(
            "Bitte bestätigen Sie Ihre E-Mail-Adresse",
            ["Sie haben diese Adresse bei Zweizeiler angegeben. Bitte bestätigen Sie, dass sie Ihre ist."],
            ("Adresse bestätigen", f.Path ?? "/portal"), Ends(f) + "Waren Sie das nicht, ist nichts zu tun.", AsksForSomething: null),
        "account_reset_password" => new(
            "Neues Passwort",
            ["Sie möchten ein neues Passwort für das Portal. Hier vergeben Sie es."],
            ("Neues Passwort vergeben", f.Path ?? "/portal"), Ends(f) + "Waren Sie das nicht, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.", AsksForSomething: null),
        "account_invitation" => new(
            "Einladung zu Zweizeiler",
            ["Wir möchten Sie gern als Übersetzerin oder Übersetzer gewinnen: kurze Aufträge, fair verteilt, jede Woche ausgezahlt."],
            ("Einladung annehmen", f.Path ?? "/portal"), Ends(f) + "Möchten Sie nicht, ist nichts zu tun.", AsksForSomething: null),
        "account_application_accepted" => new(
            "Willkommen bei Zweizeiler",
            ["Ihre Bewerbung ist angenommen. Wir freuen uns auf Sie."],
            ("Zum Portal", f.Path ?? "/portal"), "Stellen Sie dort Ihre Sprachen und Zeiten ein, dann kommen die ersten Angebote.", AsksForSomething: null)
        {
            Quote = f.Note,
        },
        "account_application_declined" => new(
            "Zu Ihrer Bewerbung",
            ["Vielen Dank für Ihre Bewerbung. Leider können wir sie derzeit nicht annehmen."],
            null, "Das sagt nichts über Ihr Können: Oft sind es die Sprachen, für die gerade genug Leute da sind. Versuchen Sie es gern später wieder.", AsksForSomething: null)
        {
            Quote = f.Note,
        },
        "account_pair_enabled" => new(
            f.Note is null ? "Ein Sprachpaar ist frei" : $"Sprachpaar frei: {f.Note}",
            ["Sie können in diesem Sprachpaar ab jetzt Aufträge annehmen."],
            ("Zu den Aufträgen", f.Path ?? "/portal"), "Mehr ist nicht zu tun.", AsksForSomething: null),
        "account_pair_declined" => new(
            f.Note is null ? "Zu Ihrem Sprachpaar" : $"Zu Ihrem Sprachpaar {f.Note}",
            ["Für dieses Sprachpaar können wir Ihnen derzeit leider keine Aufträge geben."],
            f.Path is null ? null : ("Zum Portal", f.Path), "An Ihren anderen Sprachpaaren ändert sich nichts.", AsksForSomething: null),
        "account_sign_in_changed" => new(
            "Ihre Anmeldung wurde geändert",
            [$"Am {f.When} wurde geändert, wie Sie sich im Portal anmelden (Passwort, Passkey oder zweiter Faktor)."],
            ("Anmeldung prüfen", f.Path ?? "/portal"), "Waren Sie das, ist nichts zu tun. Waren Sie es nicht, vergeben Sie bitte sofort ein neues Passwort und schreiben Sie uns.", AsksForSomething: null),
        _ => null,
    };

    private static string Ends(MailFacts f) => f.Until is null ? "" : $"Der Link gilt bis {f.Until}. ";
}
