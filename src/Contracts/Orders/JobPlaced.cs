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
/// <param name="Preferences">Whom the merchant wants to be asked first, and whom never.</param>
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
    DateTimeOffset PlacedAt,
    TranslatorPreferences? Preferences = null);

/// <summary>Whom a merchant wants to be asked first, and whom never.</summary>
/// <param name="Preferred">Translators to ask first.</param>
/// <param name="Blocked">Translators who are never offered the job.</param>
/// <param name="CaseTranslatorId">Who did the last job of the same case, and is offered this one before anybody else.</param>
public sealed record TranslatorPreferences(IReadOnlyList<Guid> Preferred, IReadOnlyList<Guid> Blocked, Guid? CaseTranslatorId = null);

/// <summary>The confidential part of a job. It travels and rests sealed only.</summary>
/// <param name="Text">The text to be translated or summarised; empty for the other kinds.</param>
/// <param name="Brief">How it is to be written.</param>
/// <param name="Formulation">What a reply is to be written from; only for <c>formulation</c>.</param>
/// <param name="Call">Whom to ring up, when, and what for; only for <c>call</c>.</param>
/// <param name="Terms">The merchant's terms for this pair of languages, in the order of her glossary.</param>
public sealed record JobContent(
    string Text, JobBrief Brief, FormulationContent? Formulation = null, CallContent? Call = null, IReadOnlyList<GlossaryTerm>? Terms = null);

/// <summary>What a reply is written from.</summary>
/// <param name="Points">What it is to say, in the merchant's language.</param>
/// <param name="Message">The customer's message that it answers, if there is one; counts nothing.</param>
/// <param name="MaxLines">The most lines that can be charged.</param>
public sealed record FormulationContent(IReadOnlyList<string> Points, string? Message, int MaxLines);

/// <summary>A telephone call to be made.</summary>
/// <param name="Number">E.164, for example <c>+33123456789</c>.</param>
/// <param name="From">Not before this time.</param>
/// <param name="To">Not after this time.</param>
/// <param name="TimeZone">The customer's time zone (IANA), in which the window is shown.</param>
/// <param name="Attempts">How often to try.</param>
/// <param name="MaxMinutes">The most minutes that can be charged.</param>
/// <param name="Ask">What to find out or say, in the merchant's language.</param>
public sealed record CallContent(
    string Number, DateTimeOffset From, DateTimeOffset To, string TimeZone, int Attempts, int MaxMinutes, IReadOnlyList<string> Ask);

/// <summary>A term of a merchant's glossary.</summary>
/// <param name="Source">The term in the source language.</param>
/// <param name="Target">Its translation.</param>
/// <param name="Note">When it is used, if said.</param>
/// <param name="Forbidden">True if the translation must not be used.</param>
public sealed record GlossaryTerm(string Source, string Target, string? Note = null, bool Forbidden = false);

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
