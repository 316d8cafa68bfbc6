namespace Zweizeiler.Gateway.Docs;

/// <summary>The API guide, <c>docs/api-guide.md</c>: the introduction of the description, and so the first thing on <c>/docs</c>.</summary>
internal static class Guide
{
    private const string Resource = "api-guide.md";

    public static string Text { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(Guide).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}.");
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        // The page has a title of its own.
        return text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimStart();
    }
}
