namespace Zweizeiler.Contracts.Orders;

/// <summary>A merchant ordered a job; it is stored and priced, not yet funded. Billing checks and reserves, Marketplace keeps the content.</summary>
/// <param name="JobId">The job.</param>
/// <param name="MerchantId">Whose job.</param>
/// <param name="Facts">Kind, languages, urgency, promise.</param>
/// <param name="Filing">The merchant's own data.</param>
/// <param name="Price">The price as computed on intake.</param>
/// <param name="Country">Place of supply at the time of the order, for the tax check.</param>
/// <param name="IsBusiness">Tax status at the time of the order.</param>
/// <param name="VatIdValid">Tax status at the time of the order.</param>
/// <param name="Content">What the translator gets: a <see cref="JobContent"/> as JSON, sealed.</param>
/// <param name="DataKey">The merchant's data key, wrapped.</param>
/// <param name="PlacedAt">When, UTC.</param>
public sealed record JobPlaced(
    Guid JobId,
    Guid MerchantId,
    JobFacts Facts,
    JobFiling Filing,
    PriceFacts Price,
    string Country,
    bool IsBusiness,
    bool VatIdValid,
    SealedText Content,
    WrappedDataKey DataKey,
    DateTimeOffset PlacedAt);

/// <summary>The confidential part of a job. It travels and rests sealed only.</summary>
/// <param name="Text">The text to be translated.</param>
/// <param name="Brief">How it is to be written.</param>
public sealed record JobContent(string Text, JobBrief Brief);

/// <summary>The brief that belongs to every kind of job.</summary>
/// <param name="Formality"><c>formal</c>, <c>informal</c> or <c>auto</c>.</param>
/// <param name="Tone">Free word, for example <c>friendly</c>.</param>
/// <param name="Audience">Who reads it.</param>
/// <param name="CustomerName">The end customer's name.</param>
/// <param name="Greeting">How to greet the end customer.</param>
/// <param name="Mood">The end customer's mood.</param>
/// <param name="Channel"><c>email</c>, <c>chat</c>, <c>marketplace</c> or <c>letter</c>.</param>
/// <param name="MaxLength">Longest permitted delivery in characters.</param>
/// <param name="MustSay">What the text must say.</param>
/// <param name="MustNotPromise">What the text must not promise.</param>
public sealed record JobBrief(
    string Formality,
    string? Tone,
    string? Audience,
    string? CustomerName,
    string? Greeting,
    string? Mood,
    string? Channel,
    int? MaxLength,
    IReadOnlyList<string> MustSay,
    IReadOnlyList<string> MustNotPromise);
