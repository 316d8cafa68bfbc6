namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What translators read in German.</summary>
internal static class GermanTranslatorMails
{
    public static MailBody? Word(string template, MailFacts f) => template switch
    {
        MailTemplates.Offer => new(
            $"Für Sie: {f.D.Pair}, {f.Amount}",
            [$"{Kind(f)} {f.D.Pair} für {f.Amount} liegt bis {f.Until} nur für Sie bereit."],
            ("Ansehen und annehmen", $"/portal/jobs/{f.Job}"),
            "Passt es gerade nicht, ist nichts zu tun: Danach sehen auch andere dieses Angebot.",
            AsksForSomething: null),
        MailTemplates.ClaimEnding => new(
            "Ihre Zeit läuft bald ab",
            [$"Auftrag {f.Job} ist noch bis {f.Until} für Sie reserviert, geliefert ist noch nichts."],
            ("Zum Auftrag", $"/portal/work/{f.Job}"),
            "Schaffen Sie es nicht, geben Sie ihn bitte zurück, damit ihn jemand anders übernehmen kann.",
            AsksForSomething: null),
        MailTemplates.Revision => new(
            "Bitte überarbeiten",
            [$"Zu Ihrer Lieferung für Auftrag {f.Job} wünscht sich der Händler eine Änderung. Was gemeint ist, steht beim Auftrag."],
            ("Zum Auftrag", $"/portal/work/{f.Job}"),
            "Sie haben ihn ohne weiteres Zutun wieder bei sich.",
            AsksForSomething: null),
        MailTemplates.Rejection => new(
            "Ihre Lieferung wurde abgelehnt",
            [$"Der Händler hat Ihre Lieferung für Auftrag {f.Job} abgelehnt und die Stellen genannt, um die es geht."],
            ("Stellen ansehen und antworten", $"/portal/disputes/{f.Document}"),
            "Ihre Sicht zählt: Antworten Sie, wenn Sie es anders sehen. Jemand Zweites entscheidet innerhalb von Stunden.",
            AsksForSomething: null),
        MailTemplates.ComplaintMade => new(
            "Eine Reklamation zu Ihrer Lieferung",
            [$"Zu Auftrag {f.Job} gibt es eine Reklamation. Bis {f.Until} können Sie eine korrigierte Fassung liefern."],
            ("Zum Auftrag", $"/portal/work/{f.Job}"),
            "Eine gute Korrektur macht aus einer Reklamation oft einen treuen Kunden.",
            AsksForSomething: null),
        MailTemplates.Ruling => f.D.Stands == true
            ? new(
                "Entschieden: Ihre Lieferung ist gut",
                [$"Jemand Zweites hat Ihre Lieferung für Auftrag {f.Job} angesehen und findet sie richtig. Sie wird bezahlt."],
                ("Die Begründung lesen", $"/portal/disputes/{f.Document}"),
                "Mehr ist nicht zu tun.",
                AsksForSomething: null)
            : new(
                "Entschieden: Der Einwand war berechtigt",
                [$"Jemand Zweites hat Ihre Lieferung für Auftrag {f.Job} angesehen und gibt dem Händler recht. Sie wird nicht bezahlt."],
                ("Die Begründung lesen", $"/portal/disputes/{f.Document}"),
                "Das passiert allen einmal. Die Begründung hilft beim nächsten Mal.",
                AsksForSomething: null),
        MailTemplates.PayoutSent => new(
            $"{f.Amount} sind unterwegs zu Ihnen",
            [$"Wir haben am {f.When} {f.Amount} an Ihre Bank überwiesen. Meist ist das Geld am nächsten Werktag da."],
            ("Wofür, steht hier", "/portal/money"),
            "Vielen Dank für Ihre Arbeit.",
            AsksForSomething: null),
        MailTemplates.PayoutReturned => new(
            "Eine Auszahlung kam zurück",
            [
                $"Ihre Auszahlung über {f.Amount} kam von der Bank zurück (Grund {f.D.State}). Das Geld ist nicht verloren, es steht Ihnen weiter zu.",
                "Meist stimmt etwas mit der Kontoverbindung nicht.",
            ],
            ("Die Bankverbindung ansehen", "/portal/money/details"),
            "Bitte sehen Sie Ihre Bankverbindung nach. Mit der nächsten Auszahlung kommt der Betrag noch einmal.",
            AsksForSomething: null),
        MailTemplates.Statement => new(
            $"Ihre Abrechnung {f.D.Number}",
            [$"Ihre Abrechnung {f.D.Number} über {f.Amount} ist fertig. Wir stellen sie für Sie aus (Gutschriftverfahren); eine eigene Rechnung brauchen Sie nicht zu schreiben."],
            ("Die Abrechnung ansehen", "/portal/money"),
            "Stimmt etwas nicht, widersprechen Sie bitte bald.",
            AsksForSomething: null),
        MailTemplates.FirstJob => new(
            "Ihr erster Auftrag ist abgenommen",
            [
                $"Ihre erste Lieferung, Auftrag {f.Job}, ist abgenommen. Willkommen, und vielen Dank.",
                f.D.Level is null ? "Das Honorar steht bei Ihren Einnahmen." : $"Der Händler hat sie mit {f.D.Level} von 5 bewertet. Das Honorar steht bei Ihren Einnahmen.",
            ],
            ("Zu Ihren Einnahmen", "/portal/earnings"),
            "Wir freuen uns auf die nächsten.",
            AsksForSomething: null),
        MailTemplates.GoodRating => new(
            f.D.Level == 5 ? "5 von 5: sehr gut" : "4 von 5: gut",
            [$"Der Händler hat Ihre Lieferung für Auftrag {f.Job} mit {f.D.Level} von 5 bewertet. Das haben Sie gut gemacht."],
            ("Zu Ihren Arbeiten", "/portal/work"),
            "Vielen Dank, dass Sie sich die Mühe gemacht haben.",
            AsksForSomething: null),
        _ => null,
    };

    private static string Kind(MailFacts f) => f.D.JobKind switch
    {
        "formulation" => "Eine Antwort",
        "summary" => "Eine Zusammenfassung",
        "call" => "Ein Anruf",
        _ => "Eine Übersetzung",
    };
}
