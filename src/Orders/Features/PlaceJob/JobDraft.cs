using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>An item of an order after its check: everything that a job needs but its price.</summary>
/// <param name="At">Where it stands in the request.</param>
/// <param name="Item">As it was sent.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Pair">From which language into which.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Count">The counted text, of kinds that are counted by it.</param>
/// <param name="Content">What the translator gets.</param>
internal sealed record JobDraft(string At, JobItem Item, JobKind Kind, LanguagePair Pair, Urgency Urgency, LineCount? Count, JobContent Content)
{
    public JobOrder ToOrder(bool isRepetition) => Kind switch
    {
        JobKind.Translation => JobOrder.Translation(Pair, Count!, Urgency, isRepetition),
        JobKind.Summary => JobOrder.Summary(Pair, Count!, Urgency, isRepetition),
        JobKind.Formulation => JobOrder.Formulation(Pair, Content.Formulation!.MaxLines, Urgency),
        // However often it is tried: the attempts agreed on are one series.
        JobKind.Call => JobOrder.Call(Pair, Content.Call!.MaxMinutes, Urgency),
        _ => throw new InvalidOperationException("There is no such kind of job."),
    };
}
