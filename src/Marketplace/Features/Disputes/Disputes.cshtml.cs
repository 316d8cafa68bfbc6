using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.Disputes;

/// <summary>The reader's own deliveries in dispute, and those of others that wait for a ruling by somebody like her.</summary>
[Authorize(Policy = Policies.Person)]
public sealed class DisputesPage(DisputeBoard board) : PageModel
{
    private const int MostListed = 100;

    public IReadOnlyList<DisputeRow> ToRule { get; private set; } = [];

    public IReadOnlyList<DisputeRow> Mine { get; private set; } = [];

    /// <summary>For operators: those that translators still have time for.</summary>
    public IReadOnlyList<DisputeRow> Waiting { get; private set; } = [];

    public bool IsEmpty => ToRule.Count + Mine.Count + Waiting.Count == 0;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var me = User.TranslatorId();
        var toRule = board.ToRule(User).Select(d => d.DeliveryId);
        ToRule = await board.Rows
            .Where(r => toRule.Contains(r.Dispute.DeliveryId))
            .OrderBy(r => r.Dispute.OpenedAt)
            .Take(MostListed)
            .ToListAsync(cancellationToken);
        Mine = await board.Rows
            .Where(r => r.Dispute.WriterId == me)
            .OrderByDescending(r => r.Dispute.OpenedAt)
            .Take(MostListed)
            .ToListAsync(cancellationToken);
        if (User.IsInRole(Role.Operator))
        {
            var listed = ToRule.Select(r => r.Dispute.DeliveryId).ToList();
            Waiting = await board.Rows
                .Where(r => r.Dispute.RuledAt == null && !listed.Contains(r.Dispute.DeliveryId))
                .OrderBy(r => r.Dispute.OpenedAt)
                .Take(MostListed)
                .ToListAsync(cancellationToken);
        }
    }
}
