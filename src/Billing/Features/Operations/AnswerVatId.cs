using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>What the registry (VIES, or the Federal Central Tax Office) answered about a VAT id.</summary>
public sealed record VatAnswerItem(bool? Valid, string? Consultation);

/// <summary>
/// <c>PUT /operations/vat-answers/{vatId}</c>: keeps the registry's answer as evidence. An id that was denied goes on no invoice with reverse charge, whatever its
/// check digits say (see docs/adr/0018-vat-ids.md).
/// </summary>
internal static class AnswerVatId
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapPut("/operations/vat-answers/{vatId}", HandleAsync).RequireScope(Scope.Operator).WithName("answerVatId");

    private static async Task<IResult> HandleAsync(
        string vatId, Body<VatAnswerItem> body, BillingDbContext db, OperatorActions actions, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!VatId.TryParse(vatId, out var id))
        {
            body.Faults.Add("vatId", "vat_id.invalid", "It has not the form of its country, or its check digits do not fit: no registry needs to be asked.");
        }

        if (body.Value.Valid is null)
        {
            body.Faults.Add("/valid", "field.required", "Say whether the registry found it valid.");
        }

        body.Faults.ThrowIfAny();
        var key = id!.ToString();
        var answer = await db.VatAnswers.SingleOrDefaultAsync(a => a.VatId == key, cancellationToken);
        if (answer is null)
        {
            answer = new VatAnswer { VatId = key, Valid = body.Value.Valid!.Value, AnsweredAt = time.GetUtcNow() };
            db.VatAnswers.Add(answer);
        }

        (answer.Valid, answer.Consultation, answer.AnsweredAt) = (body.Value.Valid!.Value, body.Value.Consultation?.Trim(), time.GetUtcNow());
        actions.Note("vat_answer", Guid.Empty, $"{key}: {(answer.Valid ? "valid" : "denied")}");
        await db.SaveChangesAsync(cancellationToken);
        await RetryMonthsAsync(db, key, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <summary>Invoices that waited for this answer are looked at again at once.</summary>
    private static Task<int> RetryMonthsAsync(BillingDbContext db, string vatId, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        UPDATE month_tasks t SET due_at = now() FROM merchants m
        WHERE t.owner = 'merchant' AND t.owner_id = m.id AND t.done_at IS NULL AND t.blocked_by LIKE 'vat_id.%'
          AND upper(regexp_replace(m.vat_id, '[\s.-]', '', 'g')) = {vatId}
        """,
        cancellationToken);
}
