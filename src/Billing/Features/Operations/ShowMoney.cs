using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Billing.Domain.Bank;
using Zweizeiler.Billing.Features.BankFiles;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Contracts;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Billing.Features.Operations;

/// <summary>A merchant's money as operators see it, in cents.</summary>
public sealed record MerchantMoney(
    Guid MerchantId, string CustomerNumber, string Name, long Balance, long Reserved, long CreditLimit, long OpenInvoices, string TopUpReference);

/// <summary>A transfer that a person must look at.</summary>
public sealed record UnmatchedPayment(
    string Id, long Cents, DateOnly BookedOn, IReadOnlyList<string> References, string Finding, string? PayerName, string? PayerIban, string Text);

/// <summary>How far a month is.</summary>
public sealed record MonthState(string Month, int Done, int Waiting, IReadOnlyList<BlockedPaper> Blocked, int ToWrite, int Issued, int Voided);

/// <summary>A paper that cannot be made yet, and why.</summary>
public sealed record BlockedPaper(string Owner, Guid OwnerId, string Reason);

/// <summary>What a translator was paid.</summary>
public sealed record PayoutView(string Id, Guid TranslatorId, long Cents, string State, string? ReturnReason, string Account, Guid OrderId, DateTimeOffset SentAt);

/// <summary>An order to the bank, and how many of its payouts are still under way.</summary>
public sealed record PaymentOrderView(Guid Id, DateOnly Week, int Number, int Count, long Cents, int Sent, int Paid, int Returned, DateTimeOffset CreatedAt);

/// <summary>What is owed to a translator, and whether it can be paid.</summary>
public sealed record TranslatorMoney(Guid TranslatorId, string SupplierNumber, string Name, long Owed, bool CanBePaid, IReadOnlyList<string> Faults, bool AccountRefused);

/// <summary>The platform's own accounts.</summary>
public sealed record AccountSum(string Account, long Cents);

