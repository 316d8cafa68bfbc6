using System.Diagnostics;
using System.Globalization;
using Zweizeiler.LargeLedger;

// Measures Billing alone over a large ledger, on a PostgreSQL and a RabbitMQ of its own: LargeLedger <Zweizeiler.Billing.dll> [merchants]
if (args is [] or ["--help" or "-h"])
{
    Console.WriteLine("LargeLedger <path of Zweizeiler.Billing.dll> [merchants, 10000; 50 charged jobs each]; results belong into perf/RESULTS.md.");
    return args.Length == 0 ? 2 : 0;
}

var merchants = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000;
await using var billing = new BillingUnderTest();
await billing.PrepareAsync(Path.GetFullPath(args[0]), merchants);
Console.WriteLine(Invariant($"{merchants} merchants, {await billing.CountAsync("SELECT count(*) FROM entries")} entries, {await billing.CountAsync("SELECT count(*) FROM postings")} postings"));

var checks = await billing.BalanceChecksAsync(2000);
Console.WriteLine(Invariant($"Balance check: p50 {checks[checks.Count / 2]:0.00} ms, p95 {checks[checks.Count * 95 / 100]:0.00} ms, p99 {checks[checks.Count * 99 / 100]:0.00} ms"));

var clock = Stopwatch.StartNew();
await billing.StartAsync();
long before = 0, atHalf = 0, most = 0, papers;
do
{
    await Task.Delay(500);
    papers = await billing.CountAsync("SELECT count(*) FROM documents");
    var memory = billing.MemoryMegabytes;
    before = papers == 0 ? memory : before;
    atHalf = papers <= merchants ? memory : atHalf;
    most = Math.Max(most, memory);
}
while (papers < 2 * merchants && clock.Elapsed < TimeSpan.FromMinutes(15));

Console.WriteLine(Invariant($"Month-end, process start included: {clock.Elapsed.TotalSeconds:0.0} s, {papers} papers; {before} MB before the first paper, {atHalf} MB at half of them, {most} MB at most"));
Console.WriteLine(Invariant($"Lines without an invoice: {await billing.CountAsync("SELECT count(*) FROM invoice_lines WHERE invoice_id IS NULL")}; the ledger's sum: {await billing.CountAsync("SELECT sum(amount_cents)::bigint FROM postings")}"));
return papers == 2 * merchants ? 0 : 1;

static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
