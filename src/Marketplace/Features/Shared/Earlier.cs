namespace Zweizeiler.Marketplace.Features.Shared;

/// <summary>The way on in a list that begins with the newest, and back to its beginning.</summary>
/// <param name="Path">The page.</param>
/// <param name="Place">The list's id on it.</param>
/// <param name="Next">Where it goes on; null at its end.</param>
/// <param name="After">Where this part of it begins; null at its beginning.</param>
public sealed record Earlier(string Path, string Place, string? Next, string? After);
