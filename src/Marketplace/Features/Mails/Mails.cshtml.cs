using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Mails;

/// <summary>A mail in the list: its subjects, and how many forms it has.</summary>
public sealed record MailRow(string Template, string? Kind, string German, string English);

/// <summary>Every mail that Notifications sends, for those who care for the words.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class MailsPage(MailDesk desk) : PageModel
{
    /// <summary>Null if Notifications does not answer.</summary>
    public IReadOnlyList<MailRow>? Mails { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var german = await desk.ReadAsync(User.TranslatorId(), "de", null, cancellationToken);
        var english = german is null ? null : await desk.ReadAsync(User.TranslatorId(), "en", null, cancellationToken);
        Mails = german is null || english is null
            ? null
            : [.. from mail in german.DistinctBy(m => m.Template)
                  join other in english.DistinctBy(m => m.Template) on mail.Template equals other.Template
                  select new MailRow(mail.Template, mail.Kind, mail.Subject, other.Subject)];
    }
}
