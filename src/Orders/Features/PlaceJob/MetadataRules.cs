using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Rules for the merchant's own pairs, wherever they are taken.</summary>
internal static class MetadataRules
{
    public static void Check(string at, IReadOnlyDictionary<string, string>? metadata, Faults faults)
    {
        if (metadata is null)
        {
            return;
        }

        if (metadata.Count > Limits.MetadataPairs)
        {
            faults.Add(at, "metadata.too_many", $"At most {Limits.MetadataPairs} pairs are permitted; these are {metadata.Count}.");
        }

        foreach (var (key, value) in metadata)
        {
            var pointer = $"{at}/{FieldRules.Escape(key)}";
            if (key.Length is 0 or > Limits.MetadataKey || key.Contains('\0', StringComparison.Ordinal))
            {
                faults.Add(pointer, "metadata.key", $"A key has 1 to {Limits.MetadataKey} characters, none of them U+0000.");
            }

            faults.Text(pointer, value, Limits.MetadataValue);
        }
    }
}
