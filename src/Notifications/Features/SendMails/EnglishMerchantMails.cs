namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What merchants read in English besides their jobs: money, keys, webhooks, thanks, and what became of their replies.</summary>
internal static class EnglishMerchantMails
{
    public static MailBody? Word(string template, MailFacts f) => template switch
    {
        MailTemplates.Invoice => new(
            $"Your invoice {f.D.Number}",
            [
                $"Your invoice {f.D.Number} for {f.Amount} is ready, with a line for each job.",
                f.Day is null ? "It is paid from your balance already." : $"Please transfer the amount by {f.Day}.",
            ],
            ("Get the invoice from the API", $"/v1/invoices/{f.Document}"),
            "There is a PDF and an electronic invoice (EN 16931).",
            AsksForSomething: false),
        MailTemplates.CreditNote => new(
            $"Your credit note {f.D.Number}",
            [$"Your credit note {f.D.Number} for {f.Amount} is ready."],
            ("Get the credit note from the API", $"/v1/invoices/{f.Document}"),
            "You need not do anything.",
            AsksForSomething: false),
        MailTemplates.Payment => new(
            "Your payment is here",
            [
                f.D.Number is null
                    ? $"Your transfer of {f.Amount} has arrived. It is on your balance."
                    : $"Your transfer of {f.Amount} has arrived and is booked on invoice {f.D.Number}. Thank you.",
            ],
            ("Look at the account through the API", "/v1/ledger"),
            "Nothing more is to be done.",
            AsksForSomething: false),
        MailTemplates.Reminder => new(
            f.D.Level > 1 ? $"Reminder {f.D.Level}: invoice {f.D.Number}" : $"Reminder: invoice {f.D.Number}",
            [$"{f.Amount} of invoice {f.D.Number}, due on {f.Day}, is still open."],
            ("Look at the invoice through the API", $"/v1/invoices/{f.Document}"),
            "Perhaps it was only overlooked. If you have just paid, please ignore this e-mail.",
            AsksForSomething: null),
        MailTemplates.KeyRevoked => new(
            f.D.Name is null ? "An API key was revoked" : $"API key revoked: {f.D.Name}",
            [
                f.D.Name is null
                    ? $"One of your API keys was revoked on {f.When}. It opens nothing any more."
                    : $"Your API key “{f.D.Name}” was revoked on {f.When}. It opens nothing any more.",
            ],
            ("Look at the keys through the API", "/v1/api-keys"),
            "If that was you, nothing is to be done. If it was not, please go through your other keys now and write to us.",
            AsksForSomething: null),
        MailTemplates.WebhookFailing => new(
            $"Webhooks do not arrive: {f.D.Name}",
            [$"Your address {f.D.Name} has not taken any event for a day. We keep trying."],
            ("See what it answered", $"/v1/webhook-endpoints/{f.Endpoint}/deliveries"),
            $"If it stays like this we switch it off on {f.Until}. Nothing is lost: what was missed can be sent again for 30 days."),
        MailTemplates.WebhookOff => new(
            $"Webhooks switched off: {f.D.Name}",
            [
                f.D.State == "gone"
                    ? $"Your address {f.D.Name} answered 410: it is gone. We send nothing there any more."
                    : $"Your address {f.D.Name} has not taken any event for five days. We send nothing there any more.",
            ],
            ("Look at the addresses through the API", "/v1/webhook-endpoints"),
            "When it is back, switch it on with resume and have what was missed sent with replay. We keep it for 30 days."),
        MailTemplates.FirstOrder => new(
            "Thank you for your first job",
            [
                "Your first job with us is accepted. Thank you for giving us a try.",
                "There is a person behind every text, and it helps when you rate what was written for you.",
            ],
            ("How it goes on", "/docs"),
            "If anything is missing, write back. We read everything.",
            AsksForSomething: null),
        MailTemplates.AnswerAttachments => new(
            $"Your answer is here, the attachments are not: {f.What}",
            [$"Thank you. Your words about job {f.Job} were passed on.", "We cannot pass on attachments, sorry; they are deleted."],
            ("Read the conversation through the API", $"/v1/jobs/{f.Job}/messages"),
            "If they say something important, please write it as text in another reply.",
            AsksForSomething: null),
        MailTemplates.AnswerEmpty => new(
            $"Your answer was empty: {f.What}",
            [$"In your e-mail about job {f.Job} we found no text that is new. We cannot pass on attachments, sorry."],
            ("Read the question through the API", $"/v1/jobs/{f.Job}/messages"),
            "Please reply once more, with your words above the quoted text.",
            AsksForSomething: null),
        MailTemplates.AnswerTooLong => new(
            $"Your answer is too long: {f.What}",
            [$"Your e-mail about job {f.Job} has more than 4000 characters. Nothing of it was passed on."],
            ("Read the question through the API", $"/v1/jobs/{f.Job}/messages"),
            "Please reply once more, and shorter.",
            AsksForSomething: null),
        MailTemplates.AnswerTooLarge => new(
            $"Your e-mail is too large: {f.What}",
            [$"Your e-mail about job {f.Job} is larger than 10 MB. We cannot pass on attachments, sorry, and nothing of it was passed on."],
            ("Read the question through the API", $"/v1/jobs/{f.Job}/messages"),
            "Please reply once more, with words and without attachments.",
            AsksForSomething: null),
        MailTemplates.AnswerTooLate => new(
            $"The question is settled: {f.What}",
            [$"Thank you for your answer. The job {f.Job} is finished by now, so we do not pass it on."],
            ("Look at the job through the API", $"/v1/jobs/{f.Job}"),
            "Nothing more is to be done.",
            AsksForSomething: null),
        _ => null,
    };
}
