using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Jobs;

namespace Zweizeiler.Marketplace.Features.Workbench.Checks;

/// <summary>What the checks of a text look at. Checks are pure: the same in the editor and at delivery.</summary>
/// <param name="Source">What is to be translated, or the points of a reply; without quoted history.</param>
/// <param name="Text">What was written.</param>
/// <param name="BackGloss">For a reply, what it says in the merchant's language.</param>
/// <param name="Brief">How it is to be written.</param>
/// <param name="SourceLanguage">Empty if it is not known.</param>
/// <param name="TargetLanguage">Empty if it is not known.</param>
/// <param name="IsReply">A reply is written anew; a translation says what its source says.</param>
public sealed record CheckedText(
    string Source, string Text, string? BackGloss, JobBrief Brief, string SourceLanguage, string TargetLanguage, bool IsReply)
{
    public static CheckedText Of(JobContent content, DraftContent written, (string Source, string Target) pair) => content.Formulation is { } order
        ? new CheckedText(string.Join('\n', order.Points), written.Text, written.BackGloss, content.Brief, pair.Source, pair.Target, IsReply: true)
        : new CheckedText(SourceText.Own(content.Text), written.Text, null, content.Brief, pair.Source, pair.Target, IsReply: false);

    /// <summary>Scripts that part neither words nor sentences as ours do.</summary>
    public bool IsWide => TargetLanguage is "zh" or "ja";
}
