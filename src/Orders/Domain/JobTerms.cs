using Zweizeiler.Contracts;

namespace Zweizeiler.Orders.Domain;

/// <summary>What was agreed when the job was placed; nothing of it changes afterwards.</summary>
public sealed record JobTerms(
    string Kind,
    string Source,
    string Target,
    string Urgency,
    PriceFacts Price,
    DateTimeOffset DeliverBy,
    string? Reference,
    string? CostCentre,
    IReadOnlyDictionary<string, string> Metadata,
    Guid? RepetitionKey = null,
    Guid? CaseId = null);

/// <summary>One step in a job's life, to be told to the merchant; sequences of a job have no gap.</summary>
public sealed record JobStep(int Sequence, string Type, JobState State, DateTimeOffset OccurredAt, string? Step = null);

/// <summary>What the merchant says on accepting.</summary>
public sealed record Acceptance(int? Rating, bool PreferTranslator, bool Automatic)
{
    public static Acceptance ByTime { get; } = new(null, false, true);
}

/// <summary>What a merchant can do with a job, by the end of its operation's path.</summary>
public static class JobCommand
{
    public const string Cancel = "cancel";
    public const string Write = "messages";
    public const string Accept = "accept";
    public const string Revise = "revision";
    public const string Reject = "reject";
    public const string Complain = "complaint";
    public const string CloseComplaint = "complaint/close";
}

/// <summary>The job's state does not permit the command; says what it permits instead, and why if the state alone does not tell.</summary>
public sealed class JobStateException(JobState state, string command, IReadOnlyList<string> possible, string? reason = null)
    : Exception($"A job in state '{state.Name()}' does not take '{command}'.")
{
    public JobState State { get; } = state;

    public string Command { get; } = command;

    public IReadOnlyList<string> Possible { get; } = possible;

    public string? Reason { get; } = reason;
}
