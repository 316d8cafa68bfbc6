using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Templates;

/// <summary>A reply template.</summary>
public sealed record TemplateView(
    string Id,
    string Name,
    string? Language,
    string Text,
    [property: Description("The names in the text's double braces, in their order.")] IReadOnlyList<string> Placeholders,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static TemplateView Of(Template template, TextVault vault, WrappedDataKey dataKey)
    {
        var text = TextOf(template, vault, dataKey);
        return new TemplateView(
            PublicId.Format(Ids.Template, template.Id), template.Name, template.Language, text,
            TemplateText.TryParse(text, out var parsed, out _) ? parsed.Placeholders : [],
            template.CreatedAt, template.UpdatedAt);
    }

    public static string TextOf(Template template, TextVault vault, WrappedDataKey dataKey) =>
        vault.Open<string>(dataKey, template.Id, TextPurpose.Template, template.Text);
}

internal static class TemplateQueries
{
    /// <exception cref="ApiException">The caller has no such template (404).</exception>
    public static async Task<Template> FindTemplateAsync(this OrdersDbContext db, string id, CancellationToken cancellationToken)
    {
        var found = PublicId.TryParse(Ids.Template, id, out var templateId)
            ? await db.Templates.SingleOrDefaultAsync(t => t.Id == templateId, cancellationToken)
            : null;
        return found ?? throw new ApiException(CommonProblems.NotFound("template"));
    }
}
