using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Claims;

/// <summary>A claim that came while somebody else was taking the job on this replica, and did.</summary>
/// <param name="Winner">Who has it.</param>
public sealed record LateClaim(Guid Winner);

/// <summary>
/// Tells whoever comes a moment too late that somebody else was faster, before anything else is done: of two hundred who reach for a job at once all but
/// one would otherwise have their session, form and pairs looked up for it, and all would wait for that.
/// </summary>
/// <remarks>Nothing is changed and nothing of the job is shown; so neither the form's token nor the session's state matters (<see cref="People.SessionCheck"/>).</remarks>
internal static class LateClaims
{
    public static void Use(WebApplication app)
    {
        var turns = app.Services.GetRequiredService<JobTurns>();
        app.Use(async (http, next) =>
        {
            if (!IsClaim(http, out var jobId))
            {
                await next(http);
                return;
            }

            using var arrival = turns.Arrive(jobId);
            if (await arrival.WinnerAsync(http.RequestAborted) is not { } winner || !await IsToldAsync(http, winner))
            {
                await next(http);
            }
        });
    }

    // By the path: it comes before the routing.
    private static bool IsClaim(HttpContext http, out Guid jobId)
    {
        jobId = default;
        return HttpMethods.IsPost(http.Request.Method)
            && http.Request.Path.StartsWithSegments("/portal/jobs", out var rest)
            && http.Request.Query["handler"] == "Claim"
            && PublicId.TryParse("job", rest.Value?.Trim('/') ?? "", out jobId);
    }

    private static async Task<bool> IsToldAsync(HttpContext http, Guid winner)
    {
        http.Features.Set(new LateClaim(winner));
        var who = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        if (who.Principal is null || who.Principal.TranslatorId() == winner)
        {
            // A stranger, whom the page sends away, or the winner's second click, whose session was looked at.
            return false;
        }

        var notes = http.RequestServices.GetRequiredService<ITempDataDictionaryFactory>().GetTempData(http);
        notes.Notice(http.RequestServices.GetRequiredService<Reader>().W.ClaimTaken, isGood: false);
        notes.Save();
        http.Response.Redirect("/portal");
        return true;
    }
}
