using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Something that an operator did, with the names to it.</summary>
public sealed record DoneByHand(DeskAction Action, string Operator);

/// <summary>Writes down what operators do to people, in the same transaction, or it is not done.</summary>
internal static class DeskLog
{
    public static void WriteDown(this MarketplaceDbContext db, Guid operatorId, Guid personId, string action, string reason, DateTimeOffset now) => db.Add(new DeskAction
    {
        Id = Guid.CreateVersion7(now),
        OperatorId = operatorId,
        PersonId = personId,
        Action = action,
        Reason = reason,
        DoneAt = now,
    });

    public static Task<List<DoneByHand>> DoneToAsync(this MarketplaceDbContext db, Guid personId, CancellationToken cancellationToken) => (
        from action in db.DeskActions.AsNoTracking()
        join account in db.Users on action.OperatorId equals account.Id
        where action.PersonId == personId
        orderby action.DoneAt descending
        select new DoneByHand(action, account.DisplayName)).Take(100).ToListAsync(cancellationToken);

    /// <summary>What an operator wrote, on one line; null with an error at its field if it is missing or too long.</summary>
    public static string? Word(this FormPage page, string field, string? given, bool isRequired, PeopleWords words, Reader reader)
    {
        var word = (given ?? "").ReplaceLineEndings(" ").Trim();
        if (isRequired && word.Length == 0)
        {
            page.Errors[field] = words.WordMissing;
            return null;
        }

        // Room for the pair before it.
        if (word.Length > DeskAction.LongestReason - 10)
        {
            page.Errors[field] = reader.Say(words.TooLong, DeskAction.LongestReason - 10);
            return null;
        }

        return word;
    }
}
