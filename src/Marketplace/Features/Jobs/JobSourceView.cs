using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Features.Jobs;

/// <summary>What is to be worked on, of any kind. Before the job is taken the content is a <see cref="Preview"/>.</summary>
public sealed record JobSourceView(Job Job, JobContent Content, bool IsPreview = false)
{
    /// <summary>The words that the glossary is looked for in.</summary>
    public string Words => Content.Formulation is { } formulation ? string.Join('\n', formulation.Points) : SourceText.Own(Content.Text);
}

/// <summary>A text to be read, with the merchant's terms marked.</summary>
public sealed record MarkedText(string Text, string Language, IReadOnlyList<GlossaryTerm>? Terms = null);
