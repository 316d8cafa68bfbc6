using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.PreviewMails;

/// <summary>A mail as it would be read.</summary>
/// <param name="Template">Which.</param>
/// <param name="Kind">Of which kind it is for preferences; null if it is of none.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">As text.</param>
/// <param name="Html">As HTML.</param>
public sealed record MailPreviewView(string Template, string? Kind, string Subject, string Text, string Html);

/// <summary>
/// <c>GET /internal/mail-previews</c>: every mail with invented facts, for the operators' desk, which asks with a token of its own that has the scope
/// <c>operator</c>. The gateway leads nobody here.
/// </summary>
internal static class PreviewMails
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapGet("/internal/mail-previews", Handle)
        .RequireScope(Scope.Operator);

    private static IResult Handle(HttpRequest request, IConfiguration configuration)
    {
        var locale = request.Query["locale"].ToString() == "en" ? "en" : "de";
        var template = request.Query["template"].ToString();
        if (template.Length > 0 && !MailTemplates.All.Contains(template))
        {
            return CommonProblems.ForStatus(StatusCodes.Status404NotFound);
        }

        var publicUrl = configuration.GetValue<Uri>("PublicUrl") ?? throw new InvalidOperationException("PublicUrl is not set.");
        return TypedResults.Ok(MailTemplates.All
            .Where(t => template.Length == 0 || t == template)
            .SelectMany(t => MailSamples.Word(t, locale, publicUrl).Select(w => new MailPreviewView(t, MailTemplates.KindOf(t)?.Name, w.Subject, w.Text, w.Html)))
            .ToList());
    }
}
