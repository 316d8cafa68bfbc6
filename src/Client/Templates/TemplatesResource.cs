using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

/// <summary>Reply templates with placeholders, so that what you write often is written once.</summary>
public sealed class TemplatesResource
{
    private readonly ApiTransport _transport;

    internal TemplatesResource(ApiTransport transport) => _transport = transport;

    /// <summary>Makes a template. Name it in a translation as <see cref="NewJob.TemplateId"/>, with its values instead of a text.</summary>
    /// <param name="template">Name and text.</param>
    /// <param name="options">The Idempotency-Key, if you want to choose it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Template> CreateAsync(NewTemplate template, CallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.PostTaggedAsync("v1/templates", template, ApiJson.Default.NewTemplate, ApiJson.Default.Template, options, cancellationToken);

    /// <summary>Reads a template.</summary>
    /// <param name="id"><c>tpl_…</c></param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Template> GetAsync(string id, CancellationToken cancellationToken = default) =>
        _transport.GetTaggedAsync(Path(id), ApiJson.Default.Template, cancellationToken);

    /// <summary>One page of your templates, newest first.</summary>
    /// <param name="cursor">Where the page before ended.</param>
    /// <param name="limit">1 to 100 templates a page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Page<Template>> ListAsync(string? cursor = null, int? limit = null, CancellationToken cancellationToken = default) =>
        _transport.GetAsync(
            "v1/templates" + Query.Of(("cursor", cursor), ("limit", Query.Number(limit))), ApiJson.Default.PageTemplate, cancellationToken);

    /// <summary>Changes a template; refused with 412 if somebody else has changed it since it was read.</summary>
    /// <param name="id"><c>tpl_…</c></param>
    /// <param name="eTag"><see cref="Template.ETag"/> of the template as it was read.</param>
    /// <param name="change">What changes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<Template> UpdateAsync(string id, string eTag, TemplateChange change, CancellationToken cancellationToken = default) =>
        _transport.ChangeAsync(
            HttpMethod.Patch, Path(id), eTag, change, ApiJson.Default.TemplateChange, ApiJson.Default.Template, cancellationToken);

    /// <summary>Removes a template; jobs that were ordered with it keep their text.</summary>
    /// <param name="id"><c>tpl_…</c></param>
    /// <param name="eTag"><see cref="Template.ETag"/> of the template as it was read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task DeleteAsync(string id, string eTag, CancellationToken cancellationToken = default) =>
        _transport.DeleteAsync(Path(id), eTag, cancellationToken);

    /// <summary>Puts values into a template; stores nothing.</summary>
    /// <param name="id"><c>tpl_…</c></param>
    /// <param name="values">A value for each placeholder, by its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<string> RenderAsync(
        string id, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken = default)
    {
        var rendered = await _transport.PostAsync(
            Path(id) + "/render", new TemplateValues(values), ApiJson.Default.TemplateValues, ApiJson.Default.RenderedTemplate, null, cancellationToken)
            .ConfigureAwait(false);
        return rendered.Text;
    }

    private static string Path(string id) => $"v1/templates/{Uri.EscapeDataString(id)}";
}

/// <summary>A reply template.</summary>
/// <param name="Id"><c>tpl_…</c></param>
/// <param name="Name">What you call it.</param>
/// <param name="Language">The language of its text, if said.</param>
/// <param name="Text">The text, with placeholders such as <c>{{orderNumber}}</c>.</param>
/// <param name="Placeholders">Their names, in their order.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record Template(
    string Id, string Name, string? Language, string Text, IReadOnlyList<string> Placeholders, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
    : ITagged<Template>
{
    /// <summary>Needed to change the template; null in lists.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }

    Template ITagged<Template>.WithTag(string? tag) => this with { ETag = tag };
}

/// <summary>A template to be made.</summary>
/// <param name="Name">What you call it.</param>
/// <param name="Text">The text, with a placeholder such as <c>{{orderNumber}}</c> wherever something differs.</param>
/// <param name="Language">The language of the text, ISO 639-1; the source of a job ordered with it, if the job names none.</param>
public sealed record NewTemplate(string Name, string Text, string? Language = null);

/// <summary>A change of a template. What is null stays as it is.</summary>
/// <param name="Name">What you call it.</param>
/// <param name="Text">The text.</param>
/// <param name="Language">The language of the text; empty takes it away.</param>
public sealed record TemplateChange(string? Name = null, string? Text = null, string? Language = null);

internal sealed record TemplateValues(IReadOnlyDictionary<string, string> Values);

internal sealed record RenderedTemplate(string Text);
