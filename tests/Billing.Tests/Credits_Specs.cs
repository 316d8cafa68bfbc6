using System.Text.Json.Nodes;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Testing;

namespace Zweizeiler.Billing.Tests;

public sealed class A_credited_complaint(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    [Fact]
    public async Task gives_back_what_was_charged_and_the_platform_bears_it()
    {
        var (merchant, job, translator) = await ChargedAsync();
        await _app.ConsumeAsync(Jobs.Credited(job, translator));
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await OfCreditAsync(job)).ShouldBe(
        [
            ("credit", "revenue", -360), ("credit", "tax", -68), ("credit", "merchant_balance", 428),
            ("credit_share", "revenue", 360), ("credit_share", "platform_share", -360),
        ]);
        (await PayableAsync(translator)).ShouldBe(252 + 50);
    }

    [Fact]
    public async Task after_a_ruling_takes_the_fee_and_its_raise_back_from_the_translator()
    {
        var (merchant, job, translator) = await ChargedAsync();
        await _app.ConsumeAsync(Jobs.Credited(job, translator, byRuling: true));
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await OfCreditAsync(job)).Skip(3).ShouldBe(
        [
            ("credit_share", "revenue", 360), ("credit_share", "translator_payable", -302), ("credit_share", "fee_raises", 50),
            ("credit_share", "platform_share", -108),
        ]);
        (await PayableAsync(translator)).ShouldBe(0);
        (await _app.ConsumeAsync(Jobs.Escalated(job, 90, version: 9))).ShouldBeEmpty("the work was not good");
    }

    [Fact]
    public async Task is_credited_once_however_often_it_is_told()
    {
        var (merchant, job, translator) = await ChargedAsync();
        var credited = Jobs.Credited(job, translator);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _app.ConsumeAsync(credited)));
        await _app.ConsumeAsync(credited with { ComplaintId = Jobs.NewId(), ByRuling = true });
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await OfCreditAsync(job)).Count.ShouldBe(5);
        (await _app.ScalarAsync<long>("SELECT count(*) FROM invoice_lines WHERE job_id = $1", job.JobId)).ShouldBe(2);
    }

    [Fact]
    public async Task that_is_told_before_the_job_is_charged_waits_for_it()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Placed(merchant), Jobs.NewId());
        await _app.ConsumeAsync(Jobs.Credited(job, translator, byRuling: true));
        await _app.ConsumeAsync(Jobs.Accepted(job, translator));
        await _app.ConsumeAsync(job);
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await PayableAsync(translator)).ShouldBe(0);
        (await _app.ScalarAsync<string>("SELECT state FROM jobs WHERE id = $1", job.JobId)).ShouldBe("credited");
    }

    [Fact]
    public async Task of_a_job_that_was_not_charged_gives_nothing_back()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var job = Jobs.Placed(merchant);
        await _app.ConsumeAsync(job);
        await _app.ConsumeAsync(Jobs.Refunded(job));
        await _app.ConsumeAsync(Jobs.Credited(job, Jobs.NewId()));
        (await _app.BalanceAsync(merchant)).ShouldBe((1000, 0));
        (await OfCreditAsync(job)).ShouldBeEmpty();
    }

    [Fact]
    public async Task takes_back_no_more_than_is_still_owed_to_the_translator()
    {
        var (_, job, translator) = await ChargedAsync();
        await PayOutAsync(translator, 200);
        await _app.ConsumeAsync(Jobs.Credited(job, translator, byRuling: true));
        (await PayableAsync(translator)).ShouldBe(0);
        (await OfCreditAsync(job)).Skip(3).ShouldBe(
        [
            ("credit_share", "revenue", 360), ("credit_share", "translator_payable", -102), ("credit_share", "fee_raises", 50),
            ("credit_share", "platform_share", -308),
        ]);
    }

    [Fact]
    public async Task stands_in_the_ledger_and_as_a_negative_line_on_the_invoice()
    {
        var (merchant, job, translator) = await ChargedAsync();
        await _app.Messages.PublishAsync(Jobs.Credited(job, translator));
        var client = _app.As(merchant);
        await Eventually.Passes(MessageTap.Soon, async () =>
        {
            var ledger = JsonNode.Parse(await client.GetStringAsync("/v1/ledger", TestContext.Current.CancellationToken))!;
            ((JsonArray)ledger["data"]!).Select(e => (string?)e!["kind"]).ShouldBe(["credit", "release", "charge", "reservation", "opening"], ignoreOrder: true);
        });

        var invoice = JsonNode.Parse(await client.GetStringAsync("/v1/invoices/open", TestContext.Current.CancellationToken))!;
        var line = ((JsonArray)invoice["data"]!)[0]!;
        ((string?)line["kind"], (string?)line["description"], (int)line["lines"]!, (long)line["net"]!)
            .ShouldBe(("credit_note", "Credit note: formulation de→fr, 3 lines, ORDER-4711", -3, -360));
        ((long)invoice["sums"]!["net"]!, (long)invoice["sums"]!["tax"]!, (int)invoice["sums"]!["lines"]!).ShouldBe((0, 0, 2));
        (await _app.ReconcileAsync()).Count.ShouldBe(0);
    }

    /// <summary>A reply of at most 6 lines, delivered with 3: 3.60 € and 0.68 €, 2.52 € for the translator and a raise of 0.50 €.</summary>
    private async Task<(Guid Merchant, JobPlaced Job, Guid Translator)> ChargedAsync()
    {
        var merchant = await _app.MerchantWithAsync(1000);
        var (job, translator) = (Jobs.Formulation(merchant), Jobs.NewId());
        await _app.ConsumeAsync(job);
        await _app.ConsumeAsync(Jobs.Escalated(job, 50));
        await _app.ConsumeAsync(Jobs.Accepted(job, translator, lines: 3));
        return (merchant, job, translator);
    }

    private async Task<IReadOnlyList<(string Kind, string Account, long Cents)>> OfCreditAsync(JobPlaced job) =>
        [.. (await _app.PostingsAsync(job.JobId)).Where(p => p.Kind.StartsWith("credit", StringComparison.Ordinal))];

    private Task<long> PayableAsync(Guid translator) => _app.ScalarAsync<long>(
        "SELECT balance_cents FROM balances b JOIN accounts a ON a.id = b.account_id WHERE owner_id = $1", translator);

    private Task<int> PayOutAsync(Guid translator, long cents)
    {
        var entry = Jobs.NewId();
        return _app.ScalarAsync<int>(
            $"""
            INSERT INTO entries (id, kind, subject_id, event, reason, occurred_at, created_at) VALUES ('{entry}', 'opening', '{entry}', 't', 't', now(), now());
            INSERT INTO postings SELECT '{entry}', 0, id, {-cents} FROM accounts WHERE owner_id = '{translator}';
            INSERT INTO postings SELECT '{entry}', 1, id, {cents} FROM accounts WHERE kind = 'clearing';
            SELECT 1
            """);
    }
}
