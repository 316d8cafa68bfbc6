namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What translators read in English.</summary>
internal static class EnglishTranslatorMails
{
    public static MailBody? Word(string template, MailFacts f) => template switch
    {
        MailTemplates.Offer => new(
            $"For you: {f.D.Pair}, {f.Amount}",
            [$"{Kind(f)} {f.D.Pair} for {f.Amount} is kept for you alone until {f.Until}."],
            ("Look and take it", $"/portal/jobs/{f.Job}"),
            "If it does not suit you now, nothing is to be done: others will see it afterwards.",
            AsksForSomething: null),
        MailTemplates.ClaimEnding => new(
            "Your time is nearly over",
            [$"Job {f.Job} is kept for you until {f.Until}, and nothing is delivered yet."],
            ("To the job", $"/portal/work/{f.Job}"),
            "If you cannot make it, please hand it back so that somebody else can take it.",
            AsksForSomething: null),
        MailTemplates.Revision => new(
            "Please revise",
            [$"The merchant wants something changed in your delivery for job {f.Job}. What is meant stands with the job."],
            ("To the job", $"/portal/work/{f.Job}"),
            "It is with you again without your doing anything.",
            AsksForSomething: null),
        MailTemplates.Rejection => new(
            "Your delivery was rejected",
            [$"The merchant has rejected your delivery for job {f.Job} and named the passages in question."],
            ("See the passages and answer", $"/portal/disputes/{f.Document}"),
            "Your view counts: answer if you see it differently. Somebody else decides within hours.",
            AsksForSomething: null),
        MailTemplates.ComplaintMade => new(
            "A complaint about your delivery",
            [$"There is a complaint about job {f.Job}. You can deliver a corrected version until {f.Until}."],
            ("To the job", $"/portal/work/{f.Job}"),
            "A good correction often makes a regular customer of a complaint.",
            AsksForSomething: null),
        MailTemplates.Ruling => f.D.Stands == true
            ? new(
                "Decided: your delivery is good",
                [$"Somebody else has looked at your delivery for job {f.Job} and finds it right. It is paid."],
                ("Read the reason", $"/portal/disputes/{f.Document}"),
                "Nothing more is to be done.",
                AsksForSomething: null)
            : new(
                "Decided: the objection was right",
                [$"Somebody else has looked at your delivery for job {f.Job} and agrees with the merchant. It is not paid."],
                ("Read the reason", $"/portal/disputes/{f.Document}"),
                "It happens to everybody once. The reason helps the next time.",
                AsksForSomething: null),
        MailTemplates.PayoutSent => new(
            $"{f.Amount} is on its way to you",
            [$"We sent {f.Amount} to your bank on {f.When}. Usually the money is there on the next working day."],
            ("What it is for", "/portal/money"),
            "Thank you for your work.",
            AsksForSomething: null),
        MailTemplates.PayoutReturned => new(
            "A payout came back",
            [
                $"Your payout of {f.Amount} came back from the bank (reason {f.D.State}). The money is not lost, it is still yours.",
                "Usually something is wrong with the bank details.",
            ],
            ("Look at your bank details", "/portal/money/details"),
            "Please check your bank details. The amount comes once more with the next payout.",
            AsksForSomething: null),
        MailTemplates.Statement => new(
            $"Your statement {f.D.Number}",
            [$"Your statement {f.D.Number} for {f.Amount} is ready. We issue it on your behalf (self-billing); you need not write an invoice of your own."],
            ("Look at the statement", "/portal/money"),
            "If something is wrong, please object soon.",
            AsksForSomething: null),
        MailTemplates.FirstJob => new(
            "Your first job is accepted",
            [
                $"Your first delivery, job {f.Job}, is accepted. Welcome, and thank you.",
                f.D.Level is null ? "The fee is among your earnings." : $"The merchant gave it {f.D.Level} of 5. The fee is among your earnings.",
            ],
            ("To your earnings", "/portal/earnings"),
            "We look forward to the next ones.",
            AsksForSomething: null),
        MailTemplates.GoodRating => new(
            f.D.Level == 5 ? "5 of 5: very good" : "4 of 5: good",
            [$"The merchant gave your delivery for job {f.Job} {f.D.Level} of 5. You did that well."],
            ("To your work", "/portal/work"),
            "Thank you for the trouble that you took.",
            AsksForSomething: null),
        _ => null,
    };

    private static string Kind(MailFacts f) => f.D.JobKind switch
    {
        "formulation" => "A reply",
        "summary" => "A summary",
        "call" => "A call",
        _ => "A translation",
    };
}
