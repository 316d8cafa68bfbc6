namespace Zweizeiler.Client;

/// <summary>Your terms: what is to be called what in another language.</summary>
public sealed class GlossariesResource
{
    private readonly ApiTransport _transport;

    internal GlossariesResource(ApiTransport transport) => _transport = transport;

    /// <summary>Makes a glossary for a pair of languages.</summary>
    /// <param name="glossary">Name, languages and terms.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Glossary> CreateAsync(NewGlossary glossary, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostTaggedAsync("v1/glossaries", glossary, ApiJson.Default.NewGlossary, ApiJson.Default.Glossary, options, cancellationToken);

    /// <summary>Reads a glossary, without its terms.</summary>
    /// <param name="id"><c>gls_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Glossary> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetTaggedAsync(Path(id), ApiJson.Default.Glossary, cancellationToken);

    /// <summary>One page of your glossaries, newest first.</summary>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 glossaries a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Glossary>> ListAsync(string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/glossaries" + Query.Of(("cursor", cursor), ("limit", Query.Number(limit))), ApiJson.Default.PageGlossary, cancellationToken);

    /// <summary>Gives a glossary another name; refused with 412 if somebody else has changed it since it was read.</summary>
    /// <param name="id"><c>gls_…</c></param>
    /// <param name="eTag"><see cref="Glossary.ETag"/> of the glossary as it was read.</param>
    /// <param name="name">What you call it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Glossary> RenameAsync(string id, string eTag, string name, CancellationToken cancellationToken = default) => _transport.ChangeAsync(
        HttpMethod.Patch, Path(id), eTag, new GlossaryChange(name), ApiJson.Default.GlossaryChange, ApiJson.Default.Glossary, cancellationToken);

    /// <summary>Removes a glossary; jobs that were ordered with it keep their terms.</summary>
    /// <param name="id"><c>gls_…</c></param>
    /// <param name="eTag"><see cref="Glossary.ETag"/> of the glossary as it was read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DeleteAsync(string id, string eTag, CancellationToken cancellationToken = default) =>
        _transport.DeleteAsync(Path(id), eTag, cancellationToken);

    /// <summary>All terms of a glossary, in their order.</summary>
    /// <param name="id"><c>gls_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<Term>> GetTermsAsync(string id, CancellationToken cancellationToken = default) =>
        (await _transport.GetAsync(Path(id) + "/terms", ApiJson.Default.GlossaryTerms, cancellationToken).ConfigureAwait(false)).Terms;

    /// <summary>Replaces all terms of a glossary, or none of them.</summary>
    /// <param name="id"><c>gls_…</c></param>
    /// <param name="eTag"><see cref="Glossary.ETag"/> of the glossary as it was read.</param>
    /// <param name="terms">All of them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Glossary> ReplaceTermsAsync(string id, string eTag, IReadOnlyList<Term> terms, CancellationToken cancellationToken = default) =>
        _transport.ChangeAsync(
            HttpMethod.Put, Path(id) + "/terms", eTag, new GlossaryTerms(terms), ApiJson.Default.GlossaryTerms, ApiJson.Default.Glossary, cancellationToken);

    /// <summary>All terms as a file.</summary>
    /// <param name="id"><c>gls_…</c></param>
    /// <param name="format">CSV or TBX.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<string> ExportTermsAsync(string id, GlossaryFormat format, CancellationToken cancellationToken = default) =>
        _transport.GetTextAsync(Path(id) + "/terms", MediaType(format), cancellationToken);

    /// <summary>Replaces all terms by those of a file, or none of them: whatever is wrong is a fault that names its line.</summary>
    /// <param name="id"><c>gls_…</c></param>
    /// <param name="eTag"><see cref="Glossary.ETag"/> of the glossary as it was read.</param>
    /// <param name="content">The file.</param>
    /// <param name="format">CSV (the first line names the columns <c>source</c>, <c>target</c>, <c>note</c>, <c>forbidden</c>) or TBX.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Glossary> ImportTermsAsync(
        string id, string eTag, string content, GlossaryFormat format, CancellationToken cancellationToken = default) =>
        _transport.PutTextAsync(Path(id) + "/terms", eTag, content, MediaType(format), ApiJson.Default.Glossary, cancellationToken);

    private static string Path(string id) => $"v1/glossaries/{Uri.EscapeDataString(id)}";

    private static string MediaType(GlossaryFormat format) => format switch
    {
        GlossaryFormat.Csv => "text/csv",
        GlossaryFormat.Tbx => "application/tbx+xml",
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
