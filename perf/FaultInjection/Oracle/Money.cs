using System.Globalization;

namespace Zweizeiler.FaultInjection.Oracle;

/// <summary>The ledger and the papers.</summary>
internal static class Money
{
    private const string Charge = "charge";
    private const string Earning = "earning";

    public static IEnumerable<Check> All(Evidence evidence) =>
        [ChargesAndEarnings(evidence), EarningsShown(evidence), Snapshots(evidence), Lines(evidence), Numbers(evidence), Papers(evidence)];

    /// <summary>Accepted: charged once and earned once. Cancelled: at most once, and one with the other. Anything else costs nothing.</summary>
    public static Check ChargesAndEarnings(Evidence evidence)
    {
        var booked = evidence.Bookings.ToLookup(b => (b.JobId, b.Kind));
        return Check.Each("one charge and one earning a job", evidence.Jobs, job =>
        {
            var (charges, earnings, reservations) = (Count(Charge), Count(Earning), Count("reservation"));
            var isRight = job.State switch
            {
                Life.Accepted => charges == 1 && earnings == 1 && reservations == 1,
                Life.Cancelled => charges <= 1 && earnings == charges && reservations <= 1,
                _ => charges == 0 && earnings == 0 && reservations <= 1,
            };
            return isRight ? null : string.Create(
                CultureInfo.InvariantCulture, $"job {job.Id}, {job.State}: {reservations} reservations, {charges} charges, {earnings} earnings");

            int Count(string kind) => booked[(job.Id, kind)].Count();
        });
    }

    public static Check EarningsShown(Evidence evidence)
    {
        var shown = evidence.Earnings.ToHashSet();
        return Check.Each("what is earned is shown", [.. Jobs(evidence, Earning)], job => shown.Contains(job) ? null : $"job {job}: not in the portal");
    }

    public static Check Snapshots(Evidence evidence) => Check.Each("debits equal credits at every moment", evidence.Snapshots, snapshot =>
        snapshot is { TotalCents: 0, Unbalanced: 0, WrongBalances: 0 } ? null : string.Create(
            CultureInfo.InvariantCulture, $"{snapshot.At:HH:mm:ss}: total {snapshot.TotalCents}, {snapshot.Unbalanced} entries unbalanced, {snapshot.WrongBalances} balances wrong"));

    public static Check Lines(Evidence evidence)
    {
        var lines = evidence.Lines.ToLookup(l => l.JobId);
        var charged = Jobs(evidence, Charge).ToHashSet();
        return Check.Of(
            "invoice lines equal charged jobs",
            charged.Count,
            [
                .. charged.Select(job => lines[job].ToList() switch
                {
                    [{ InvoiceId: not null }] => null,
                    [_] => $"job {job}: its line is on no invoice",
                    var all => string.Create(CultureInfo.InvariantCulture, $"job {job}: {all.Count} lines"),
                }).OfType<string>(),
                .. lines.Where(l => !charged.Contains(l.Key)).Select(l => $"job {l.Key}: a line and no charge"),
            ]);
    }

    public static Check Numbers(Evidence evidence) => Check.Of(
        "numbers without gap",
        evidence.Papers.Count,
        evidence.Series.SelectMany(series =>
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"{series.Name}-{series.Year}-");
            var given = evidence.Papers.Where(p => p.Number.StartsWith(prefix, StringComparison.Ordinal))
                .Select(p => int.Parse(p.Number[prefix.Length..], CultureInfo.InvariantCulture)).Order().ToList();
            return given.SequenceEqual(Enumerable.Range(1, series.Last)) ? [] : (string[])[$"{prefix}: {given.Count} papers, the last number is {series.Last}"];
        }));

    public static Check Papers(Evidence evidence)
    {
        var lines = evidence.Lines.ToLookup(l => l.InvoiceId);
        return Check.Each("each number has its paper", evidence.Papers, paper =>
            paper.State != "issued" || paper.Documents != 2 ? $"{paper.Number}: {paper.State}, {paper.Documents} documents"
            : lines[paper.Id].Count() != paper.LineCount ? $"{paper.Number}: {paper.LineCount} lines on it, {lines[paper.Id].Count()} lines point to it"
            : null);
    }

    private static IEnumerable<Guid> Jobs(Evidence evidence, string kind) => evidence.Bookings.Where(b => b.Kind == kind).Select(b => b.JobId).OfType<Guid>().Distinct();
}
