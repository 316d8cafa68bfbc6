using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;

namespace Zweizeiler.Notifications.Features.PreviewMails;

/// <summary>An invented mail of each template, for those who look at the words.</summary>
public static class MailSamples
{
    private static readonly Guid Job = Guid.Parse("01939f3e-0000-7000-8000-000000000002");
    private static readonly Guid Document = Guid.Parse("01939f3e-0000-7000-8000-000000000003");

    private static readonly string[] Gathered = [MailTemplates.Delivered, MailTemplates.Credited, MailTemplates.Payment];

    public static readonly DateTimeOffset At = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    public static readonly MailFooter Footer = new(
        new Uri("https://zweizeiler.example/notifications/preferences?of=rcp_…&key=…"), new Uri("https://zweizeiler.example/notifications/unsubscribe?of=rcp_…&key=…&kind=…"));

    /// <summary>What a template is shown with; some have two forms.</summary>
    public static IEnumerable<(Mail Mail, MailSecrets Secrets)> Of(string template)
    {
        var plain = new MailSecrets();
        var details = new MailDetails
        {
            Reference = IsForMerchants(template) ? "ORDER-4711" : null,
            Subject = Document,
            Number = "2026-000042",
            Name = template == MailTemplates.KeyRevoked ? "Shop" : "shop.example",
            Cents = 123_456,
            Currency = "EUR",
            Day = new DateOnly(2026, 12, 7),
            Until = At.AddHours(2),
            Level = template == MailTemplates.Reminder ? 2 : 5,
            JobKind = "formulation",
            Pair = "de → fr",
            Stands = true,
            State = template switch
            {
                MailTemplates.PayoutReturned => "AC04",
                MailTemplates.WebhookOff => "failing",
                _ => "on_hold",
            },
        };
        switch (template)
        {
            case MailTemplates.Question:
                yield return (Mail(template, details), new MailSecrets(Question: "Heißt „bald“ diese oder nächste Woche?", CanReply: true));
                yield return (Mail(template, details with { State = "open" }), plain);
                break;
            case MailTemplates.Ruling:
                yield return (Mail(template, details), plain);
                yield return (Mail(template, details with { Stands = false }), plain);
                break;
            case MailTemplates.WebhookOff:
                yield return (Mail(template, details), plain);
                yield return (Mail(template, details with { State = "gone" }), plain);
                break;
            case MailTemplates.Invoice:
                yield return (Mail(template, details), plain);
                yield return (Mail(template, details with { Day = null }), plain);
                break;
            case MailTemplates.Payment:
                yield return (Mail(template, details), plain);
                yield return (Mail(template, details with { Number = null }), plain);
                break;
            case "account_pair_enabled" or "account_pair_declined":
                yield return (Mail(template, details), new MailSecrets(Path: "/portal/profile", Note: "de-fr"));
                break;
            case "account_application_accepted" or "account_application_declined":
                yield return (Mail(template, details), new MailSecrets(Path: "/portal/sign-in", Note: "Ihre Probe haben zwei Leute gelesen."));
                break;
            default:
                yield return (Mail(template, details), new MailSecrets(Path: "/portal/sign-in?code=0000"));
                break;
        }
    }

    public static MailReader Reader(string template, string locale) => new(IsForMerchants(template) ? "Rheinkram & Söhne" : "Claire Martin", locale, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

    /// <summary>All forms of a template in words.</summary>
    public static IReadOnlyList<MailWords> Word(string template, string locale, Uri publicUrl) => template == MailTemplates.Digest
        ? [MailComposer.Digest([.. Gathered.Select(t => Of(t).First().Mail)], Reader(template, locale), Footer, publicUrl)]
        : [.. Of(template).Select(s => MailComposer.Word(s.Mail, Reader(template, locale), s.Secrets, FooterOf(template), publicUrl))];

    private static bool IsForMerchants(string template) => MailTemplates.KindOf(template)?.For is not RecipientKind.Translator;

    private static MailFooter? FooterOf(string template) => MailTemplates.KindOf(template) switch
    {
        _ when template.StartsWith(MailTemplates.AccountPrefix, StringComparison.Ordinal) => null,
        null => Footer with { Unsubscribe = null },
        { IsDuty: true } => Footer with { Unsubscribe = null, IsDuty = true },
        _ => Footer,
    };

    private static Mail Mail(string template, MailDetails details) => new()
    {
        Id = Guid.Empty,
        Key = template,
        Template = template,
        JobId = MailTemplates.KindOf(template)?.IsDuty == true || template is MailTemplates.Payment or MailTemplates.Statement or MailTemplates.PayoutSent or MailTemplates.PayoutReturned
            or MailTemplates.WebhookFailing or MailTemplates.WebhookOff or MailTemplates.FirstOrder
            ? null
            : Job,
        OccurredAt = At,
        DueAt = At,
        Details = details,
    };
}
