using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Workbench.Checks;
using Zweizeiler.Marketplace.Features.Workbench.Spelling;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>Everything that is looked at: <see cref="DeliveryChecks"/>, and what needs a dictionary.</summary>
public sealed class LookOver(Speller speller)
{
    /// <summary>Errors first; without any, the warnings.</summary>
    public async Task<IReadOnlyList<Finding>> AtDeliveryAsync(Job job, JobContent source, DraftContent written, CancellationToken cancellationToken)
    {
        var findings = DeliveryChecks.Run(job.Kind, source, written, (job.Source, job.Target));
        return findings.Any(f => f.Blocks) ? findings : [.. findings, .. await SpellingAsync(job, source, written, cancellationToken)];
    }

    public async Task<IReadOnlyList<Finding>> WhileWritingAsync(Job job, JobContent source, DraftContent written, CancellationToken cancellationToken) =>
    [
        .. DeliveryChecks.WhileWriting(job.Kind, source, written, (job.Source, job.Target)), .. await SpellingAsync(job, source, written, cancellationToken),
    ];

    private async Task<IEnumerable<Finding>> SpellingAsync(Job job, JobContent source, DraftContent written, CancellationToken cancellationToken)
    {
        var (language, field) = job.Kind switch
        {
            JobKinds.Summary => (job.MerchantLanguage, "gist"),
            JobKinds.Call => (job.MerchantLanguage, "report"),
            _ => (job.Target, "text"),
        };
        var words = SpellingChecks.Words(written.Counted(job.Kind), source);
        if (words.Count == 0 || await speller.UnknownAsync(language, [.. words.Select(w => w.Text).Distinct(StringComparer.Ordinal)], cancellationToken) is not { Count: > 0 } unknown)
        {
            return [];
        }

        unknown = await WithoutCompoundsAsync(language, unknown, cancellationToken);
        return SpellingChecks.Findings(words, unknown, await NamesAsync(job.Source, source, unknown, cancellationToken), field);
    }

    /// <summary>What the merchant wrote and her own dictionary does not know either is a name.</summary>
    private async Task<IReadOnlySet<string>> NamesAsync(string language, JobContent source, IReadOnlySet<string> unknown, CancellationToken cancellationToken)
    {
        var given = SpellingChecks.Given(source).Where(unknown.Contains).ToList();
        return given.Count == 0 ? new HashSet<string>() : await speller.UnknownAsync(language, given, cancellationToken) ?? given.ToHashSet(StringComparer.Ordinal);
    }

    private async Task<IReadOnlySet<string>> WithoutCompoundsAsync(string language, IReadOnlySet<string> unknown, CancellationToken cancellationToken)
    {
        var parts = unknown.ToDictionary(w => w, w => SpellingChecks.PartsOf(w, language));
        var asked = parts.Values.SelectMany(p => p).SelectMany(p => new[] { p.Left, p.Right }).ToHashSet(StringComparer.Ordinal);
        return asked.Count == 0 || await speller.UnknownAsync(language, asked, cancellationToken) is not { } bad
            ? unknown
            : unknown.Where(w => !parts[w].Any(p => !bad.Contains(p.Left) && !bad.Contains(p.Right))).ToHashSet(StringComparer.Ordinal);
    }
}
