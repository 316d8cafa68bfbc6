using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using Zweizeiler.ServiceDefaults.Http;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.ServiceDefaults.OpenApi;

/// <summary>The service's part of the API's description, OpenAPI 3.1, at <c>/openapi/v1.json</c>; the gateway puts the parts together.</summary>
public static class ApiDescription
{
    public const string Document = "v1";
    private const string Bearer = "bearer";
    private const string MayGrow = "More values may come; take one that you do not know for no error.";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = api => api.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeDocument);
        options.AddOperationTransformer(DescribeOperation);
        options.AddSchemaTransformer(DescribeSchema);
        options.CreateSchemaReferenceId = type => PublicName(OpenApiOptions.CreateDefaultSchemaReferenceId(type));
    });

    /// <summary>Serves the document without a token: it says nothing about anybody.</summary>
    public static IEndpointConventionBuilder MapApiDescription(this IEndpointRouteBuilder app) =>
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();

    private static Task DescribeDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Zweizeiler",
            Version = "v1",
            Description = "Two-line language jobs, done by people who know the language and the trade.",
        };
        // Each service has its own address; clients only ever see the gateway's.
        document.Servers?.Clear();
        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>())
        {
            tag.Description ??= ApiTags.Describe(tag.Name);
        }

        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "Your API key: `Authorization: Bearer zz_live_…`, or `zz_test_…` to try without paying.",
        };
        foreach (var forms in context.DescriptionGroups.SelectMany(g => g.Items).SelectMany(a => a.ActionDescriptor.EndpointMetadata).OfType<OneOrSeveral>())
        {
            DescribeForms(document, forms);
        }

        return Task.CompletedTask;
    }

    /// <summary>Makes two schemas of the one that takes one thing or several: by its own members, so that none is described in two ways.</summary>
    private static void DescribeForms(OpenApiDocument document, OneOrSeveral forms)
    {
        var schemas = document.Components!.Schemas!;
        if (schemas[forms.Body] is OpenApiSchema { Properties: { } members } body)
        {
            schemas[forms.Several] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Several at once: all of them or none.",
                Required = new HashSet<string> { forms.Members[0] },
                Properties = forms.Members.ToDictionary(name => name, name => members[name]),
            };
            schemas[forms.Body] = new OpenApiSchema
            {
                Description = body.Description,
                OneOf = [new OpenApiSchemaReference(forms.One, document), new OpenApiSchemaReference(forms.Several, document)],
            };
        }

        if (forms.Answer is { } answer)
        {
            schemas[$"{answer}List"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "data" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["data"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference(answer, document) },
                },
            };
        }
    }

    private static async Task DescribeOperation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            var problem = await context.GetOrCreateSchemaAsync(typeof(ProblemBody), cancellationToken: cancellationToken);
            AddProblem(operation, "401", "No valid API key.", problem, context.Document);
            var scope = metadata.OfType<AuthorizationPolicy>().SelectMany(p => p.Requirements).OfType<ScopeRequirement>().FirstOrDefault();
            if (scope is not null)
            {
                operation.Description = $"{operation.Description}\n\nNeeds the scope `{scope.Scope}`.".TrimStart();
                AddProblem(operation, "403", $"The key lacks the scope `{scope.Scope}`.", problem, context.Document);
            }
        }

        foreach (var parameter in metadata.OfType<QueryParameters>().SelectMany(p => p.All))
        {
            var described = new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Schema = SchemaOf(parameter),
            };
            if (parameter.Type == QueryParameter.Object)
            {
                (described.Style, described.Explode) = (ParameterStyle.DeepObject, true);
            }

            (operation.Parameters ??= []).Add(described);
        }

        foreach (var header in metadata.OfType<HeaderParameter>())
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Description = header.Description,
                Required = header.IsRequired,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = header.MaxLength },
            });
        }

        foreach (var header in metadata.OfType<ResponseHeader>())
        {
            AddHeader(operation, header, context.Document!);
        }

        if (metadata.OfType<OneOrSeveral>().FirstOrDefault()?.Answer is { } answer)
        {
            operation.Responses!["201"].Content!["application/json"].Schema = new OpenApiSchema
            {
                OneOf = [new OpenApiSchemaReference(answer, context.Document), new OpenApiSchemaReference($"{answer}List", context.Document)],
            };
        }

        DescribeTexts(operation);
        AddExamples(operation, metadata.OfType<ExampleMetadata>());
    }

    private static void AddHeader(OpenApiOperation operation, ResponseHeader header, OpenApiDocument document)
    {
        var known = ApiHeaders.All[header.Name];
        document.Components ??= new OpenApiComponents();
        (document.Components.Headers ??= new Dictionary<string, IOpenApiHeader>())[header.Name] = new OpenApiHeader
        {
            Description = known.Description,
            Schema = new OpenApiSchema { Type = known.IsNumber ? JsonSchemaType.Integer : JsonSchemaType.String },
            Example = known.IsNumber ? JsonNode.Parse(known.Example) : JsonValue.Create(known.Example),
        };
        foreach (var status in header.Statuses)
        {
            if (operation.Responses?.GetValueOrDefault(status.ToString(System.Globalization.CultureInfo.InvariantCulture)) is OpenApiResponse response)
            {
                (response.Headers ??= new Dictionary<string, IOpenApiHeader>())[header.Name] = new OpenApiHeaderReference(header.Name, document);
            }
        }
    }

    private static OpenApiSchema SchemaOf(QueryParameter parameter) => parameter.Type switch
    {
        "integer" => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Minimum = parameter.Minimum?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Maximum = parameter.Maximum?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Default = parameter.Default is { } usual ? JsonValue.Create(usual) : null,
        },
        QueryParameter.Array => new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = EnumOf(parameter.Values) } },
        QueryParameter.Object => new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String } },
        _ => new OpenApiSchema { Type = JsonSchemaType.String, Enum = EnumOf(parameter.Values) },
    };

    private static List<JsonNode>? EnumOf(IReadOnlyList<string>? values) => values is null ? null : [.. values.Select(v => (JsonNode)JsonValue.Create(v))];

    /// <summary>ASP.NET gives one schema to all media types of a body; what is not JSON is text.</summary>
    private static void DescribeTexts(OpenApiOperation operation)
    {
        IEnumerable<IDictionary<string, OpenApiMediaType>?> contents =
            [operation.RequestBody?.Content, .. operation.Responses?.Values.Select(r => r.Content) ?? []];
        foreach (var (type, media) in contents.SelectMany(c => c ?? new Dictionary<string, OpenApiMediaType>()))
        {
            if (!IsJson(type))
            {
                media.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            }
        }
    }

    private static bool IsJson(string mediaType) => mediaType is "application/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    private static void AddProblem(OpenApiOperation operation, string status, string description, OpenApiSchema schema, OpenApiDocument? document)
    {
        operation.Responses ??= [];
        operation.Responses.TryAdd(status, new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [ApiProblem.ContentType] = new OpenApiMediaType
                {
                    Schema = document is null ? schema : new OpenApiSchemaReference(PublicName(nameof(ProblemBody))!, document),
                },
            },
        });
    }

    private static void AddExamples(OpenApiOperation operation, IEnumerable<ExampleMetadata> examples)
    {
        foreach (var example in examples)
        {
            var content = example.Status is { } status
                ? operation.Responses?.GetValueOrDefault(status.ToString(System.Globalization.CultureInfo.InvariantCulture))?.Content
                : operation.RequestBody?.Content;
            foreach (var media in content?.Where(c => IsJson(c.Key)).Select(c => c.Value) ?? [])
            {
                (media.Examples ??= new Dictionary<string, IOpenApiExample>())[example.Name] =
                    new OpenApiExample { Summary = example.Summary, Value = JsonNode.Parse(example.Json) };
            }
        }
    }

    /// <summary>What clients call it: <c>Job</c>, not <c>JobView</c>; <c>JobInput</c>, not <c>JobItem</c>.</summary>
    private static string? PublicName(string? name) => name switch
    {
        null => null,
        _ when name.StartsWith("PageOf", StringComparison.Ordinal) => PublicName(name["PageOf".Length..]) + "Page",
        _ when name.StartsWith("DataListOf", StringComparison.Ordinal) => PublicName(name["DataListOf".Length..]) + "List",
        _ when name.EndsWith("View", StringComparison.Ordinal) => name[..^"View".Length],
        _ when name.EndsWith("Item", StringComparison.Ordinal) => name[..^"Item".Length] + "Input",
        nameof(ProblemBody) => "Problem",
        _ => name,
    };

    private static Task DescribeSchema(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type) == typeof(DateTimeOffset))
        {
            // A converter of our own writes times, and the generator knows nothing of what it writes.
            schema.Type = JsonSchemaType.String | (Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) is null ? 0 : JsonSchemaType.Null);
            schema.Format = "date-time";
        }

        if (context.JsonPropertyInfo is { AttributeProvider: { } property } of)
        {
            var values = property.GetCustomAttributes(inherit: true).Select(ValuesOf).FirstOrDefault(found => found is not null);
            if (values is not null)
            {
                DescribeValues(schema, values, IsRequest(of.DeclaringType));
            }
        }

        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && IsRequest(context.JsonTypeInfo.Type))
        {
            DescribeRequired(schema, context.JsonTypeInfo);
        }

        return Task.CompletedTask;
    }

    private static IReadOnlyList<string>? ValuesOf(object attribute) => attribute switch
    {
        AllowedValuesAttribute allowed => [.. allowed.Values.Select(v => v!.ToString()!)],
        ValuesOfAttribute known => known.Values,
        _ => null,
    };

    private static void DescribeValues(OpenApiSchema schema, IReadOnlyList<string> values, bool isRequest)
    {
        if (schema.Items is OpenApiSchema items)
        {
            items.Enum = EnumOf(values);
        }
        else
        {
            schema.Enum = EnumOf(values);
            if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
            {
                // Where null is permitted by the type, the list has to permit it too.
                schema.Enum!.Add(JsonNullSentinel.JsonNull);
            }
        }

        if (!isRequest)
        {
            schema.Description = $"{schema.Description} {MayGrow}".TrimStart();
        }
    }

    /// <summary>
    /// A request's members are all nullable, because what is missing becomes a fault with its place; what is a fault whenever it is missing is marked
    /// with <see cref="RequiredAttribute"/>.
    /// </summary>
    private static void DescribeRequired(OpenApiSchema schema, JsonTypeInfo type)
    {
        var required = type.Properties.Where(p => p.AttributeProvider?.IsDefined(typeof(RequiredAttribute), inherit: true) == true).Select(p => p.Name).ToHashSet();
        schema.Required = required.Count == 0 ? null : required;
        foreach (var name in required)
        {
            if (schema.Properties?.TryGetValue(name, out var member) == true && member is OpenApiSchema { Type: { } its } open)
            {
                open.Type = its & ~JsonSchemaType.Null;
            }
        }
    }

    private static bool IsRequest(Type type) =>
        type.Name.EndsWith("Item", StringComparison.Ordinal) || type.Name.EndsWith("Request", StringComparison.Ordinal) || type.Name.EndsWith("Input", StringComparison.Ordinal);
}
