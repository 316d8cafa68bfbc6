using System.Net.Http.Json;
using System.Text.Json;
using MimeKit;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Every event that a job's life can have is recorded, sent to whoever wants it, and told by mail where the merchant will want to know.</summary>
public sealed class Life_Specs(TestServers servers) : ReceivingSpecs(servers)
{
    private static readonly (string Type, string State)[] Life =
    [
        ("job.placed", "placed"), ("job.payment_required", "payment_required"), ("job.funded", "open"), ("job.open", "open"),
        ("job.escalated", "open"), ("job.escalated", "open"), ("job.question", "open"), ("job.claimed", "in_progress"), ("job.released", "open"),
        ("job.claimed", "in_progress"), ("job.question", "on_hold"), ("job.answered", "in_progress"), ("job.delayed", "in_progress"), ("job.cancellation_requested", "in_progress"),
        ("job.delivered", "in_review"), ("job.cancellation_refused", "in_review"), ("job.revision_requested", "in_revision"), ("job.delayed", "in_revision"),
        ("job.rejected", "disputed"), ("job.delivered", "in_review"), ("job.rejected", "disputed"), ("job.accepted", "accepted"), ("job.complaint", "accepted"), ("job.corrected", "accepted"),
        ("job.complaint_dismissed", "accepted"), ("job.complaint_satisfied", "accepted"), ("job.credited", "accepted"),
        // Other ends, all on one job to keep it short.
        ("job.cancelled", "cancelled"), ("job.expired", "expired"), ("job.refunded", "refunded"),
    ];

    [Fact]
    public async Task Every_event_of_a_jobs_life_is_told_once_each_where_it_belongs()
    {
        var merchant = Merchant.New();
        var job = Merchant.NewId();
        using var client = Service.ClientOf(merchant.Id);
        // The types that an endpoint can ask for are exactly those of a job's life.
        var types = Life.Select(l => l.Type).Distinct().ToArray();
        using var made = await client.PostAsJsonAsync("/v1/webhook-endpoints", new { url = Receiver.Url, types }, TestContext.Current.CancellationToken);
        made.EnsureSuccessStatusCode();
        await Service.PublishAsync(merchant.Registered("en"));
        foreach (var (type, state, sequence) in Life.Select((l, i) => (l.Type, l.State, i + 1)).Reverse())
        {
            await Service.PublishAsync(Event(merchant, job, sequence, type, state));
        }

        await Eventually.Passes(Service.Deadline, async () => (await TypesAsync(client)).ShouldBe(Life.Select(l => l.Type)));
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count >= Life.Length, "all webhooks");
        Receiver.All.Select(r => r.Type).ShouldBe(Life.Select(l => l.Type));
        await Service.PublishAsync(merchant.Asks(job, Merchant.NewId(), beforeClaim: true));
        await Service.PublishAsync(merchant.Asks(job, Merchant.NewId()));
        await Service.MailsAsync(18);
        await Eventually.Within(
            Service.Deadline, () => Service.InDatabaseAsync(db => Task.FromResult(db.Mails.Count() == 18 && db.Mails.All(m => m.State == Domain.SendState.Sent))), "all mails sent");

        var subjects = new List<string>();
        foreach (var file in Directory.GetFiles(Service.MailFolder, "*.eml"))
        {
            using var mail = await MimeMessage.LoadAsync(file, TestContext.Current.CancellationToken);
            subjects.Add(mail.Subject!);
        }

        subjects.ShouldBe(
        [
            "Still looking: ORDER-4711", "A question about ORDER-4711", "A question about ORDER-4711", "Your text is here: ORDER-4711",
            "Your revised text is here: ORDER-4711", "We have your complaint: ORDER-4711", "The corrected text is here: ORDER-4711",
            "The balance is too low: ORDER-4711", "Delivered already: ORDER-4711", "About your complaint: ORDER-4711", "Thank you for your first job",
            "Credited: ORDER-4711", "Cancelled: ORDER-4711", "Sorry, nobody could be found: ORDER-4711", "It will be later: ORDER-4711",
            "The revision is overdue: ORDER-4711", "You pay nothing: ORDER-4711", "About your rejection: ORDER-4711",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Nobody_is_written_to_about_what_a_test_key_does()
    {
        var merchant = Merchant.New();
        var job = Merchant.NewId();
        using var client = Service.ClientOf(merchant.Id, "test");
        await Service.PublishAsync(merchant.Registered());
        foreach (var (type, state, sequence) in Life.Select((l, i) => (l.Type, l.State, i + 1)))
        {
            await Service.PublishAsync(Event(merchant, job, sequence, type, state, "test"));
        }

        await Eventually.Passes(Service.Deadline, async () => (await TypesAsync(client)).Count.ShouldBe(Life.Length));
        (await Service.InDatabaseAsync(db => Task.FromResult(db.Mails.Any()))).ShouldBeFalse();
    }

    private static JobStateChanged Event(Merchant merchant, Guid job, int sequence, string type, string state, string mode = "live") => new(
        job, merchant.Id, sequence, type, state, mode, new JobFiling("ORDER-4711", "FR", null), new DateTimeOffset(2026, 11, 23, 18, 0, sequence, TimeSpan.Zero));

    private static async Task<List<string>> TypesAsync(HttpClient client)
    {
        var page = await client.GetFromJsonAsync<JsonElement>("/v1/events?limit=100", TestContext.Current.CancellationToken);
        return [.. page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("type").GetString()!)];
    }
}
