namespace Zweizeiler.Load;

/// <summary>What a running service was started with (Linux).</summary>
internal static class ProcessEnvironment
{
    /// <exception cref="LoadException">The process has no such variable.</exception>
    public static string Of(int process, string name) =>
        File.ReadAllText($"/proc/{process}/environ").Split('\0').FirstOrDefault(v => v.StartsWith($"{name}=", StringComparison.Ordinal))?[(name.Length + 1)..]
        ?? throw new LoadException($"The process {process} has no {name}.");
}
