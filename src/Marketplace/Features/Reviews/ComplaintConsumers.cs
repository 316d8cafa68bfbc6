using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Features.Live;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Reviews;

/// <summary>The merchant complains about an accepted delivery: its writer can hand in a corrected one, first of all.</summary>
public sealed class ComplaintReceivedConsumer(MarketplaceDbContext db, TimeProvider time) : IConsumer<ComplaintReceived>
{
    public async Task Consume(ConsumeContext<ComplaintReceived> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        // A complaint is about what was accepted, also if the word of that is still on its way.
        if (await db.LockJobAsync(message.JobId, cancellationToken) is { } job)
        {
            job.Accept(time.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO complaints (id, job_id, translator_id, delivery_id, objection, received_at, correction_due_at, by_ruling)
            VALUES ({message.ComplaintId}, {message.JobId}, {message.TranslatorId}, {message.DeliveryId}, {message.Objection.Bytes}, {message.ReceivedAt}, {message.CorrectionDueAt}, false)
            ON CONFLICT (id) DO NOTHING
            """,
            cancellationToken);
        await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
    }
}

/// <summary>The merchant gets her money back; the writer sees it in her list. It is final, and may overtake the complaint.</summary>
public sealed class ComplaintCreditedConsumer(MarketplaceDbContext db) : IConsumer<ComplaintCredited>
{
    public async Task Consume(ConsumeContext<ComplaintCredited> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO complaints AS c (id, job_id, translator_id, received_at, correction_due_at, credited_at, by_ruling)
            VALUES ({message.ComplaintId}, {message.JobId}, {message.TranslatorId}, {message.CreditedAt}, {message.CreditedAt}, {message.CreditedAt}, {message.ByRuling})
            ON CONFLICT (id) DO UPDATE SET credited_at = excluded.credited_at, by_ruling = excluded.by_ruling WHERE c.credited_at IS NULL
            """,
            cancellationToken);
        if (message.ByRuling)
        {
            // If the earning comes later, it finds the complaint.
            await db.Earnings.Where(e => e.JobId == message.JobId && e.TakenBackAt == null).ExecuteUpdateAsync(
                e => e.SetProperty(x => x.TakenBackAt, message.CreditedAt), cancellationToken);
        }

        await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
    }
}

/// <summary>The merchant is content: the complaint is over. It may overtake the complaint, and nothing that a ruling or a credit has said changes.</summary>
public sealed class ComplaintSatisfiedConsumer(MarketplaceDbContext db) : IConsumer<ComplaintSatisfied>
{
    public async Task Consume(ConsumeContext<ComplaintSatisfied> context)
    {
        var (message, cancellationToken) = (context.Message, context.CancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO complaints AS c (id, job_id, translator_id, received_at, correction_due_at, satisfied_at, by_ruling)
            VALUES ({message.ComplaintId}, {message.JobId}, {message.TranslatorId}, {message.SatisfiedAt}, {message.SatisfiedAt}, {message.SatisfiedAt}, false)
            ON CONFLICT (id) DO UPDATE SET satisfied_at = excluded.satisfied_at WHERE c.satisfied_at IS NULL
            """,
            cancellationToken);
        await LiveSignal.Person(message.TranslatorId).SendAsync(db, cancellationToken);
    }
}
