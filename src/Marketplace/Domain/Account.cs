using System.Linq.Expressions;
using Microsoft.AspNetCore.Identity;

namespace Zweizeiler.Marketplace.Domain;

/// <summary>Somebody who signs in to the portal: a translator or an operator.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    /// <summary><c>de</c> or <c>en</c>.</summary>
    public string Locale { get; set; } = "de";

    /// <summary>IANA time zone.</summary>
    public string TimeZone { get; set; } = "Europe/Berlin";

    /// <summary>Since when an operator keeps this account out; null if nobody does. Not the lock that wrong passwords set, which ends by itself.</summary>
    public DateTimeOffset? ShutOutAt { get; set; }
}

public static class Role
{
    public const string Translator = "translator";
    public const string Operator = "operator";
}

/// <summary>The translator behind an account of the same id.</summary>
public sealed class Translator
{
    public required Guid Id { get; init; }

    public const int LongestAbout = 1000;
    public const int LongestSpeciality = 60;
    public const int MostSpecialities = 12;

    /// <summary>What a sealed telephone number is bound to; its owner is the translator.</summary>
    public const string OwnNumberPurpose = "own-number";

    /// <summary>Whether she takes jobs; false while she pauses, see <see cref="PausedUntil"/>.</summary>
    public bool IsAvailable { get; set; } = true;

    /// <summary>When a pause ends by itself; null if she ends it.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    /// <summary>Whether she takes jobs at a time: she does not pause, or the pause is over.</summary>
    public bool TakesJobs(DateTimeOffset now) => IsAvailable || PausedUntil <= now;

    /// <summary>The same for a query.</summary>
    public static Expression<Func<Translator, bool>> TakesJobsAt(DateTimeOffset now) => t => t.IsAvailable || t.PausedUntil <= now;

    /// <summary>In her own words.</summary>
    public string About { get; set; } = "";

    public List<string> NativeLanguages { get; set; } = [];

    public List<string> WorkingLanguages { get; set; } = [];

    /// <summary>Trades and subjects that she knows.</summary>
    public List<string> Specialities { get; set; } = [];

    /// <summary>The number that she rings from, sealed; merchants never see it.</summary>
    public byte[]? OwnNumber { get; set; }

    public byte[]? OwnNumberKey { get; set; }

    /// <summary>The kinds of job that she does; see <see cref="JobKinds"/>.</summary>
    public List<string> Kinds { get; set; } = [.. JobKinds.All];

    /// <summary>When she works; empty if she is always to be asked.</summary>
    public List<WorkingHours> Hours { get; init; } = [];

    /// <summary>How many more jobs she may try to take at once; grows again with time.</summary>
    public double ClaimsLeft { get; init; } = ClaimPace.Burst;

    /// <summary>As of when <see cref="ClaimsLeft"/> is counted.</summary>
    public DateTimeOffset? ClaimsCountedAt { get; init; }

    /// <summary>Grows with each change of name, address, language or time zone that others are told.</summary>
    public int Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<TranslatorPair> Pairs { get; init; } = [];
}

/// <summary>A direction of languages that a translator works in.</summary>
public sealed class TranslatorPair
{
    public required Guid TranslatorId { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }
}

/// <summary>A stretch of a week in which a translator works, in her own time zone. One that goes past midnight is two.</summary>
public sealed class WorkingHours
{
    public const int EndOfDay = 24 * 60;

    public required Guid TranslatorId { get; init; }

    /// <summary>1 for Monday to 7 for Sunday.</summary>
    public required int Day { get; init; }

    /// <summary>Minutes after midnight.</summary>
    public required int From { get; init; }

    /// <summary>Minutes after midnight; later than <see cref="From"/>, at most <see cref="EndOfDay"/>.</summary>
    public required int To { get; init; }
}
