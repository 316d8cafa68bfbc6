using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Zweizeiler.ServiceDefaults.OpenApi;

/// <summary>A header that the operation reads.</summary>
public sealed record HeaderParameter(string Name, string Description, int? MaxLength = null, bool IsRequired = false);

/// <summary>A header of the operation's answers with these statuses; <see cref="ApiHeaders"/> says what it means.</summary>
public sealed record ResponseHeader(string Name, params IReadOnlyList<int> Statuses);

/// <summary>
/// The operation takes one thing, or several of them at once; each form has a schema of its own. The answer to several is a list, unless it is the same
/// for both.
/// </summary>
/// <param name="Body">Name of the schema that the body is bound by; it becomes the choice between the two.</param>
/// <param name="One">Name of the schema of one.</param>
/// <param name="Several">Name of the schema of several.</param>
/// <param name="Members">What stands in the body of several; the first must be there.</param>
/// <param name="Answer">Name of the schema of the answer to one, which a list of them is the other form of; null if there is but one.</param>
public sealed record OneOrSeveral(string Body, string One, string Several, IReadOnlyList<string> Members, string? Answer = null);

/// <summary>An example in the OpenAPI document.</summary>
/// <param name="Status">The response's status; null for the request.</param>
/// <param name="Name">Name within its place.</param>
/// <param name="Summary">What it shows.</param>
/// <param name="Json">The example itself.</param>
public sealed record ExampleMetadata(int? Status, string Name, string Summary, string Json);

public static class OperationMetadataExtensions
{
    /// <summary>The answer shows the version of what is answered.</summary>
    public static TBuilder ShowsTag<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(
            new ResponseHeader(HeaderNames.ETag, StatusCodes.Status200OK, StatusCodes.Status201Created, StatusCodes.Status304NotModified));

    /// <summary>The answer says where what was created is.</summary>
    public static TBuilder ShowsLocation<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ResponseHeader(HeaderNames.Location, StatusCodes.Status201Created));

    public static TBuilder WithRequestExample<TBuilder>(this TBuilder endpoint, string name, string summary, string json)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ExampleMetadata(null, name, summary, json));

    public static TBuilder WithResponseExample<TBuilder>(this TBuilder endpoint, int status, string name, string summary, string json)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ExampleMetadata(status, name, summary, json));
}
