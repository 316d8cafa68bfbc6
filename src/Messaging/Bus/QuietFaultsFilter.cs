using MassTransit;

namespace Zweizeiler.Messaging.Bus;

/// <summary>
/// Takes the exception's text off a message on its way to the error queue. The kind of the exception and the message itself are enough to find the
/// reason; an exception's text may quote what must not leave the service in the clear.
/// </summary>
internal sealed class QuietFaultsFilter : IFilter<ExceptionReceiveContext>
{
    public Task Send(ExceptionReceiveContext context, IPipe<ExceptionReceiveContext> next)
    {
        context.ExceptionHeaders.Set(MessageHeaders.FaultMessage, context.Exception.GetBaseException().GetType().Name);
        context.ExceptionHeaders.Set(MessageHeaders.FaultStackTrace, (string?)null);
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("quietFaults");
}
