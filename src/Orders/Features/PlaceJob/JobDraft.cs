using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Features.Given;
using Zweizeiler.Pricing;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>An item of an order after its check: everything that a job needs but its price.</summary>
/// <param name="Given">The item, with what the merchant gave once.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Pair">From which language into which.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Count">The counted text, of kinds that are counted by it.</param>
/// <param name="Content">What the translator gets.</param>
internal sealed record JobDraft(GivenItem Given, JobKind Kind, LanguagePair Pair, Urgency Urgency, LineCount? Count, JobContent Content)
{
    /// <summary>Where it stands in the request.</summary>
    public string At => Given.At;

    public JobItem Item => Given.Item;

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
