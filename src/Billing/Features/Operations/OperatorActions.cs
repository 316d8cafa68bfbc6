using System.Globalization;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>What every operation on money has in common: a reason, and an entry in the log that nobody can change.</summary>
internal sealed class OperatorActions(BillingDbContext db, Caller caller, TimeProvider time)
{
    private const int LongestReason = 500;

    /// <summary>A reason of some words; anything less helps nobody who reads it in a year.</summary>
    public static string Reason(string? given, Faults faults)
    {
        var reason = given?.Trim() ?? "";
        if (reason.Length is < 5 or > LongestReason)
        {
            faults.Add("/reason", "field.required", $"Say why in 5 to {LongestReason} characters; it is kept for good.");
        }

        return reason;
    }

    /// <summary>What only operators can meet is no part of the public catalogue of problems.</summary>
    public static ApiProblem NotFound(string what) => CommonProblems.NotFound(what);

    public static ApiProblem Conflict(string code, string title, string detail) => new(StatusCodes.Status409Conflict, code, title, detail);

    public OperatorAction Note(string action, Guid subject, string reason, Guid? id = null)
    {
        var now = time.GetUtcNow();
        var noted = new OperatorAction
        {
            Id = id ?? Guid.CreateVersion7(now),
            OperatorId = caller.OperatorId,
            Action = action,
            SubjectId = subject,
            Reason = reason,
            DoneAt = now,
        };
        db.OperatorActions.Add(noted);
        return noted;
    }

    /// <summary>For example <c>2026-11</c>.</summary>
    public static DateOnly Month(string text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? month
            : throw new ApiException(NotFound("month"));

    public static Guid Id(string prefix, string text, string what) =>
        PublicId.TryParse(prefix, text, out var id) ? id : throw new ApiException(NotFound(what));
}
