namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Some of several, as boxes to tick.</summary>
public sealed record Choices(string Name, string Legend, IReadOnlyDictionary<string, string> All, IReadOnlyCollection<string> Chosen, string? Error)
{
    public string Id => Name.ToLowerInvariant();

    public string? Hint { get; init; }
}
