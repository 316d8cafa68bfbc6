namespace Zweizeiler.Client;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Data">The entries, newest first unless the list says otherwise.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to read on; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Data, string? NextCursor);
