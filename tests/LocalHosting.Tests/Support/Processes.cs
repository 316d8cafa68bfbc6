using System.Text;

namespace Zweizeiler.LocalHosting.Tests.Support;

internal static class Processes
{
    /// <summary>Every process on this machine that has the variable in its environment: children and whatever they started, in whichever session.</summary>
    public static IReadOnlyList<int> WithVariable(string name, string value)
    {
        var wanted = Encoding.UTF8.GetBytes($"{name}={value}");
        return [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(id => int.TryParse(id, out _)).Select(int.Parse!)
            .Where(id => Environment(id).IndexOf(wanted) >= 0)];
    }

    public static bool Exists(int id) => Directory.Exists($"/proc/{id}");

    private static ReadOnlySpan<byte> Environment(int id)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{id}/environ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // It has just ended, or is somebody else's.
        }
    }
}
