using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Quotes;

/// <summary>Finds the quote that an order names, compares the two, and uses it up.</summary>
internal sealed class QuoteBook(OrdersDbContext db, TextVault vault)
{
    private const string MismatchCode = "quote.mismatch";

    /// <summary>The one quote that the items name; null if none does, or if there is a fault in it.</summary>
    public async Task<Quote?> FindAsync(IReadOnlyList<OrderItem> items, DateTimeOffset now, Faults faults, CancellationToken cancellationToken)
    {
        if (items.FirstOrDefault(i => i.Job.QuoteId is not null).Job?.QuoteId is not { } named)
        {
            return null;
        }

        var quote = PublicId.TryParse(Ids.Quote, named, out var id)
            ? await db.Quotes.AsNoTracking().SingleOrDefaultAsync(q => q.Id == id, cancellationToken)
            : null;
        var isSound = true;
        foreach (var (at, job) in items)
        {
            var (code, detail) = job.QuoteId != named ? (MismatchCode, "All jobs of a request are placed by one quote; each names it.")
                : quote is null ? ("quote.not_found", "There is no such quote, or it belongs to somebody else.")
                : !quote.IsValid(now) ? ("quote.expired", "The quote is no longer valid; ask for a new one.")
                : default;
            if (code is not null)
            {
                isSound = false;
                faults.Add($"{at}/quoteId", code, detail!);
            }
        }

        return isSound ? quote : null;
    }

    /// <summary>Adds a fault for everything in which the order is not what was quoted. Jobs that are faulty themselves are not compared.</summary>
    public void Compare(Quote quote, IReadOnlyList<JobDraft?> drafts, WrappedDataKey dataKey, Faults faults)
    {
        if (drafts.Count != quote.Items.Count)
        {
            faults.Add("/jobs", MismatchCode, $"The quote is for {quote.Items.Count} jobs, which are placed together; these are {drafts.Count}.");
            return;
        }

        foreach (var (draft, quoted) in drafts.Zip(quote.Items))
        {
            if (draft is null)
            {
                continue;
            }

            Same("kind", draft.Kind.Name(), quoted.Kind);
            Same("source", draft.Pair.Source, quoted.Source);
            Same("target", draft.Pair.Target, quoted.Target);
            Same("urgency", draft.Urgency.Name(), quoted.Urgency);
            var content = FingerprintsOf(draft, dataKey);
            foreach (var field in content.Keys.Union(quoted.Content.Keys))
            {
                if (content.GetValueOrDefault(field) != quoted.Content.GetValueOrDefault(field))
                {
                    faults.Add($"{draft.At}/{field}", MismatchCode, $"This is not the '{field}' that was quoted.");
                }
            }

            void Same(string field, string given, string expected)
            {
                if (given != expected)
                {
                    faults.Add($"{draft.At}/{field}", MismatchCode, $"Quoted was '{expected}'.");
                }
            }
        }
    }

    /// <summary>Uses the quote up, in the transaction of the order. Of several orders that come at once the database lets one do it.</summary>
    /// <exception cref="ApiException">Another order used it (409).</exception>
    public async Task UseAsync(Quote quote, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is null)
        {
            await db.Database.BeginTransactionAsync(cancellationToken);
        }

        var used = await db.Quotes
            .Where(q => q.Id == quote.Id && q.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(q => q.UsedAt, now), cancellationToken);
        if (used == 0)
        {
            throw new ApiException(new ApiProblem(
                StatusCodes.Status409Conflict,
                "quote.used",
                "The quote was used already",
                "A quote is for one order. Ask for a new one; to repeat an order whose answer you did not get, send it with the Idempotency-Key that it had."));
        }
    }

    /// <summary>
    /// What of a job decides its price and content, unreadably: by the fields as they were sent, so that what the merchant has set once for all
    /// her jobs may change meanwhile. Of a named glossary and case counts what they add to this job, not their ids.
    /// </summary>
    public IReadOnlyDictionary<string, string> FingerprintsOf(JobDraft draft, WrappedDataKey dataKey)
    {
        var (item, content) = (draft.Given.Sent, draft.Content);
        var result = new Dictionary<string, string>();
        if (draft.Kind is JobKind.Translation or JobKind.Summary)
        {
            Add("text", Repetitions.Normalise(content.Text));
        }

        if (content.Formulation is { } formulation)
        {
            Add("points", formulation.Points);
            Add("message", formulation.Message);
            Add("maxLines", formulation.MaxLines);
        }

        if (content.Call is { } call)
        {
            Add("call", call);
        }

        Add("brief", BriefRules.ToContract(item.Brief));
        if (item.Brief?.GlossaryId is not null && draft.Given.Terms is { Count: > 0 } terms)
        {
            Add("brief/glossaryId", terms);
        }

        var (name, greeting) = (item.Brief?.CustomerName is null ? draft.Given.Customer?.Name : null, item.Brief?.Greeting is null ? draft.Given.Customer?.Greeting : null);
        if (name is not null || greeting is not null)
        {
            Add("caseId", new { name, greeting });
        }

        return result;

        // The field's name goes in too: equal values in different fields must not look alike.
        void Add<T>(string field, T value) =>
            result[field] = Convert.ToBase64String(vault.Fingerprint(dataKey, $"{TextPurpose.Quote} {field}", value));
    }
}
