using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

/// <summary>How the terms of a glossary are written in a file.</summary>
public enum GlossaryFormat
{
    /// <summary>RFC 4180 with a header row.</summary>
    Csv,

    /// <summary>ISO 30042:2019, TBX-Basic.</summary>
    Tbx,
}

/// <summary>A glossary, without its terms.</summary>
/// <param name="Id"><c>gls_…</c></param>
/// <param name="Name">What you call it.</param>
/// <param name="Source">Source language.</param>
/// <param name="Target">Target language.</param>
/// <param name="TermCount">How many terms it has.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record Glossary(
    string Id, string Name, string Source, string Target, int TermCount, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt) : ITagged<Glossary>
{
    /// <summary>Needed to change the glossary or its terms; null in lists.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    Glossary ITagged<Glossary>.WithTag(string? tag) => this with { ETag = tag };
}

/// <summary>A glossary to be made.</summary>
/// <param name="Name">What you call it.</param>
/// <param name="Source">Source language, ISO 639-1.</param>
/// <param name="Target">Target language, ISO 639-1.</param>
/// <param name="Terms">Its terms; they can also be imported afterwards.</param>
public sealed record NewGlossary(string Name, string Source, string Target, IReadOnlyList<Term>? Terms = null);

/// <summary>A term and its translation.</summary>
/// <param name="Source">The term in the source language.</param>
/// <param name="Target">Its translation.</param>
/// <param name="Note">When it is used, if said.</param>
/// <param name="Forbidden">True if the translation must not be used.</param>
public sealed record Term(string Source, string Target, string? Note = null, bool Forbidden = false);

internal sealed record GlossaryChange(string Name);

internal sealed record GlossaryTerms(IReadOnlyList<Term> Terms);
