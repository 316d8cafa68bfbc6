using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Domain.Documents;
using Zweizeiler.Billing.Features.BankFiles;
using Zweizeiler.Billing.Idempotency;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Json;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>Whose a payment is: a merchant's customer number, or an invoice that names her.</summary>
public sealed record AssignPaymentItem(string? CustomerNumber, string? InvoiceNumber, string? Reason);

/// <summary>Why a payment is sent back.</summary>
public sealed record ReturnPaymentItem(string? Reason);

/// <summary><c>POST /operations/payments/{id}/assign</c>, and <c>…/return</c> for what is nobody's.</summary>
internal static class AssignPayment
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/operations/payments/{id}/assign", HandleAsync).SavesOnce().RequireScope(Scope.Operator).WithName("assignPayment");
        app.MapPost("/operations/payments/{id}/return", ReturnAsync).SavesOnce().RequireScope(Scope.Operator).WithName("returnPayment");
    }

    private static async Task<IResult> HandleAsync(
        string id, Body<AssignPaymentItem> body, BillingDbContext db, BookPayments payments, OperatorActions actions, CancellationToken cancellationToken)
    {
        var paymentId = OperatorActions.Id(Ids.Payment, id, "payment");
        var (item, faults) = (body.Value, body.Faults);
        var reason = OperatorActions.Reason(item.Reason, faults);
        if (item.CustomerNumber is null == item.InvoiceNumber is null)
        {
            faults.Add("", "field.required", "Give either customerNumber or invoiceNumber.");
        }

        faults.ThrowIfAny();
        var payment = await TakeAsync(db, paymentId, cancellationToken);
        var invoice = item.InvoiceNumber is { } number
            ? await db.Invoices.IgnoreQueryFilters().SingleOrDefaultAsync(i => i.Number == number && i.Kind == InvoiceKind.Invoice, cancellationToken)
            : null;
        var merchant = invoice?.MerchantId ?? await MerchantAsync(db, item.CustomerNumber, cancellationToken);
        if (merchant is null)
        {
            faults.Add(item.InvoiceNumber is null ? "/customerNumber" : "/invoiceNumber", "field.unknown_value", "There is none of this number.");
            faults.ThrowIfAny();
        }

        if (payment.State != PaymentState.Unmatched)
        {
            return Settled();
        }

        actions.Note("assign_payment", payment.Id, reason);
        await payments.AssignAsync(payment, merchant!.Value, invoice, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ReturnAsync(
        string id, Body<ReturnPaymentItem> body, BillingDbContext db, BookPayments payments, OperatorActions actions, CancellationToken cancellationToken)
    {
        var paymentId = OperatorActions.Id(Ids.Payment, id, "payment");
        var reason = OperatorActions.Reason(body.Value.Reason, body.Faults);
        body.Faults.ThrowIfAny();
        var payment = await TakeAsync(db, paymentId, cancellationToken);
        if (payment.State != PaymentState.Unmatched)
        {
            return Settled();
        }

        actions.Note("return_payment", payment.Id, reason);
        await payments.SendBackAsync(payment, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Payment> TakeAsync(BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await db.Payments.FromSql($"SELECT * FROM payments WHERE id = {id} FOR UPDATE").IgnoreQueryFilters().ToListAsync(cancellationToken))
        .SingleOrDefault() ?? throw new ApiException(OperatorActions.NotFound("payment"));

    private static ApiProblem Settled() =>
        OperatorActions.Conflict("payment.booked", "The payment is settled already", "Correct it by a counter-entry with a reason.");

    private static async Task<Guid?> MerchantAsync(BillingDbContext db, string? number, CancellationToken cancellationToken) =>
        long.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var customer)
            ? await db.Merchants.IgnoreQueryFilters().Where(m => m.CustomerNumber == customer - 10_000).Select(m => (Guid?)m.Id).SingleOrDefaultAsync(cancellationToken)
            : null;
}
