using System.Text.RegularExpressions;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>
/// What may be seen of a job before it is taken: enough to decide, but neither the end customer's name nor a telephone number, also where the
/// merchant wrote them into a text. Pages before the claim get this content, so that none of them can show more by mistake.
/// </summary>
public static partial class Preview
{
    /// <summary>Stands for what is left out; the same in every language.</summary>
    public const string LeftOut = "[…]";

    private const int ShortestName = 3;

    private static readonly char[] Between = [' ', '.', ',', '\u00A0'];

    /// <summary>Words of a name that are no name.</summary>
    private static readonly HashSet<string> Titles = new(StringComparer.OrdinalIgnoreCase)
    {
        "herr", "herrn", "frau", "familie", "prof", "professor", "mme", "mlle", "madame", "monsieur", "famille", "mrs", "miss", "sir", "señor", "señora",
        "sra", "signor", "signora", "sig", "mevrouw", "meneer", "pan", "pani", "von", "van", "der", "den", "the", "und", "and",
    };

    public static JobContent Of(JobContent content)
    {
        var names = Names(content.Brief.CustomerName);
        string Veiled(string text) => Veil(text, names);
        string? OrNull(string? text) => text is null ? null : Veiled(text);
        IReadOnlyList<string> All(IReadOnlyList<string> texts) => [.. texts.Select(Veiled)];

        return content with
        {
            Text = Veiled(content.Text),
            Brief = content.Brief with
            {
                CustomerName = null,
                Greeting = null,
                Audience = OrNull(content.Brief.Audience),
                MustSay = All(content.Brief.MustSay),
                MustNotPromise = All(content.Brief.MustNotPromise),
            },
            Formulation = content.Formulation is { } formulation
                ? formulation with { Points = All(formulation.Points), Message = OrNull(formulation.Message) }
                : null,
            Call = content.Call is { } call ? call with { Number = "", Ask = All(call.Ask) } : null,
        };
    }

    /// <summary>Other words about the job, without names and numbers.</summary>
    public static string Veiled(string text, JobBrief brief) => Veil(text, Names(brief.CustomerName));

    /// <summary>The words of the end customer's name that name her, the longest first; the whole name before its parts.</summary>
    internal static IReadOnlyList<string> NamesOf(JobBrief brief) => Names(brief.CustomerName);

    private static string Veil(string text, List<string> names) => names.Aggregate(PhonePattern().Replace(text.Normalize(), LeftOut), Replace);

    private static List<string> Names(string? customer)
    {
        if (string.IsNullOrWhiteSpace(customer))
        {
            return [];
        }

        var name = customer.Normalize().Trim();
        // Longest first: a double name as a whole, then its halves.
        var words = name.Split(Between, StringSplitOptions.RemoveEmptyEntries).SelectMany(w => w.Split('-').Prepend(w))
            .Where(w => w.Length > 0 && (w.Length >= ShortestName || w[0] >= '\u2E80') && !Titles.Contains(w));
        return [.. words.Prepend(name).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(w => w.Length)];
    }

    private static string Replace(string text, string name)
    {
        foreach (var (start, length) in WordSearch.Find(text, name).Reverse().ToList())
        {
            text = string.Concat(text.AsSpan(0, start), LeftOut, text.AsSpan(start + length));
        }

        return text;
    }

    /// <summary>With a country's code, or with a leading zero and long enough to be no date.</summary>
    [GeneratedRegex(@"(?<![\w.,])(?:(?:\+|00)\d(?:[ ()/.\-\u00A0\u202F]{0,2}\d){6,14}|0\d(?:[ ()/\-\u00A0\u202F]{0,2}\d){7,13}|0\d(?:\.\d\d){4})(?!\w)")]
    private static partial Regex PhonePattern();
}
