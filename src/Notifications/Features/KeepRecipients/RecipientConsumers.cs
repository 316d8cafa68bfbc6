using MassTransit;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.KeepRecipients;

public sealed class MerchantRegisteredConsumer(NotificationsDbContext db) : IConsumer<MerchantRegistered>
{
    public async Task Consume(ConsumeContext<MerchantRegistered> context)
    {
        var m = context.Message;
        var recipient = await db.RecipientForUpdateAsync(m.MerchantId, RecipientKind.Merchant, context.CancellationToken);
        recipient.Learn(m.Version, m.Name, m.Email, m.Locale, m.TimeZone, m.DataKey);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

public sealed class TranslatorRegisteredConsumer(NotificationsDbContext db) : IConsumer<TranslatorRegistered>
{
    public async Task Consume(ConsumeContext<TranslatorRegistered> context)
    {
        var m = context.Message;
        var recipient = await db.RecipientForUpdateAsync(m.TranslatorId, RecipientKind.Translator, context.CancellationToken);
        recipient.Learn(m.Version, m.DisplayName, m.Email, m.Locale, m.TimeZone);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

internal static class RecipientQueries
{
    /// <summary>The recipient's row, made if it is not there, locked so that two versions cannot pass each other.</summary>
    public static async Task<Recipient> RecipientForUpdateAsync(
        this NotificationsDbContext db, Guid id, RecipientKind kind, CancellationToken cancellationToken)
    {
        var name = ServiceDefaults.Data.SnakeCase.Name(kind);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO recipients (id, kind, version, name, email, locale, time_zone)
            VALUES ({id}, {name}, 0, '', '', 'de', 'Europe/Berlin') ON CONFLICT DO NOTHING
            """,
            cancellationToken);
        return await db.Recipients.FromSql($"SELECT * FROM recipients WHERE id = {id} FOR UPDATE").SingleAsync(cancellationToken);
    }
}
