using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.Json;

/// <summary>
/// A request's JSON body, read strictly: unknown fields, wrong types and missing values become faults with pointers, and what is right is
/// still bound, so that a handler can add its own findings and report everything at once. Take it as a handler's parameter.
/// </summary>
public sealed class Body<T>(T value, Faults faults, byte[] raw) : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider, IRawBody
    where T : class
{
    /// <summary>The body; faulty members are left at their defaults.</summary>
    public T Value { get; } = value;

    /// <summary>What was wrong so far; validation goes on adding to it.</summary>
    public Faults Faults { get; } = faults;

    /// <summary>The body as it was sent, for the fingerprint of idempotent requests.</summary>
    public ReadOnlyMemory<byte> Raw => raw;

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        CommonProblems.RefuseEncoded(context.Request);
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var raw = buffer.ToArray();
        if (raw.Length == 0 && typeof(IMayBeEmpty).IsAssignableFrom(typeof(T)))
        {
            raw = [.. "{}"u8];
        }
        else if (!context.Request.HasJsonContentType())
        {
            throw new ApiException(CommonProblems.ForStatus(StatusCodes.Status415UnsupportedMediaType));
        }

        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var faults = new Faults();
        var value = StrictJson.Read<T>(raw, options, faults);
        return new Body<T>(value, faults, raw);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), typeof(IMayBeEmpty).IsAssignableFrom(typeof(T))));
        builder.Metadata.Add(new Microsoft.AspNetCore.Mvc.ProducesResponseTypeAttribute(typeof(ProblemBody), StatusCodes.Status400BadRequest, ApiProblem.ContentType));
    }
}

/// <summary>A request's body as it was sent, whatever it was bound to.</summary>
public interface IRawBody
{
    ReadOnlyMemory<byte> Raw { get; }
}

/// <summary>Marks a body whose every member is optional, so that sending no body at all means the same as <c>{}</c>.</summary>
public interface IMayBeEmpty;
