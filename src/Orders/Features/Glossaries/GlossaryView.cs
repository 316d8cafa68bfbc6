using System.ComponentModel;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.Glossaries;

/// <summary>A glossary, without its terms.</summary>
public sealed record GlossaryView(
    string Id,
    string Name,
    string Source,
    string Target,
    [property: Description("How many terms it has.")] int TermCount,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    public static GlossaryView Of(Glossary glossary) => new(
        PublicId.Format(Ids.Glossary, glossary.Id), glossary.Name, glossary.Source, glossary.Target, glossary.TermCount, glossary.CreatedAt, glossary.UpdatedAt);
}

/// <summary>The terms of a glossary, in their order.</summary>
public sealed record TermsView(IReadOnlyList<TermView> Terms)
{
    public static TermsView Of(IEnumerable<GlossaryTerm> terms) => new([.. terms.Select(t => new TermView(t.Source, t.Target, t.Note, t.Forbidden))]);
}

/// <summary>A term and its translation.</summary>
public sealed record TermView(
    string Source, string Target, string? Note, [property: Description("True if the translation must not be used.")] bool Forbidden);

internal static class GlossaryQueries
{
    /// <exception cref="ApiException">The caller has no such glossary (404).</exception>
    public static async Task<Glossary> FindGlossaryAsync(this OrdersDbContext db, string id, CancellationToken cancellationToken)
    {
        var found = PublicId.TryParse(Ids.Glossary, id, out var glossaryId)
            ? await db.Glossaries.SingleOrDefaultAsync(g => g.Id == glossaryId, cancellationToken)
            : null;
        return found ?? throw new ApiException(CommonProblems.NotFound("glossary"));
    }
}
