using System.Text.Json;

namespace Zweizeiler.Demo;

/// <summary>What <c>./run --details</c> prints of a running stack.</summary>
public sealed record StackDetails
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    public required Uri Gateway { get; init; }

    public required Uri Portal { get; init; }

    public required StackKeys Keys { get; init; }

    public required IReadOnlyList<StackTranslator> Translators { get; init; }

    /// <summary>Null where a mail server with pages of its own takes the mails.</summary>
    public string? MailFolder { get; init; }

    public Uri? MailPages { get; init; }

    public required string DataFolder { get; init; }

    /// <summary>Process id of each running service; a service of several replicas has several.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Processes { get; init; }

    /// <summary>Process id of the app host, which is the parent of all others.</summary>
    public int AppHost { get; init; }

    /// <summary>The list of traces of the local engine, or the front page of Aspire's dashboard.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>A page that shows one trace.</summary>
    public Uri? TraceUrl(string traceId) => Telemetry switch
    {
        null => null,
        { AbsolutePath: "/traces" } list => new Uri($"{list}/{traceId}?format=text"),
        var dashboard => new Uri(dashboard, $"/traces/detail/{traceId}"),
    };

    /// <exception cref="DemoException">No such service runs.</exception>
    public IReadOnlyList<int> ProcessesOf(string service) => Processes.GetValueOrDefault(service) switch
    {
        { ValueKind: JsonValueKind.Array } ids => [.. ids.EnumerateArray().Select(id => id.GetInt32())],
        { ValueKind: JsonValueKind.Number } id => [id.GetInt32()],
        _ => throw new DemoException($"The details name no process of {service}."),
    };

    /// <exception cref="DemoException">The file is missing or does not hold what is needed.</exception>
    public static async Task<StackDetails> ReadAsync(string fileOrDash, CancellationToken cancellationToken)
    {
        try
        {
            var json = fileOrDash == "-"
                ? await Console.In.ReadToEndAsync(cancellationToken)
                : await File.ReadAllTextAsync(fileOrDash, cancellationToken);
            return Parse(json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DemoException($"The details of the stack could not be read from {fileOrDash}: {e.Message}");
        }
    }

    public static StackDetails Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<StackDetails>(json, Format) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new DemoException($"These are not the details that './run --details' prints: {e.Message}");
        }
    }
}

public sealed record StackKeys(string Live, string Test);

public sealed record StackTranslator(string Email, string Password, IReadOnlyList<string> Pairs)
{
    public bool Translates(string source, string target) => Pairs.Contains($"{source}-{target}", StringComparer.OrdinalIgnoreCase);
}
