using Zweizeiler.Billing.Domain.Bank;

namespace Zweizeiler.Billing.Features.Payouts;

/// <summary>When what is owed to a translator is paid, or what keeps it back.</summary>
/// <param name="State">
/// <c>due</c>: with the next round, within minutes. <c>friday</c>: at <paramref name="At"/>. <c>nothing_owed</c>, <c>below_minimum</c>,
/// <c>details_missing</c>, <c>details_wrong</c>, <c>account_refused</c>: not before that has changed.
/// </param>
/// <param name="At">The Friday; null otherwise.</param>
public sealed record PayoutOutlook(string State, DateTimeOffset? At)
{
    internal static PayoutOutlook Of(Translator? translator, long owed, long minimum, bool paidThisWeek, DateTimeOffset now) => translator switch
    {
        _ when owed <= 0 => new("nothing_owed", null),
        null or { Details: null } => new("details_missing", null),
        { DetailsFaults.Count: > 0 } => new("details_wrong", null),
        { AccountRefused: true } => new("account_refused", null),
        _ when owed < minimum => new("below_minimum", null),
        _ when paidThisWeek => new("friday", Weeks.NextAfter(now)),
        _ => new("due", null),
    };
}
