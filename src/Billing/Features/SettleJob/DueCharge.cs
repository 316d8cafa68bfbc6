using Zweizeiler.Billing.Domain;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Features.SettleJob;

/// <summary>What a job costs in the end, by the price list that it was placed with: never more than its price.</summary>
public static class DueCharge
{
    /// <summary>Of a job that was done: a formulation by its delivered lines, a call by its minutes, everything else as it was priced.</summary>
    public static JobCharge ForDelivery(Job job, PriceList list, Acceptance acceptance)
    {
        var price = job.Price;
        if (!ApiNames.TryParse(job.Kind, out JobKind kind) || kind is JobKind.Translation or JobKind.Summary)
        {
            return JobCharge.Whole(price);
        }

        _ = ApiNames.TryParse(job.Urgency, out Urgency urgency);
        var pair = LanguagePair.Of(job.Source, job.Target);
        var order = kind == JobKind.Formulation
            ? JobOrder.Formulation(pair, price.Lines, urgency).Delivered(acceptance.Lines)
            : Made(JobOrder.Call(pair, price.Lines - list.CallBaseLines, urgency), acceptance);
        var due = JobPricer.Price(list, order, TaxOf(price), price.MinimumLines);
        return new JobCharge(due.BilledLines, due.Net.Cents, due.Tax.Amount.Cents, due.TranslatorFee.Cents, 1m);
    }

    /// <summary>Of a job that was cancelled after work on it began: the list's share.</summary>
    public static JobCharge ForCancellation(Job job, PriceList list)
    {
        var price = job.Price;
        var net = JobPricer.OfCancelled(list, new Money(price.NetCents, price.Currency));
        return new JobCharge(
            price.BilledLines,
            net.Cents,
            TaxOf(price).On(net).Amount.Cents,
            JobPricer.OfCancelled(list, new Money(price.TranslatorFeeCents, price.Currency)).Cents,
            list.CancellationShare);
    }

    /// <summary>The raise that a translator gets: whole for a job done, the share of it for one that was cancelled.</summary>
    public static long Raise(Job job, JobCharge charge, long raiseCents) =>
        Money.Round(raiseCents * charge.Share, job.Price.Currency).Cents;

    private static JobOrder Made(JobOrder call, Acceptance acceptance) =>
        acceptance.CallMinutes is { } minutes ? call.Reached(TimeSpan.FromMinutes(minutes)) : call.NotReached();

    private static TaxTreatment TaxOf(JobAmounts price) => TaxTreatment.Restore(Enum.Parse<TaxCategory>(price.TaxCategory), price.TaxRate);
}
