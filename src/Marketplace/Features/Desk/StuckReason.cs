namespace Zweizeiler.Marketplace.Features.Desk;

/// <summary>What is known of an open job that nobody has taken.</summary>
/// <param name="Ready">How many could take it now.</param>
/// <param name="Asked">How many it was offered to alone.</param>
/// <param name="Declined">How many of these said "Not now".</param>
/// <param name="IsBeingOffered">Whether somebody is being asked at this moment.</param>
/// <param name="IsQuestionOpen">Whether a question waits for the merchant's answer.</param>
/// <param name="GivenBack">How often it was taken and came back.</param>
public sealed record StuckFacts(int Ready, int Asked, int Declined, bool IsBeingOffered, bool IsQuestionOpen, int GivenBack);

/// <summary>Why nobody has taken a job, the most likely reason first.</summary>
public static class StuckReason
{
    public const string NobodyReady = "nobody_ready";
    public const string QuestionOpen = "question_open";
    public const string GivenBack = "given_back";
    public const string Declined = "declined";
    public const string NobodyAnswered = "nobody_answered";
    public const string BeingOffered = "being_offered";
    public const string InThePool = "in_the_pool";

    public static readonly IReadOnlyList<string> All = [NobodyReady, QuestionOpen, GivenBack, Declined, NobodyAnswered, BeingOffered, InThePool];

    public static IReadOnlyList<string> Of(StuckFacts facts)
    {
        (string Reason, bool IsSo)[] all =
        [
            (BeingOffered, facts.IsBeingOffered),
            (QuestionOpen, facts.IsQuestionOpen),
            (NobodyReady, facts.Ready == 0),
            (GivenBack, facts.GivenBack > 1),
            (Declined, facts.Declined > 0),
            (NobodyAnswered, !facts.IsBeingOffered && facts.Asked > 0 && facts.Declined == 0),
        ];
        var reasons = all.Where(r => r.IsSo).Select(r => r.Reason).ToList();
        return reasons.Count > 0 ? reasons : [InThePool];
    }
}