/// <summary>What operators see of money. Nothing here changes anything.</summary>
internal static class ShowMoney
{
    private const int Most = 200;
    private const int MostOrders = 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        var operations = app.MapGroup("/operations").RequireScope(Scope.Operator);
        operations.MapGet("/merchants", MerchantsAsync).WithName("listMerchantMoney");
        operations.MapGet("/translators", TranslatorsAsync).WithName("listTranslatorMoney");
        operations.MapGet("/accounts", AccountsAsync).WithName("listAccountSums");
        operations.MapGet("/payments/unmatched", UnmatchedAsync).WithName("listUnmatchedPayments");
        operations.MapGet("/months/{month}", MonthAsync).WithName("getMonthState");
        operations.MapGet("/payouts", PayoutsAsync).WithName("listPayouts");
        operations.MapGet("/payment-orders", OrdersAsync).WithName("listPaymentOrders");
        operations.MapGet("/payment-orders/{id:guid}", OrderAsync).WithName("getPaymentOrder");
        operations.MapGet("/actions", ActionsAsync).WithName("listOperatorActions");
    }

    /// <param name="after">The customer number of the last one seen.</param>
    /// <param name="db">The database.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private static async Task<IResult> MerchantsAsync(BillingDbContext db, CancellationToken cancellationToken, long after = 0)
    {
        var merchants = await db.Merchants.IgnoreQueryFilters().AsNoTracking().Where(m => m.CustomerNumber > after - 10_000)
            .OrderBy(m => m.CustomerNumber).Take(Most).ToListAsync(cancellationToken);
        var ids = merchants.Select(m => (Guid?)m.Id).ToArray();
        var balances = await (
            from account in db.Accounts.IgnoreQueryFilters()
            join balance in db.Balances on account.Id equals balance.AccountId
            where ids.Contains(account.OwnerId)
            select new { account.OwnerId, account.Kind, balance.BalanceCents, balance.FloorCents }).ToListAsync(cancellationToken);
        var open = await db.Invoices.IgnoreQueryFilters().Where(i => i.OpenCents > 0 && ids.Contains(i.MerchantId))
            .GroupBy(i => i.MerchantId).Select(g => new { g.Key, Cents = g.Sum(i => i.OpenCents) }).ToDictionaryAsync(g => g.Key, g => g.Cents, cancellationToken);
        return TypedResults.Ok(merchants.Select(m =>
        {
            var own = balances.Where(b => b.OwnerId == m.Id).ToDictionary(b => b.Kind);
            var spendable = own.GetValueOrDefault(Domain.AccountKind.MerchantBalance);
            return new MerchantMoney(
                m.Id, m.CustomerNo, m.LegalName ?? m.Name, spendable?.BalanceCents ?? 0, own.GetValueOrDefault(Domain.AccountKind.MerchantReserved)?.BalanceCents ?? 0,
                -(spendable?.FloorCents ?? 0), open.GetValueOrDefault(m.Id), TopUps.ReferenceOf(m));
        }));
    }

    private static async Task<IResult> TranslatorsAsync(BillingDbContext db, CancellationToken cancellationToken, long after = 0)
    {
        var rows = await (
            from translator in db.Translators.AsNoTracking()
            from account in db.Accounts.IgnoreQueryFilters().Where(a => a.OwnerId == translator.Id && a.Kind == Domain.AccountKind.TranslatorPayable).DefaultIfEmpty()
            from balance in db.Balances.Where(b => b.AccountId == account.Id).DefaultIfEmpty()
            where translator.SupplierNumber > after - 70_000
            orderby translator.SupplierNumber
            select new { translator, Owed = (long?)balance.BalanceCents }).Take(Most).ToListAsync(cancellationToken);
        return TypedResults.Ok(rows.Select(r => new TranslatorMoney(
            r.translator.Id, r.translator.SupplierNo, r.translator.DisplayName, r.Owed ?? 0, r.translator.CanBePaid, r.translator.DetailsFaults,
            r.translator.AccountRefused)));
    }

    private static async Task<IResult> AccountsAsync(BillingDbContext db, CancellationToken cancellationToken)
    {
        var sums = await (
            from posting in db.Postings
            join account in db.Accounts.IgnoreQueryFilters() on posting.AccountId equals account.Id
            group posting.AmountCents by account.Kind into g
            select new { g.Key, Cents = g.Sum() }).ToListAsync(cancellationToken);
        return TypedResults.Ok(sums.OrderBy(s => s.Key).Select(s => new AccountSum(SnakeCase.Name(s.Key), s.Cents)));
    }

    private static async Task<IResult> UnmatchedAsync(BillingDbContext db, TextVault vault, CancellationToken cancellationToken)
    {
        var payments = await db.Payments.IgnoreQueryFilters().AsNoTracking().Where(p => p.State == PaymentState.Unmatched)
            .OrderBy(p => p.ImportedAt).ThenBy(p => p.Id).Take(Most).ToListAsync(cancellationToken);
        return TypedResults.Ok(payments.Select(p =>
        {
            var details = vault.Open<PaymentDetails>(new WrappedDataKey(p.DetailsKey), p.Id, TextPurpose.Payment, new SealedText(p.Details));
            return new UnmatchedPayment(
                PublicId.Format(Ids.Payment, p.Id), p.Cents, p.BookedOn, p.References, p.Finding ?? "", details.Name, details.Iban, details.Text);
        }));
    }

    private static async Task<IResult> MonthAsync(string month, BillingDbContext db, CancellationToken cancellationToken)
    {
        var of = OperatorActions.Month(month);
        var tasks = await db.MonthTasks.AsNoTracking().Where(t => t.Month == of && (t.DoneAt == null))
            .OrderBy(t => t.OwnerId).ToListAsync(cancellationToken);
        var states = await db.Invoices.IgnoreQueryFilters().Where(i => i.Month == of).Select(i => i.State)
            .Concat(db.Statements.Where(s => s.Month == of).Select(s => s.State))
            .GroupBy(s => s).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return TypedResults.Ok(new MonthState(
            of.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            await db.MonthTasks.CountAsync(t => t.Month == of && t.DoneAt != null, cancellationToken),
            tasks.Count(t => t.BlockedBy is null),
            [.. tasks.Where(t => t.BlockedBy is not null).Take(Most).Select(t => new BlockedPaper(SnakeCase.Name(t.Owner), t.OwnerId, t.BlockedBy!))],
            states.GetValueOrDefault(Domain.Documents.InvoiceState.Numbered),
            states.GetValueOrDefault(Domain.Documents.InvoiceState.Issued) + states.GetValueOrDefault(Domain.Documents.InvoiceState.Cancelled),
            states.GetValueOrDefault(Domain.Documents.InvoiceState.Voided)));
    }

    private static async Task<IResult> PayoutsAsync(BillingDbContext db, CancellationToken cancellationToken, string? state = null)
    {
        var payouts = db.Payouts.AsNoTracking();
        if (state is not null)
        {
            PayoutState? only = Enum.GetValues<PayoutState>().Where(s => SnakeCase.Name(s) == state).Select(s => (PayoutState?)s).FirstOrDefault();
            payouts = payouts.Where(p => p.State == only);
        }

        var found = await payouts.OrderByDescending(p => p.SentAt).ThenByDescending(p => p.Id).Take(Most).ToListAsync(cancellationToken);
        return TypedResults.Ok(found.Select(View));
    }

    private static PayoutView View(Payout payout) => new(
        PublicId.Format(Ids.Payout, payout.Id), payout.TranslatorId, payout.Cents, SnakeCase.Name(payout.State), payout.ReturnReason,
        $"… {payout.AccountHint}", payout.BatchId, payout.SentAt);

    private static async Task<IResult> OrdersAsync(BillingDbContext db, CancellationToken cancellationToken)
    {
        var orders = await db.PayoutBatches.AsNoTracking().OrderByDescending(b => b.CreatedAt).ThenByDescending(b => b.Id).Take(MostOrders).ToListAsync(cancellationToken);
        var ids = orders.Select(o => o.Id).ToArray();
        var states = (await db.Payouts.Where(p => ids.Contains(p.BatchId)).GroupBy(p => new { p.BatchId, p.State })
            .Select(g => new { g.Key.BatchId, g.Key.State, Count = g.Count() }).ToListAsync(cancellationToken)).ToDictionary(s => (s.BatchId, s.State), s => s.Count);
        return TypedResults.Ok(orders.Select(o => new PaymentOrderView(
            o.Id, o.Week, o.Number, o.Count, o.Cents, states.GetValueOrDefault((o.Id, PayoutState.Sent)), states.GetValueOrDefault((o.Id, PayoutState.Paid)),
            states.GetValueOrDefault((o.Id, PayoutState.Returned)), o.CreatedAt)));
    }

    /// <summary>The file for the bank.</summary>
    private static async Task<IResult> OrderAsync(Guid id, BillingDbContext db, TextVault vault, CancellationToken cancellationToken)
    {
        var batch = await db.PayoutBatches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellationToken);
        var content = await db.Documents.AsNoTracking().Where(d => d.PaperId == id && d.Form == Domain.Documents.DocumentForm.PaymentOrder)
            .Select(d => d.Content).SingleOrDefaultAsync(cancellationToken);
        return batch is null || content is null
            ? OperatorActions.NotFound("payment_order")
            : TypedResults.File(
                vault.Open<byte[]>(new WrappedDataKey(batch.FileKey), id, TextPurpose.PaymentOrder, new SealedText(content)), "application/xml",
                string.Create(CultureInfo.InvariantCulture, $"pain.001-{batch.Week:yyyy-MM-dd}-{batch.Number}.xml"));
    }

    private static async Task<IResult> ActionsAsync(BillingDbContext db, CancellationToken cancellationToken) => TypedResults.Ok(
        await db.OperatorActions.AsNoTracking().OrderByDescending(a => a.DoneAt).ThenByDescending(a => a.Id).Take(Most).ToListAsync(cancellationToken));
}
