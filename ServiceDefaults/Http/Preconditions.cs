using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Zweizeiler.ServiceDefaults.OpenApi;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Http;

/// <summary>
/// What can be edited has a version, shown as its <c>ETag</c>; an edit must name the one it read (<c>If-Match</c>), so that nobody overwrites what
/// somebody else has changed meanwhile (RFC 6585 section 3, RFC 9110 section 13.1.1).
/// </summary>
public static class Preconditions
{
    /// <summary>For the description of every operation that edits.</summary>
    public static readonly HeaderParameter IfMatch = new(
        HeaderNames.IfMatch, "The `ETag` of what you have read, exactly as you got it; required. If somebody changed it meanwhile, the answer is 412 and nothing is changed.", IsRequired: true);

    /// <summary>For the description of an operation that looks at a version if the request names one.</summary>
    public static readonly HeaderParameter IfMatchAtWill = new(
        HeaderNames.IfMatch, "The `ETag` of what you have read, if you want it to be looked at. If somebody changed it meanwhile, the answer is 412 and nothing is changed.");

    public static string Tag(int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// The version, and a mark of everything else that the answer shows: so that the tag changes whenever the answer does (<c>If-None-Match</c>), while an
    /// edit (<c>If-Match</c>) fails only when what is edited has changed.
    /// </summary>
    public static string Tag<T>(int version, T answer) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"\"{version}.{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(answer)).AsSpan(0, 12))}\"");

    /// <summary>Answers what was read, with its tag; with 304 if the client has it already.</summary>
    public static IResult OkUnlessKnown<T>(this HttpContext http, T answer, string tag)
    {
        http.Response.Headers.ETag = tag;
        var current = new EntityTagHeaderValue(tag);
        return http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Compare(current, useStrongComparison: false) || t.Equals(EntityTagHeaderValue.Any))
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(answer);
    }

    /// <summary>The same for what has a version.</summary>
    public static IResult OkUnlessKnown<T>(this HttpContext http, T answer, int version) => http.OkUnlessKnown(answer, Tag(version));

    /// <summary>Shows the version of what is answered.</summary>
    public static void ShowTag(this HttpContext http, int version) => http.Response.Headers.ETag = Tag(version);

    /// <exception cref="ApiException">The request names no version (428), or another one (412).</exception>
    public static void RequireMatch(this HttpRequest request, int version)
    {
        if (request.Headers.IfMatch.Count == 0)
        {
            throw new ApiException(new ApiProblem(
                StatusCodes.Status428PreconditionRequired,
                "precondition.required",
                "If-Match is required",
                "Read it first, and send the ETag that you got as 'If-Match': so you do not overwrite what somebody else has changed meanwhile."));
        }

        if (!request.GetTypedHeaders().IfMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && VersionOf(tag) == Tag(version))))
        {
            throw Failed();
        }
    }

    /// <summary>A tag without the mark of what is not edited.</summary>
    private static string VersionOf(EntityTagHeaderValue tag) => tag.Tag.IndexOf('.') is > 0 and var end ? $"{tag.Tag.AsSpan(0, end)}\"" : tag.Tag.ToString();

    /// <summary>Saves an edit; whoever saved between this request's reading and now wins.</summary>
    /// <exception cref="ApiException">Somebody did (412).</exception>
    public static async Task SaveEditAsync(this DbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw Failed();
        }
    }

    /// <summary>For a race that shows in another way than by a version, for example two that create the same.</summary>
    public static ApiException Failed() => new(new ApiProblem(
        StatusCodes.Status412PreconditionFailed,
        "precondition.failed",
        "It was changed meanwhile",
        "What you send as 'If-Match' is not its ETag any more (or not written exactly as you got it, with its quotes). Read it again, and edit that."));
}
