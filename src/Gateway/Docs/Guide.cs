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
        return Of(reader.ReadToEnd());
    }

    /// <summary>The guide as the description has it.</summary>
    /// <param name="file">The guide as it stands in its file.</param>
    internal static string Of(string file) =>
        // The page has a title of its own, and the names of what the description's headings lead to.
        file[(file.IndexOf('\n', StringComparison.Ordinal) + 1)..].TrimStart().Replace("](#", "](#v1/description/", StringComparison.Ordinal);
}
