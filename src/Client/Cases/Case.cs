using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

/// <summary>A case: the thread of jobs about one customer's matter. The same translator is asked first for all of them.</summary>
public sealed record Case : ITagged<Case>
{
    /// <summary><c>case_…</c></summary>
    public required string Id { get; init; }

    /// <summary>Your reference, usually an order number; jobs of the case that have none of their own take it.</summary>
    public string? Reference { get; init; }

    /// <summary><c>open</c> or <c>closed</c>; a closed case takes no more jobs.</summary>
    public required string State { get; init; }

    /// <summary><c>live</c> or <c>test</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>The language that you write in.</summary>
    public string? Language { get; init; }

    /// <summary>Your customer.</summary>
    public CaseCustomer? Customer { get; init; }

    /// <summary>Your own pairs.</summary>
    public IReadOnlyDictionary<string, string> Metadata
    {
        get => field ?? ImmutableDictionary<string, string>.Empty;
        init;
    }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its own data last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What happened, the oldest first; only where a single case is read.</summary>
    public IReadOnlyList<CaseEvent>? Thread { get; init; }

    /// <summary>Needed to change the case; null in lists.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    Case ITagged<Case>.WithTag(string? tag) => this with { ETag = tag };
}

/// <summary>The customer of a case, so that name, greeting and language are given once.</summary>
/// <param name="Name">Her name.</param>
/// <param name="Greeting">How to greet her.</param>
/// <param name="Language">Her language, ISO 639-1.</param>
public sealed record CaseCustomer(string? Name = null, string? Greeting = null, string? Language = null);

/// <summary>One thing that happened in a case.</summary>
/// <param name="Type"><c>job</c>, <c>message</c> or <c>delivery</c>.</param>
/// <param name="At">When.</param>
/// <param name="JobId">The job that it is about.</param>
/// <param name="Job">With <c>job</c>: the job as it is now.</param>
/// <param name="Delivery">With <c>delivery</c>: what was delivered.</param>
/// <param name="Message">With <c>message</c>: what was asked or written.</param>
public sealed record CaseEvent(string Type, DateTimeOffset At, string JobId, Job? Job = null, Delivery? Delivery = null, JobMessage? Message = null);

/// <summary>A case to be made; all of it optional.</summary>
public sealed record NewCase
{
    /// <summary>Your reference, usually an order number.</summary>
    public string? Reference { get; init; }

    /// <summary>Your customer.</summary>
    public CaseCustomer? Customer { get; init; }

    /// <summary>The language that you write in, ISO 639-1.</summary>
    public string? Language { get; init; }

    /// <summary>Up to 20 pairs of your own.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>A change of a case. What is null stays as it is; an empty text takes a value away.</summary>
public sealed record CaseChange
{
    /// <summary>Your reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Your customer.</summary>
    public CaseCustomer? Customer { get; init; }

    /// <summary>The language that you write in.</summary>
    public string? Language { get; init; }

    /// <summary>Your own pairs, replaced as a whole.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary><c>open</c> opens a closed case again.</summary>
    public string? State { get; init; }
}

/// <summary>Which cases a list shows; what is null does not matter.</summary>
/// <param name="Reference">Your own reference, exactly.</param>
/// <param name="State"><c>open</c> or <c>closed</c>.</param>
/// <param name="CreatedFrom">Made at this time or later.</param>
/// <param name="CreatedTo">Made before this time.</param>
public sealed record CaseFilter(
    string? Reference = null, string? State = null, DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null);
