using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>Keeps generated parameters where Aspire keeps them: in the app host's user secrets.</summary>
internal sealed class GeneratedSecrets(string? userSecretsId, IConfiguration configuration)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Lock _lock = new();

    public string GetOrAdd(string key, Func<string> generate)
    {
        lock (_lock)
        {
            if (userSecretsId is null)
            {
                return configuration[key] ??= generate();
            }

            var file = PathHelper.GetSecretsPathFromSecretsId(userSecretsId);
            var secrets = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : [];
            if (secrets[key]?.GetValue<string>() is { } known)
            {
                return known;
            }

            var value = generate();
            secrets[key] = value;
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            var temporary = file + ".new";
            var forOwner = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                forOwner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(temporary, forOwner))
            {
                JsonSerializer.Serialize(stream, secrets, Indented);
            }

            File.Move(temporary, file, overwrite: true);
            return value;
        }
    }
}
