namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What merchants read in English about their jobs: short, kind, without set phrases.</summary>
internal static class EnglishJobMails
{
    public static MailBody? Word(string template, MailFacts f) => template switch
    {
        MailTemplates.Delivered => new(
            $"Your text is here: {f.What}",
            [$"Your job {f.Job} was delivered on {f.When}."],
            ("Get the delivery from the API", $"/v1/jobs/{f.Job}/deliveries"),
            "If all is well, accept the delivery through the API."),
        MailTemplates.Revised => new(
            $"Your revised text is here: {f.What}",
            [$"The revision of your job {f.Job} was delivered on {f.When}."],
            ("Get the delivery from the API", $"/v1/jobs/{f.Job}/deliveries"),
            "If all is well now, accept the delivery through the API. The time for your review goes on where you stopped it."),
        MailTemplates.Question => new(
            $"A question about {f.What}",
            [$"You were asked a question about your job {f.Job} on {f.When}."],
            ("Read the conversation through the API", $"/v1/jobs/{f.Job}/messages"),
            (f.CanReply
                ? "Just reply to this e-mail: what you write goes to the person who asks. "
                : "Answer with POST to the same address and name the question in answers. ")
            + (f.D.State == "open" ? "Your answer helps somebody to take the job." : "The clock stands still until then; afterwards the work goes on at once."))
        {
            Quote = f.Question,
        },
        MailTemplates.Escalated => new(
            $"Still looking: {f.What}",
            [
                $"Nobody has taken your job {f.Job} yet.",
                "So that it is ready in time we now offer it to more people, if need be for a higher fee. We pay that; your price stays as it is.",
            ],
            ("See the job through the API", $"/v1/jobs/{f.Job}"),
            "You need not do anything. If nobody can be found, we tell you in time, and it costs you nothing.",
            AsksForSomething: false),
        MailTemplates.Late => new(
            $"It will be later: {f.What}",
            [
                $"Somebody is working on your job {f.Job}, but it will probably not be ready at the promised time. We are sorry.",
                "Your price stays as it is, and if no delivery comes at all, it costs you nothing.",
            ],
            ("See the job through the API", $"/v1/jobs/{f.Job}"),
            "You need not do anything. As soon as the delivery is there, we tell you.",
            AsksForSomething: false),
        MailTemplates.RevisionLate => new(
            $"The revision is overdue: {f.What}",
            [$"The revision of your job {f.Job} should have been there on {f.When} and is not yet. We are sorry."],
            ("See the job through the API", $"/v1/jobs/{f.Job}"),
            "You can wait, or reject the last delivery now; then somebody else decides. If the revision comes first, you review it as usual."),
        MailTemplates.Cancelled => new(
            $"Cancelled: {f.What}",
            [
                $"Your job {f.Job} was cancelled on {f.When}, as you wished.",
                "If nobody had begun to work on it, it costs nothing; otherwise a part of the net price. The rest is yours to spend again.",
            ],
            ("See its ledger entries through the API", $"/v1/ledger?job={f.Job}"),
            "There is nothing more to do.",
            AsksForSomething: false),
        MailTemplates.Expired => new(
            $"Sorry, nobody could be found: {f.What}",
            [
                $"We found nobody who can do your job {f.Job} in time. We are sorry.",
                $"It ended on {f.When}. Nothing is charged, and what was set aside is yours to spend again.",
            ],
            ("See the job through the API", $"/v1/jobs/{f.Job}"),
            "You can order it again at any time; with more time the chances are better."),
        MailTemplates.Refunded => new(
            $"You pay nothing: {f.What}",
            [
                $"Somebody else looked at the delivery of your job {f.Job} and finds that you are right. We are sorry that it was not good.",
                "Nothing is charged, and what was set aside is yours to spend again.",
            ],
            ("See its ledger entries through the API", $"/v1/ledger?job={f.Job}"),
            "If you still need the text, order the job again."),
        MailTemplates.Upheld => new(
            $"About your rejection: {f.What}",
            [
                $"Somebody else has looked at the delivery of your job {f.Job} that you rejected, and finds it right.",
                "So it counts as accepted and costs what was quoted.",
            ],
            ("Get the delivery from the API", $"/v1/jobs/{f.Job}/deliveries"),
            "If something in it is wrong all the same, you can complain.",
            AsksForSomething: false),
        MailTemplates.Complaint => new(
            $"We have your complaint: {f.What}",
            [
                $"Thank you for telling us. Your complaint about job {f.Job} reached us on {f.When}.",
                "First you get a corrected delivery, within 24 hours. If none comes, we credit what the job cost.",
            ],
            ("See where it stands through the API", $"/v1/jobs/{f.Job}/complaint"),
            "You need not do anything more.",
            AsksForSomething: false),
        MailTemplates.Corrected => new(
            $"The corrected text is here: {f.What}",
            [$"A corrected delivery of job {f.Job} answered your complaint on {f.When}."],
            ("Get the delivery from the API", $"/v1/jobs/{f.Job}/deliveries"),
            "Please tell us through the API whether all is well now. If not, somebody else decides."),
        MailTemplates.Credited => new(
            $"Credited: {f.What}",
            [
                $"We have credited what your job {f.Job} cost. We are sorry that not everything was good this time.",
                "The amount is yours to spend again, and the month's invoice has a line for it.",
            ],
            ("See its ledger entries through the API", $"/v1/ledger?job={f.Job}"),
            "There is nothing more to do.",
            AsksForSomething: false),
        MailTemplates.Dismissed => new(
            $"About your complaint: {f.What}",
            [
                $"Somebody else has looked at the delivery of your job {f.Job} and finds it right.",
                "So the delivery stays as it is, and so does what it costs.",
            ],
            ("Read the reason through the API", $"/v1/jobs/{f.Job}/complaint"),
            "Nothing more is to be done. Thank you for looking closely.",
            AsksForSomething: false),
        MailTemplates.CancellationRefused => new(
            $"Delivered already: {f.What}",
            [$"Your wish to cancel the job {f.Job} arrived on {f.When}, when the delivery was there already."],
            ("Get the delivery from the API", $"/v1/jobs/{f.Job}/deliveries"),
            "Look at it: you can object to what is not good."),
        MailTemplates.PaymentRequired => new(
            $"The balance is too low: {f.What}",
            [$"Your job {f.Job} costs more than is free on your balance. So nobody works on it yet, and nothing is charged."],
            ("Look at the balance through the API", "/v1/balance"),
            "Please top up your balance within 7 days: then it goes on by itself, and is promised for as much later as it waited."),
        MailTemplates.Unpaid => new(
            $"The balance stayed too low: {f.What}",
            [
                $"Your balance did not cover your job {f.Job} within 7 days.",
                $"So it ended on {f.When}. Nothing is charged, and its text is erased.",
            ],
            ("Look at the balance through the API", "/v1/balance"),
            "You can order it again at any time."),
        _ => null,
    };
}
