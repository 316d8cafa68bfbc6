namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>What is written in English about a portal account.</summary>
internal static class EnglishAccountMails
{
    public static MailBody? Word(string template, MailFacts f) => template switch
    {
        "account_confirm_email" => new(
            "Please confirm your e-mail address",
            ["You gave this address to Zweizeiler. Please confirm that it is yours."],
            ("Confirm the address", f.Path ?? "/portal"), Ends(f) + "If that was not you, nothing is to be done.", AsksForSomething: null),
        "account_reset_password" => new(
            "New password",
            ["You want a new password for the portal. You can set it here."],
            ("Set a new password", f.Path ?? "/portal"), Ends(f) + "If that was not you, nothing is to be done: your password stays as it is.", AsksForSomething: null),
        "account_invitation" => new(
            "Invitation to Zweizeiler",
            ["We would like to win you as a translator: short jobs, fairly shared, paid every week."],
            ("Accept the invitation", f.Path ?? "/portal"), Ends(f) + "If you do not want to, nothing is to be done.", AsksForSomething: null),
        "account_application_accepted" => new(
            "Welcome to Zweizeiler",
            ["Your application is accepted. We look forward to you."],
            ("To the portal", f.Path ?? "/portal"), "Set your languages and times there, and the first offers will come.", AsksForSomething: null)
        {
            Quote = f.Note,
        },
        "account_application_declined" => new(
            "About your application",
            ["Thank you for your application. Unfortunately we cannot accept it at present."],
            null, "That says nothing about your skills: often there are enough people for the languages just now. You are welcome to try again later.", AsksForSomething: null)
        {
            Quote = f.Note,
        },
        "account_pair_enabled" => new(
            f.Note is null ? "A language pair is open" : $"Language pair open: {f.Note}",
            ["From now on you can take jobs in this language pair."],
            ("To the jobs", f.Path ?? "/portal"), "Nothing more is to be done.", AsksForSomething: null),
        "account_pair_declined" => new(
            f.Note is null ? "About your language pair" : $"About your language pair {f.Note}",
            ["Unfortunately we cannot give you jobs in this language pair at present."],
            f.Path is null ? null : ("To the portal", f.Path), "Nothing changes about your other pairs.", AsksForSomething: null),
        "account_sign_in_changed" => new(
            "Your sign-in was changed",
            [$"How you sign in to the portal (password, passkey or second factor) was changed on {f.When}."],
            ("Check your sign-in", f.Path ?? "/portal"), "If that was you, nothing is to be done. If it was not, please set a new password at once and write to us.", AsksForSomething: null),
        _ => null,
    };

    private static string Ends(MailFacts f) => f.Until is null ? "" : $"The link is valid until {f.Until}. ";
}
