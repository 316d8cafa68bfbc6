using System.Diagnostics.Metrics;

namespace Zweizeiler.Billing;

/// <summary>What operators watch. No ids and no merchants: amounts and counts only.</summary>
public sealed class BillingMetrics
{
    private readonly Counter<long> _funded;
    private readonly Counter<long> _declined;
    private readonly Counter<long> _mismatches;
    private readonly Counter<long> _charged;
    private readonly Counter<long> _chargedCents;
    private readonly Counter<long> _released;
    private readonly Counter<long> _credited;
    private readonly Counter<long> _creditedCents;
    private long _faults;

    public BillingMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Zweizeiler.Billing");
        _funded = meter.CreateCounter<long>("zweizeiler.billing.jobs.funded", "{job}", "Jobs whose price was found right and reserved.");
        _declined = meter.CreateCounter<long>("zweizeiler.billing.jobs.declined", "{job}", "Jobs that were not funded, by reason.");
        _mismatches = meter.CreateCounter<long>("zweizeiler.billing.price.mismatches", "{job}", "Prices that differ from what billing finds. Must stay 0.");
        _charged = meter.CreateCounter<long>("zweizeiler.billing.jobs.charged", "{job}", "Jobs charged.");
        _chargedCents = meter.CreateCounter<long>("zweizeiler.billing.charged", "{cent}", "Net amount charged.");
        _released = meter.CreateCounter<long>("zweizeiler.billing.jobs.released", "{job}", "Jobs that came to nothing, by what ended them.");
        _credited = meter.CreateCounter<long>("zweizeiler.billing.jobs.credited", "{job}", "Jobs credited after a complaint.");
        _creditedCents = meter.CreateCounter<long>("zweizeiler.billing.credited", "{cent}", "Net amount credited.");
        meter.CreateObservableGauge(
            "zweizeiler.billing.ledger.faults", () => Interlocked.Read(ref _faults), "{fault}",
            "Entries that do not balance, balances that are not the sum of their postings, and a ledger that is not zero. Must stay 0.");
    }

    public void Funded(string mode) => _funded.Add(1, new KeyValuePair<string, object?>("mode", mode));

    public void Declined(string reason) => _declined.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void PriceMismatch() => _mismatches.Add(1);

    public void Charged(long netCents)
    {
        _charged.Add(1);
        _chargedCents.Add(netCents);
    }

    public void Released(string by) => _released.Add(1, new KeyValuePair<string, object?>("by", by));

    public void Credited(long netCents)
    {
        _credited.Add(1);
        _creditedCents.Add(netCents);
    }

    public void LedgerFaults(long faults) => Interlocked.Exchange(ref _faults, faults);
}
