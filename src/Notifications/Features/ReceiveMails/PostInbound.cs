using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using MimeKit;
using Zweizeiler.Notifications.Features.SendMails;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.ReceiveMails;

/// <summary>
/// <c>POST /notifications/inbound</c>: a mail server hands over a message as it is (<c>message/rfc822</c>), with the secret that was agreed with it. A server
/// has no API key and no account; without a secret in the configuration the path does not exist.
/// </summary>
internal static class PostInbound
{
    /// <summary>Not <c>Authorization</c>, which the gateway keeps for itself.</summary>
    public const string SecretHeader = "X-Mail-Secret";

    private const long MostBytes = 10 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/notifications/inbound", HandleAsync)
        .AllowAnonymous()
        .ExcludeFromDescription()
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> HandleAsync(
        HttpRequest request, InboundMails inbound, IOptions<MailOptions> options, CancellationToken cancellationToken)
    {
        if (options.Value.Inbound.Secret is not { Length: >= 32 } secret)
        {
            return CommonProblems.ForStatus(StatusCodes.Status404NotFound);
        }

        // Hashed first, so that the time says nothing about how much of it was right.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(request.Headers[SecretHeader].ToString()));
        if (!CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(secret))))
        {
            return CommonProblems.ForStatus(StatusCodes.Status401Unauthorized);
        }

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        buffer.Position = 0;
        MimeMessage message;
        try
        {
            message = await MimeMessage.LoadAsync(buffer, cancellationToken);
        }
        catch (FormatException)
        {
            return CommonProblems.ForStatus(StatusCodes.Status400BadRequest);
        }

        using (message)
        {
            return TypedResults.Ok(new { outcome = await inbound.TakeAsync(message, cancellationToken) });
        }
    }
}
