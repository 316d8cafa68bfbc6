using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zweizeiler.AppHost;

/// <summary>What <c>resources.json</c> holds.</summary>
internal sealed record Details
{
    public bool Ready { get; init; }

    public required string Gateway { get; init; }

    public required string Portal { get; init; }

    public required string Docs { get; init; }

    public DemoKeys? Keys { get; init; }

    public IReadOnlyList<SignIn>? Translators { get; init; }

    public SignIn? Operator { get; init; }

    public string? MailFolder { get; init; }

    public string? MailPages { get; init; }

    public required string DataFolder { get; init; }

    public string? Telemetry { get; init; }

    public int AppHost { get; init; }

    public required IReadOnlyDictionary<string, object?> Processes { get; init; }

    public required IReadOnlyDictionary<string, ResourceDetails> Resources { get; init; }
}

internal sealed record DemoKeys(string? Live, string? Test);

internal sealed record SignIn(string Email, string? Password, IReadOnlyList<string>? Pairs);

internal sealed record ResourceDetails(string? State, string? Health, int? ExitCode, int? Process, IReadOnlyList<string> Urls);

/// <summary>Replaces the file as a whole, so that a reader never sees half of it. It holds keys and passwords: for its owner only.</summary>
internal sealed class RunDetailsFile(string folder)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _path = Path.Combine(folder, "resources.json");

    public void Write(Details details)
    {
        Directory.CreateDirectory(folder);
        var next = _path + ".next";
        var forOwner = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            forOwner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(next, forOwner))
        {
            JsonSerializer.Serialize(file, details, Json);
        }

        File.Move(next, _path, overwrite: true);
    }

    public void Remove() => File.Delete(_path);
}
