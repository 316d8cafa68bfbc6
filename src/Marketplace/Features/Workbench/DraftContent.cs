using System.Globalization;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>The confidential part of a draft; each kind of job has its own parts, the others are null.</summary>
/// <param name="Text">The text so far.</param>
/// <param name="Note">The note to the merchant so far.</param>
/// <param name="BackGloss">What the text says, in the merchant's language.</param>
/// <param name="Summary">The parts of a summary.</param>
/// <param name="Call">The parts of a call.</param>
public sealed record DraftContent(string Text, string? Note, string? BackGloss = null, SummaryContent? Summary = null, CallDraft? Call = null)
{
    /// <summary>The words that are counted: what the merchant mainly gets.</summary>
    public string Counted(string kind) => kind switch
    {
        JobKinds.Summary => Summary?.Gist ?? "",
        JobKinds.Call => Call?.Report ?? "",
        _ => Text,
    };

    /// <summary>What is handed in: the parts of the kind and nothing else, whatever came with the form.</summary>
    public DeliveryContent ToDelivery(string kind)
    {
        var note = string.IsNullOrWhiteSpace(Note) ? null : Note.Trim();
        return kind switch
        {
            JobKinds.Formulation => new DeliveryContent(Text, note, BackGloss: BackGloss),
            JobKinds.Summary => new DeliveryContent("", note, Summary: Summary),
            JobKinds.Call => new DeliveryContent("", note, CallReport: Call?.Report),
            _ => new DeliveryContent(Text, note),
        };
    }
}

/// <summary>A call's report as it is being filled in: as typed, so that also what is wrong is kept.</summary>
public sealed record CallDraft(string Outcome, string Minutes, string Attempts, string Report)
{
    public int? WholeMinutes => Whole(Minutes);

    public int? WholeAttempts => Whole(Attempts);

    /// <summary>Only of a call that the checks let pass. Nobody reached means nothing spoken, whatever was typed before.</summary>
    public CallFacts ToFacts() => new(Outcome, Outcome == CallOutcome.Reached ? WholeMinutes ?? 0 : 0, WholeAttempts ?? 0);

    private static int? Whole(string typed) => int.TryParse(typed.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A warning that the translator looked at and found fine, and why.</summary>
public sealed record Confirmation(string Code, string Detail, string Because)
{
    /// <summary>What sealed confirmations are bound to; their owner is the delivery.</summary>
    public const string Purpose = "delivery-confirmations";
}
