namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>A line of the form about tax and account.</summary>
public sealed record DetailsField(string Name, string Label, string? Value, string Autocomplete, string? Hint, string? Fault)
{
    public string Id => $"Form.{Name}";

    /// <summary>What a screen reader reads with the field; null if there is nothing.</summary>
    public string? DescribedBy => (Hint, Fault) switch
    {
        (null, null) => null,
        (null, _) => $"{Id}-fault",
        (_, null) => $"{Id}-hint",
        _ => $"{Id}-hint {Id}-fault",
    };
}
