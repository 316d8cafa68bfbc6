using System.Text.Json;
using Zweizeiler.Client;

namespace Zweizeiler.Demo;

/// <summary>A message of a cross-border shop, ready to be ordered, and the translation that the demo's translator writes.</summary>
public sealed record Sample(string Name, NewJob Job, string Translation)
{
    /// <summary>For example "late parcel".</summary>
    public string Title => Name[(Name.IndexOf('-', StringComparison.Ordinal) + 1)..].Replace('-', ' ');

    /// <summary>The folder <c>samples</c> of the checkout that this program was built in.</summary>
    public static string DefaultFolder => Path.Combine(Checkout.Root, "samples");

    /// <summary>All samples of the folder <c>samples</c>, in the order of their names.</summary>
    public static async Task<IReadOnlyList<Sample>> ReadAllAsync(string folder, CancellationToken cancellationToken)
    {
        var jobs = Path.Combine(folder, "jobs");
        if (!Directory.Exists(jobs))
        {
            throw new DemoException($"There are no sample jobs in {jobs}; name the folder with --samples.");
        }

        var samples = new List<Sample>();
        foreach (var file in Directory.EnumerateFiles(jobs, "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var job = JsonSerializer.Deserialize<NewJob>(await File.ReadAllTextAsync(file, cancellationToken), JsonSerializerOptions.Web)
                ?? throw new DemoException($"{file} holds no job.");
            var translation = await File.ReadAllTextAsync(Path.Combine(folder, "translations", name + ".txt"), cancellationToken);
            samples.Add(new Sample(name, job, translation.TrimEnd('\n')));
        }

        return samples;
    }
}
