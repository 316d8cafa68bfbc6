using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zweizeiler.ServiceDefaults.OpenApi;

namespace Zweizeiler.ServiceDefaults.Idempotency;

/// <summary>What an operation that changes something answers. It is written after everything was stored.</summary>
public sealed record Answer(int Status, object Value, string? Location = null) : IResult
{
    public static Answer Created(string location, object value) => new(StatusCodes.Status201Created, value, location);

    public static Answer Ok(object value) => new(StatusCodes.Status200OK, value);

    /// <summary>The version of what is answered, for what can be edited.</summary>
    public string? ETag { get; init; }

    public Task ExecuteAsync(HttpContext httpContext) => ToBytes(httpContext).ExecuteAsync(httpContext);

    public AnswerBytes ToBytes(HttpContext http)
    {
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        return new AnswerBytes(Status, Location, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(Value, json)) { ETag = ETag };
    }
}

/// <summary>An answer as it goes over the wire, for the first time or again. One that says nothing has no body and no type of it.</summary>
public sealed record AnswerBytes(int Status, string? Location, string ContentType, byte[] Body, bool IsReplay = false) : IResult
{
    public string? ETag { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (Body is not [])
        {
            response.ContentType = ContentType;
            response.ContentLength = Body.Length;
        }

        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (ETag is not null)
        {
            response.Headers.ETag = ETag;
        }

        if (IsReplay)
        {
            response.Headers[ApiHeaders.IdempotentReplayed] = "true";
        }

        await response.Body.WriteAsync(Body, httpContext.RequestAborted);
    }
}
