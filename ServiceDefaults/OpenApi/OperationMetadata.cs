using Microsoft.AspNetCore.Builder;

namespace Zweizeiler.ServiceDefaults.OpenApi;

/// <summary>A header that the operation reads.</summary>
public sealed record HeaderParameter(string Name, string Description, int? MaxLength = null);

/// <summary>An example in the OpenAPI document.</summary>
/// <param name="Status">The response's status; null for the request.</param>
/// <param name="Name">Name within its place.</param>
/// <param name="Summary">What it shows.</param>
/// <param name="Json">The example itself.</param>
public sealed record ExampleMetadata(int? Status, string Name, string Summary, string Json);

public static class OperationMetadataExtensions
{
    public static TBuilder WithRequestExample<TBuilder>(this TBuilder endpoint, string name, string summary, string json)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ExampleMetadata(null, name, summary, json));

    public static TBuilder WithResponseExample<TBuilder>(this TBuilder endpoint, int status, string name, string summary, string json)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ExampleMetadata(status, name, summary, json));
}
