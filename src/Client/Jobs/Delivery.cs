namespace Zweizeiler.Client;

/// <summary>A delivered text.</summary>
/// <param name="Id"><c>dlv_…</c></param>
/// <param name="Version">1 for the first delivery, 2 for the first revision, …</param>
/// <param name="Text">The text.</param>
/// <param name="Note">A note of the translator, if any.</param>
/// <param name="DeliveredAt">When.</param>
public sealed record Delivery(string Id, int Version, string Text, string? Note, DateTimeOffset DeliveredAt);

/// <summary>What can be said when a delivery is accepted; all of it optional.</summary>
/// <param name="Rating">1 to 5.</param>
/// <param name="Thanks">A word of thanks to the translator.</param>
/// <param name="PreferTranslator">Ask this translator first from now on.</param>
public sealed record Acceptance(int? Rating = null, string? Thanks = null, bool? PreferTranslator = null);
