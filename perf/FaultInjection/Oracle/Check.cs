namespace Zweizeiler.FaultInjection.Oracle;

/// <summary>One thing that must be true, in how many cases it was looked at, and where it was not.</summary>
internal sealed record Check(string Name, int Cases, IReadOnlyList<string> Violations)
{
    public bool IsKept => Violations.Count == 0;

    public static Check Of(string name, int cases, IEnumerable<string> violations) => new(name, cases, [.. violations]);

    /// <summary>One violation a case at most: null is none.</summary>
    public static Check Each<T>(string name, IReadOnlyCollection<T> cases, Func<T, string?> wrong) => Of(name, cases.Count, cases.Select(wrong).OfType<string>());
}
