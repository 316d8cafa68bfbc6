using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Rules for single fields, each with its fault.</summary>
internal static class FieldRules
{
    /// <summary>Whether there is a value; otherwise adds a fault, unless the field was there and was faulty already.</summary>
    public static bool Required(this Faults faults, string pointer, object? value)
    {
        if (value is null)
        {
            faults.Add(pointer, "field.required", "This field is required.");
        }

        return value is not null;
    }

    /// <summary>A text of the merchant's own: short enough, and without the one character that cannot be stored.</summary>
    public static void Text(this Faults faults, string pointer, string? value, int maxLength, bool mayBeEmpty = true)
    {
        if (value is null)
        {
            return;
        }

        if (value.Length > maxLength)
        {
            faults.Add(pointer, "field.too_long", $"At most {maxLength} characters are permitted; these are {value.Length}.");
        }
        else if (!mayBeEmpty && string.IsNullOrWhiteSpace(value))
        {
            faults.Add(pointer, "field.empty", "This must not be empty.");
        }

        faults.NoNul(pointer, value);
    }

    /// <summary>Several texts of the merchant's own, none of them empty.</summary>
    public static void Texts(this Faults faults, string pointer, IReadOnlyList<string>? values, int most, int maxLength, bool required = false)
    {
        if (values is null)
        {
            if (required)
            {
                faults.Required(pointer, values);
            }

            return;
        }

        var count = 0;
        foreach (var (index, at, value) in faults.Placed(pointer, values))
        {
            if (string.IsNullOrWhiteSpace(value))
            {
                faults.Add(at, "field.empty", "This must not be empty.");
            }

            faults.Text(at, value, maxLength);
            count = index + 1;
        }

        if (count > most)
        {
            faults.Add(pointer, "field.too_many", $"At most {most} are permitted; these are {count}.");
        }
        else if (count == 0 && required && !faults.Has($"{pointer}/0"))
        {
            faults.Add(pointer, "field.empty", $"1 to {most} are needed.");
        }
    }

    /// <summary>A whole number within its bounds.</summary>
    public static void Range(this Faults faults, string pointer, int? value, int least, int most)
    {
        if (value < least || value > most)
        {
            faults.Add(pointer, "field.range", $"A whole number from {least} to {most}.");
        }
    }

    public static void NoNul(this Faults faults, string pointer, string value)
    {
        if (value.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var at)
        {
            faults.Add(pointer, "text.nul", $"The character U+0000 (at position {at}) is not permitted.");
        }
    }

    public static void OneOf(this Faults faults, string pointer, string? value, string code, params ReadOnlySpan<string> permitted)
    {
        if (value is not null && !permitted.Contains(value))
        {
            faults.Add(pointer, code, $"One of: {string.Join(", ", permitted!)}.");
        }
    }

    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
