using System.Text;
using Npgsql;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Knows texts that were delivered before to the same merchant, without knowing any text.</summary>
internal sealed class Repetitions(NpgsqlDataSource database, Caller caller, TextVault vault)
{
    /// <summary>The first will do: a text may have been delivered ten thousand times. PostgreSQL plans it once, a list of keys it would plan anew each time.</summary>
    internal const string Delivered = $"{Before} $3 LIMIT 1";

    /// <summary>The same of several texts.</summary>
    internal const string EachDelivered = $"SELECT DISTINCT repetition_key FROM ({Before} ANY ($3)) AS delivered";

    /// <summary>Finished follows from accepted, and is what the index goes by.</summary>
    private const string Before = """
        SELECT repetition_key FROM jobs
        WHERE merchant_id = $1 AND mode = $2 AND finished AND state = 'accepted' AND repetition_key IS NOT NULL AND repetition_key =
        """;

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
    /// <remarks>Asked for nearly every order, so in SQL: an order that nothing else is looked up for never wakes EF.</remarks>
    public async Task<HashSet<Guid>> DeliveredAsync(IEnumerable<Guid?> keys, CancellationToken cancellationToken)
    {
        var asked = keys.OfType<Guid>().Distinct().ToArray();
        var delivered = new HashSet<Guid>();
        if (asked.Length == 0)
        {
            return delivered;
        }

        await using var command = database.CreateCommand(asked.Length == 1 ? Delivered : EachDelivered);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = caller.MerchantId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = caller.Mode });
        command.Parameters.Add(asked.Length == 1 ? new NpgsqlParameter<Guid> { TypedValue = asked[0] } : new NpgsqlParameter<Guid[]> { TypedValue = asked });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            delivered.Add(reader.GetGuid(0));
        }

        return delivered;
    }

    /// <summary>What no reader sees makes no other text: how accents and line ends are written, and white space around it.</summary>
    public static string Normalise(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim().Normalize(NormalizationForm.FormC);

    private sealed record Work(string Kind, string Pair, string Text, JobBrief Brief, IReadOnlyList<GlossaryTerm>? Terms);
}
