namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>The confidential part of a draft.</summary>
/// <param name="Text">The text so far.</param>
/// <param name="Note">The note to the merchant so far.</param>
public sealed record DraftContent(string Text, string? Note);

/// <summary>A warning that the translator looked at and found fine, and why.</summary>
public sealed record Confirmation(string Code, string Detail, string Because)
{
    /// <summary>What sealed confirmations are bound to; their owner is the delivery.</summary>
    public const string Purpose = "delivery-confirmations";
}
