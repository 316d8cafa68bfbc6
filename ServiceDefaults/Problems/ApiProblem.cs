using System.Diagnostics;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Zweizeiler.ServiceDefaults.Json;

namespace Zweizeiler.ServiceDefaults.Problems;

/// <summary>One fault in a request: where (RFC 6901 pointer into the body, or <c>?name</c> for a query parameter), which, and what to do about it.</summary>
public sealed record Fault(string Pointer, string Code, string Detail);

/// <summary>An error as clients see it (RFC 9457). The one place that writes problem details.</summary>
public sealed record ApiProblem(int Status, string Code, string Title, string? Detail = null, IReadOnlyList<Fault>? Errors = null)
    : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    public const string ContentType = "application/problem+json";

    /// <summary>Times look in a problem as they do in every other answer.</summary>
    private static readonly JsonSerializerOptions MemberJson = new(JsonSerializerDefaults.Web) { Converters = { new UtcTimes() } };

    /// <summary>Seconds after which a retry makes sense; sent as <c>Retry-After</c>.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Further members of the problem, for example what is possible instead.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new Microsoft.AspNetCore.Mvc.ProducesResponseTypeAttribute(typeof(ProblemBody), StatusCodes.Status422UnprocessableEntity, ContentType));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await response.WriteAsJsonAsync(ToBody(httpContext), ProblemJson.Readable.ProblemBody, ContentType, httpContext.RequestAborted);
    }

    public ProblemBody ToBody(HttpContext httpContext) => new()
    {
        Type = $"urn:zweizeiler:problem:{Code}",
        Title = Title,
        Status = Status,
        Detail = Detail,
        Instance = httpContext.Request.Path,
        Code = Code,
        TraceId = Activity.Current?.TraceId.ToHexString() ?? httpContext.TraceIdentifier,
        Errors = Errors is { Count: > 0 } ? Errors : null,
        Extensions = Extensions?.ToDictionary(e => e.Key, e => JsonSerializer.SerializeToElement(e.Value, MemberJson)),
    };
}

/// <summary>The body of every error response.</summary>
public sealed record ProblemBody
{
    /// <summary>How it is written: members without a value are left out.</summary>
    public static JsonTypeInfo<ProblemBody> Json => ProblemJson.Readable.ProblemBody;

    /// <summary>A URN that names the kind of problem; stable.</summary>
    public required string Type { get; init; }

    /// <summary>What went wrong, in a few words; the same for every occurrence.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What went wrong this time, and what to do about it.</summary>
    public string? Detail { get; init; }

    /// <summary>The path that was asked for.</summary>
    public string? Instance { get; init; }

    /// <summary>The stable, dotted code to branch on.</summary>
    public required string Code { get; init; }

    /// <summary>Quote this when asking for help.</summary>
    public string? TraceId { get; init; }

    /// <summary>All faults of the request at once.</summary>
    public IReadOnlyList<Fault>? Errors { get; init; }

    /// <summary>Members that only some problems have. Settable, since extension data cannot go through a constructor.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extensions { get; set; }
}

[JsonSerializable(typeof(ProblemBody))]
internal sealed partial class ProblemJson : JsonSerializerContext
{
    /// <summary>Quotes and letters of all languages as they are: the body is JSON and never embedded in a page.</summary>
    public static ProblemJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
