using System.Text;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Knows texts that were delivered before to the same merchant, without knowing any text.</summary>
internal sealed class Repetitions(OrdersDbContext db, TextVault vault)
{
    /// <summary>The fingerprint of what makes two jobs the same work; null for kinds that are not repeated.</summary>
    public Guid? KeyOf(JobDraft draft, WrappedDataKey dataKey) => draft.Kind is JobKind.Translation or JobKind.Summary
        ? new Guid(
            vault.Fingerprint(
                dataKey,
                TextPurpose.Repetition,
                new Work(draft.Kind.Name(), draft.Pair.ToString(), Normalise(draft.Content.Text), draft.Content.Brief, draft.Content.Terms)).AsSpan(0, 16),
            bigEndian: true)
        : null;

    /// <summary>Those of <paramref name="keys"/> that were delivered and accepted before, in the caller's mode. One query for a whole request.</summary>
    public async Task<HashSet<Guid>> DeliveredAsync(IEnumerable<Guid?> keys, CancellationToken cancellationToken)
    {
        var asked = keys.OfType<Guid>().Distinct().ToList();
        return asked.Count == 0
            ? []
            : await db.Jobs
                // Finished follows from accepted, and is what the index goes by.
                .Where(j => j.State == JobState.Accepted && EF.Property<bool>(j, JobTable.Finished) && j.RepetitionKey != null && asked.Contains(j.RepetitionKey.Value))
                .Select(j => j.RepetitionKey!.Value)
                .Distinct()
                .ToHashSetAsync(cancellationToken);
    }

    /// <summary>What no reader sees makes no other text: how accents and line ends are written, and white space around it.</summary>
    public static string Normalise(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim().Normalize(NormalizationForm.FormC);

    private sealed record Work(string Kind, string Pair, string Text, JobBrief Brief, IReadOnlyList<GlossaryTerm>? Terms);
}
