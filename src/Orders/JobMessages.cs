using MassTransit;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders;

internal static class JobMessages
{
    /// <summary>Tells every step that the job took since it was loaded, in its order.</summary>
    public static async Task PublishStepsAsync(this IPublishEndpoint publish, Job job, CancellationToken cancellationToken)
    {
        foreach (var step in job.Steps)
        {
            await publish.Publish(
                new JobStateChanged(job.Id, job.MerchantId, step.Sequence, step.Type, step.State.Name(), job.Mode, job.Filing, step.OccurredAt, step.Step),
                cancellationToken);
        }
    }
}
