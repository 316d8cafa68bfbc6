using MassTransit;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Features.ReviewJob;

internal enum AcceptedHow
{
    ByMerchant,
    ByTime,
    ByRuling,
}

internal static class AcceptanceMessages
{
    /// <summary>A job that was delivered has a delivery and a translator; so has one that was accepted.</summary>
    public static async Task PublishAcceptedAsync(
        this IPublishEndpoint publish, Job job, Delivery delivery, SealedText? thanks, AcceptedHow how, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await publish.Publish(
            new DeliveryAccepted(
                job.Id, job.MerchantId, delivery.Id, job.TranslatorId!.Value, job.Rating, thanks, job.PreferTranslator,
                how == AcceptedHow.ByTime, now, delivery.Lines, delivery.Call, how == AcceptedHow.ByRuling),
            cancellationToken);
        await publish.PublishStepsAsync(job, cancellationToken);
    }
}
