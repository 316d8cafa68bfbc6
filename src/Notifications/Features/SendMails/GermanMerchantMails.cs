namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What merchants read in German besides their jobs: Geld, Schlüssel, Webhooks, Dank, und was aus ihren Antworten wurde.</summary>
internal static class GermanMerchantMails
{
    public static MailBody? Word(string template, MailFacts f) => template switch
    {
        MailTemplates.Invoice => new(
            $"Ihre Rechnung {f.D.Number}",
            [
                $"Ihre Rechnung {f.D.Number} über {f.Amount} ist fertig, mit einer Zeile für jeden Auftrag.",
                f.Day is null ? "Sie ist mit Ihrem Guthaben schon bezahlt." : $"Bitte überweisen Sie den Betrag bis zum {f.Day}.",
            ],
            ("Die Rechnung über die API abrufen", $"/v1/invoices/{f.Document}"),
            "Es gibt sie als PDF und als E-Rechnung nach EN 16931.",
            AsksForSomething: false),
        MailTemplates.CreditNote => new(
            $"Ihre Gutschrift {f.D.Number}",
            [$"Ihre Gutschrift {f.D.Number} über {f.Amount} ist fertig."],
            ("Die Gutschrift über die API abrufen", $"/v1/invoices/{f.Document}"),
            "Sie müssen nichts tun.",
            AsksForSomething: false),
        MailTemplates.Payment => new(
            "Ihre Zahlung ist da",
            [
                f.D.Number is null
                    ? $"Ihre Überweisung über {f.Amount} ist angekommen. Sie steht Ihnen als Guthaben zur Verfügung."
                    : $"Ihre Überweisung über {f.Amount} ist angekommen und auf Rechnung {f.D.Number} gebucht. Vielen Dank.",
            ],
            ("Das Konto über die API ansehen", "/v1/ledger"),
            "Mehr ist nicht zu tun.",
            AsksForSomething: false),
        MailTemplates.Reminder => new(
            f.D.Level > 1 ? $"{f.D.Level}. Erinnerung: Rechnung {f.D.Number}" : $"Erinnerung: Rechnung {f.D.Number}",
            [$"Auf Rechnung {f.D.Number}, fällig am {f.Day}, sind noch {f.Amount} offen."],
            ("Die Rechnung über die API ansehen", $"/v1/invoices/{f.Document}"),
            "Vielleicht ist es nur untergegangen. Haben Sie gerade überwiesen, ist diese E-Mail gegenstandslos.",
            AsksForSomething: null),
        MailTemplates.KeyRevoked => new(
            f.D.Name is null ? "Ein API-Schlüssel ist gesperrt" : $"API-Schlüssel gesperrt: {f.D.Name}",
            [
                f.D.Name is null
                    ? $"Einer Ihrer API-Schlüssel wurde am {f.When} gesperrt. Er öffnet nichts mehr."
                    : $"Ihr API-Schlüssel „{f.D.Name}“ wurde am {f.When} gesperrt. Er öffnet nichts mehr.",
            ],
            ("Die Schlüssel über die API ansehen", "/v1/api-keys"),
            "Waren Sie das, ist nichts zu tun. Waren Sie es nicht, sehen Sie bitte gleich Ihre anderen Schlüssel durch und schreiben Sie uns.",
            AsksForSomething: null),
        MailTemplates.WebhookFailing => new(
            $"Webhooks kommen nicht an: {f.D.Name}",
            [$"Ihre Adresse {f.D.Name} hat seit einem Tag kein Ereignis mehr angenommen. Wir versuchen es weiter."],
            ("Sehen, was sie geantwortet hat", $"/v1/webhook-endpoints/{f.Endpoint}/deliveries"),
            $"Bleibt es so, schalten wir sie am {f.Until} ab. Verloren ist nichts: Was ausblieb, lässt sich 30 Tage lang noch einmal senden."),
        MailTemplates.WebhookOff => new(
            $"Webhooks abgeschaltet: {f.D.Name}",
            [
                f.D.State == "gone"
                    ? $"Ihre Adresse {f.D.Name} hat mit 410 geantwortet: Es gibt sie nicht mehr. Wir senden nichts mehr dorthin."
                    : $"Ihre Adresse {f.D.Name} hat seit fünf Tagen kein Ereignis mehr angenommen. Wir senden nichts mehr dorthin.",
            ],
            ("Die Adressen über die API ansehen", "/v1/webhook-endpoints"),
            "Ist sie wieder da, schalten Sie sie mit resume ein und lassen Sie sich mit replay senden, was ausblieb. Wir haben es 30 Tage lang."),
        MailTemplates.FirstOrder => new(
            "Danke für Ihren ersten Auftrag",
            [
                "Ihr erster Auftrag bei uns ist abgenommen. Vielen Dank, dass Sie es mit uns versucht haben.",
                "Hinter jedem Text steht ein Mensch, und es hilft ihm, wenn Sie bewerten, was er für Sie geschrieben hat.",
            ],
            ("So geht es weiter", "/docs"),
            "Fehlt Ihnen etwas, antworten Sie uns. Wir lesen alles.",
            AsksForSomething: null),
        MailTemplates.AnswerAttachments => new(
            $"Ihre Antwort ist da, die Anhänge nicht: {f.What}",
            [$"Vielen Dank. Ihr Text zu Auftrag {f.Job} ist weitergegeben.", "Anhänge können wir leider nicht weitergeben; sie sind gelöscht."],
            ("Das Gespräch über die API lesen", $"/v1/jobs/{f.Job}/messages"),
            "Steht darin etwas Wichtiges, schreiben Sie es bitte als Text in eine weitere Antwort.",
            AsksForSomething: null),
        MailTemplates.AnswerEmpty => new(
            $"Ihre Antwort war leer: {f.What}",
            [$"In Ihrer E-Mail zu Auftrag {f.Job} haben wir keinen Text gefunden, der neu ist. Anhänge können wir leider nicht weitergeben."],
            ("Die Frage über die API lesen", $"/v1/jobs/{f.Job}/messages"),
            "Bitte antworten Sie noch einmal, mit Ihren Worten über dem zitierten Text.",
            AsksForSomething: null),
        MailTemplates.AnswerTooLong => new(
            $"Ihre Antwort ist zu lang: {f.What}",
            [$"Ihre E-Mail zu Auftrag {f.Job} hat mehr als 4000 Zeichen. Weitergegeben ist davon nichts."],
            ("Die Frage über die API lesen", $"/v1/jobs/{f.Job}/messages"),
            "Bitte antworten Sie noch einmal, und kürzer.",
            AsksForSomething: null),
        MailTemplates.AnswerTooLarge => new(
            $"Ihre E-Mail ist zu groß: {f.What}",
            [$"Ihre E-Mail zu Auftrag {f.Job} ist größer als 10 MB. Anhänge können wir leider nicht weitergeben, und weitergegeben ist davon nichts."],
            ("Die Frage über die API lesen", $"/v1/jobs/{f.Job}/messages"),
            "Bitte antworten Sie noch einmal, mit Worten und ohne Anhänge.",
            AsksForSomething: null),
        MailTemplates.AnswerTooLate => new(
            $"Die Frage hat sich erledigt: {f.What}",
            [$"Vielen Dank für Ihre Antwort. Der Auftrag {f.Job} ist inzwischen abgeschlossen, deshalb geben wir sie nicht mehr weiter."],
            ("Den Auftrag über die API ansehen", $"/v1/jobs/{f.Job}"),
            "Mehr ist nicht zu tun.",
            AsksForSomething: null),
        _ => null,
    };
}
