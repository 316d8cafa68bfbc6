using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Questions;

/// <summary>The form for a question; it may stand outside the form that it belongs to, so that nothing else that was typed there is lost.</summary>
public sealed record AskForm(string FormId, string Action, string Hint, string? Text, string? Error)
{
    /// <summary>What to say of a question that was not asked.</summary>
    public static string Words(AskResult result, Reader reader) => result switch
    {
        AskResult.Empty => reader.W.AskEmpty,
        AskResult.TooLong => reader.Say(reader.W.AskTooLong, reader.Number(Message.LongestText)),
        AskResult.Waiting => reader.W.AskWaiting,
        _ => reader.W.AskNotYours,
    };
}
