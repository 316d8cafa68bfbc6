using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Mails;

/// <summary>One mail in both languages, each of its forms as HTML and as text.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class MailPage(MailDesk desk) : PageModel
{
    public string Template { get; private set; } = "";

    public IReadOnlyList<MailPreview>? German { get; private set; }

    public IReadOnlyList<MailPreview>? English { get; private set; }

    public async Task<IActionResult> OnGetAsync(string template, CancellationToken cancellationToken)
    {
        Template = template;
        German = await desk.ReadAsync(User.TranslatorId(), "de", template, cancellationToken);
        English = German is null ? null : await desk.ReadAsync(User.TranslatorId(), "en", template, cancellationToken);
        if (German is { Count: 0 })
        {
            return NotFound();
        }

        // The mails themselves stand in frames.
        Response.Headers.ContentSecurityPolicy = Response.Headers.ContentSecurityPolicy + "; frame-src 'self'";
        return Page();
    }
}
