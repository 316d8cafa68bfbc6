namespace Zweizeiler.Client;

/// <summary>What was delivered for a job, with the parts that its kind has.</summary>
/// <param name="Id"><c>dlv_…</c></param>
/// <param name="Version">1 for the first delivery, 2 for the first revision, …</param>
/// <param name="Text">The finished text: of a translation or formulation.</param>
/// <param name="Note">A note of the translator, if any.</param>
/// <param name="DeliveredAt">When.</param>
/// <param name="BackGloss">What the text says, shortly, in your language: of a formulation.</param>
/// <param name="Summary">A foreign message in short: of a summary.</param>
/// <param name="Call">How the call went: of a call.</param>
public sealed record Delivery(
    string Id,
    int Version,
    string? Text,
    string? Note,
    DateTimeOffset DeliveredAt,
    string? BackGloss = null,
    DeliveredSummary? Summary = null,
    DeliveredCall? Call = null);

/// <summary>A foreign message in short, in your language.</summary>
/// <param name="Gist">What it says.</param>
/// <param name="Mood">The customer's mood.</param>
/// <param name="NextStep">What the translator suggests to do.</param>
public sealed record DeliveredSummary(string Gist, string Mood, string NextStep);

/// <summary>How a call went.</summary>
/// <param name="Outcome"><c>reached</c>, <c>voicemail</c>, <c>not_reached</c> or <c>wrong_number</c>; only <c>reached</c> is charged by the minute.</param>
/// <param name="Minutes">Started minutes spoken; 0 if nobody was reached.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Report">What was found out.</param>
public sealed record DeliveredCall(string Outcome, int Minutes, int Attempts, string? Report);

/// <summary>What can be said when a delivery is accepted; all of it optional.</summary>
/// <param name="Rating">1 to 5.</param>
/// <param name="Thanks">A word of thanks to the translator.</param>
/// <param name="PreferTranslator">Ask this translator first from now on.</param>
public sealed record Acceptance(int? Rating = null, string? Thanks = null, bool? PreferTranslator = null);
