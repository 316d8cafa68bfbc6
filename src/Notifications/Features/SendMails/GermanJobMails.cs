namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What merchants read in German about their jobs: kurz, freundlich, ohne Floskeln.</summary>
internal static class GermanJobMails
{
    public static MailBody? Word(string template, MailFacts f) => template switch
    {
        MailTemplates.Delivered => new(
            $"Ihr Text ist da: {f.What}",
            [$"Ihr Auftrag {f.Job} wurde am {f.When} geliefert."],
            ("Die Lieferung über die API abrufen", $"/v1/jobs/{f.Job}/deliveries"),
            "Passt alles, nehmen Sie die Lieferung über die API an."),
        MailTemplates.Revised => new(
            $"Ihr überarbeiteter Text ist da: {f.What}",
            [$"Die Überarbeitung zu Ihrem Auftrag {f.Job} wurde am {f.When} geliefert."],
            ("Die Lieferung über die API abrufen", $"/v1/jobs/{f.Job}/deliveries"),
            "Passt jetzt alles, nehmen Sie die Lieferung über die API an. Die Frist zur Durchsicht läuft da weiter, wo Sie sie angehalten haben."),
        MailTemplates.Question => new(
            $"Rückfrage zu {f.What}",
            [$"Zu Ihrem Auftrag {f.Job} haben Sie am {f.When} eine Rückfrage bekommen."],
            ("Das Gespräch über die API lesen", $"/v1/jobs/{f.Job}/messages"),
            (f.CanReply
                ? "Antworten Sie einfach auf diese E-Mail: Was Sie schreiben, geht an die Person, die fragt. "
                : "Antworten Sie mit POST an dieselbe Adresse und nennen Sie die Frage in answers. ")
            + (f.D.State == "open" ? "Ihre Antwort hilft, dass jemand den Auftrag übernimmt." : "So lange steht die Uhr, danach geht es gleich weiter."))
        {
            Quote = f.Question,
        },
        MailTemplates.Escalated => new(
            $"Wir suchen weiter: {f.What}",
            [
                $"Für Ihren Auftrag {f.Job} hat sich noch niemand gefunden.",
                "Damit er rechtzeitig fertig wird, bieten wir ihn jetzt mehr Leuten an, notfalls für ein höheres Honorar. Das zahlen wir, Ihr Preis bleibt.",
            ],
            ("Den Auftrag über die API ansehen", $"/v1/jobs/{f.Job}"),
            "Sie müssen nichts tun. Findet sich niemand, sagen wir es Ihnen rechtzeitig, und es kostet Sie nichts.",
            AsksForSomething: false),
        MailTemplates.Late => new(
            $"Es wird später: {f.What}",
            [
                $"An Ihrem Auftrag {f.Job} wird gearbeitet, aber er wird voraussichtlich nicht zur zugesagten Zeit fertig. Das tut uns leid.",
                "Es bleibt bei Ihrem Preis, und kommt gar keine Lieferung, kostet er Sie nichts.",
            ],
            ("Den Auftrag über die API ansehen", $"/v1/jobs/{f.Job}"),
            "Sie müssen nichts tun. Sobald die Lieferung da ist, sagen wir es Ihnen.",
            AsksForSomething: false),
        MailTemplates.RevisionLate => new(
            $"Die Überarbeitung lässt auf sich warten: {f.What}",
            [$"Die Überarbeitung zu Ihrem Auftrag {f.Job} hätte am {f.When} da sein sollen und ist es noch nicht. Das tut uns leid."],
            ("Den Auftrag über die API ansehen", $"/v1/jobs/{f.Job}"),
            "Sie können warten oder die letzte Lieferung jetzt ablehnen; dann entscheidet jemand Zweites. Kommt die Überarbeitung vorher, sehen Sie sie wie sonst durch."),
        MailTemplates.Cancelled => new(
            $"Storniert: {f.What}",
            [
                $"Ihr Auftrag {f.Job} wurde am {f.When} storniert, wie Sie es wollten.",
                "Hatte noch niemand damit begonnen, kostet er nichts, sonst einen Teil des Nettopreises. Der Rest ist wieder frei.",
            ],
            ("Die Buchungen dazu über die API ansehen", $"/v1/ledger?job={f.Job}"),
            "Mehr ist nicht zu tun.",
            AsksForSomething: false),
        MailTemplates.Expired => new(
            $"Leider niemand gefunden: {f.What}",
            [
                $"Für Ihren Auftrag {f.Job} haben wir niemanden gefunden, der ihn rechtzeitig übernehmen kann. Das tut uns leid.",
                $"Er wurde am {f.When} beendet. Berechnet wird nichts, der zurückgelegte Betrag ist wieder frei.",
            ],
            ("Den Auftrag über die API ansehen", $"/v1/jobs/{f.Job}"),
            "Sie können ihn jederzeit neu aufgeben; mit mehr Zeit stehen die Aussichten besser."),
        MailTemplates.Refunded => new(
            $"Sie zahlen nichts: {f.What}",
            [
                $"Jemand Zweites hat sich die Lieferung zu Ihrem Auftrag {f.Job} angesehen und gibt Ihnen recht. Es tut uns leid, dass sie nicht gut war.",
                "Berechnet wird nichts, der zurückgelegte Betrag ist wieder frei.",
            ],
            ("Die Buchungen dazu über die API ansehen", $"/v1/ledger?job={f.Job}"),
            "Brauchen Sie den Text noch, geben Sie den Auftrag neu auf."),
        MailTemplates.Upheld => new(
            $"Zu Ihrer Ablehnung: {f.What}",
            [
                $"Jemand Zweites hat sich die Lieferung zu Ihrem Auftrag {f.Job} angesehen, die Sie abgelehnt haben, und findet sie richtig.",
                "Sie gilt deshalb als abgenommen und kostet, was angeboten war.",
            ],
            ("Die Lieferung über die API abrufen", $"/v1/jobs/{f.Job}/deliveries"),
            "Ist darin trotzdem etwas falsch, können Sie reklamieren.",
            AsksForSomething: false),
        MailTemplates.Complaint => new(
            $"Ihre Reklamation ist angekommen: {f.What}",
            [
                $"Danke, dass Sie es uns sagen. Ihre Reklamation zu Auftrag {f.Job} ist am {f.When} angekommen.",
                "Als Erstes bekommen Sie innerhalb von 24 Stunden eine korrigierte Fassung. Kommt keine, schreiben wir Ihnen gut, was der Auftrag gekostet hat.",
            ],
            ("Den Stand über die API ansehen", $"/v1/jobs/{f.Job}/complaint"),
            "Sie müssen nichts weiter tun.",
            AsksForSomething: false),
        MailTemplates.Corrected => new(
            $"Die korrigierte Fassung ist da: {f.What}",
            [$"Zu Ihrer Reklamation wurde Auftrag {f.Job} am {f.When} korrigiert geliefert."],
            ("Die Lieferung über die API abrufen", $"/v1/jobs/{f.Job}/deliveries"),
            "Sagen Sie uns bitte über die API, ob es jetzt passt. Wenn nicht, entscheidet jemand Zweites."),
        MailTemplates.Credited => new(
            $"Gutschrift: {f.What}",
            [
                $"Was Ihr Auftrag {f.Job} gekostet hat, haben wir Ihnen gutgeschrieben. Es tut uns leid, dass diesmal nicht alles gut war.",
                "Der Betrag steht Ihnen gleich wieder zur Verfügung, und auf der Monatsrechnung steht eine Zeile dazu.",
            ],
            ("Die Buchungen dazu über die API ansehen", $"/v1/ledger?job={f.Job}"),
            "Mehr ist nicht zu tun.",
            AsksForSomething: false),
        MailTemplates.Dismissed => new(
            $"Zu Ihrer Reklamation: {f.What}",
            [
                $"Jemand Zweites hat sich die Lieferung zu Ihrem Auftrag {f.Job} angesehen und findet sie richtig.",
                "Die Lieferung bleibt deshalb, wie sie ist, und mit ihr die Abrechnung.",
            ],
            ("Die Begründung über die API lesen", $"/v1/jobs/{f.Job}/complaint"),
            "Mehr ist nicht zu tun. Danke, dass Sie genau hingesehen haben.",
            AsksForSomething: false),
        MailTemplates.CancellationRefused => new(
            $"Schon geliefert: {f.What}",
            [$"Ihr Wunsch, den Auftrag {f.Job} zu stornieren, kam am {f.When} an, als die Lieferung schon da war."],
            ("Die Lieferung über die API abrufen", $"/v1/jobs/{f.Job}/deliveries"),
            "Sehen Sie sie sich an: Was nicht gut ist, können Sie beanstanden."),
        MailTemplates.PaymentRequired => new(
            $"Das Guthaben reicht nicht: {f.What}",
            [$"Ihr Auftrag {f.Job} kostet mehr, als auf Ihrem Guthaben frei ist. Deshalb arbeitet noch niemand daran, und berechnet wird nichts."],
            ("Das Guthaben über die API ansehen", "/v1/balance"),
            "Laden Sie bitte innerhalb von 7 Tagen Guthaben auf: Dann geht es von selbst weiter, zugesagt um so viel später, wie er gewartet hat."),
        MailTemplates.Unpaid => new(
            $"Das Guthaben hat nicht gereicht: {f.What}",
            [
                $"Ihr Guthaben hat Ihren Auftrag {f.Job} innerhalb von 7 Tagen nicht gedeckt.",
                $"Deshalb wurde er am {f.When} beendet. Berechnet wird nichts, und sein Text ist gelöscht.",
            ],
            ("Das Guthaben über die API ansehen", "/v1/balance"),
            "Sie können ihn jederzeit neu bestellen."),
        _ => null,
    };
}
