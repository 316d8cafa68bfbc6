using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Each fact that somebody should hear about becomes one mail to the right one.</summary>
public sealed class Notices_Specs(TestServers servers) : IAsyncLifetime
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly SealedText Nothing = new([1]);

    private readonly Merchant _merchant = Merchant.New();
    private readonly Guid _translator = Merchant.NewId();
    private readonly Guid _job = Merchant.NewId();
    private Service _service = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await Service.StartAsync(servers);
        await _service.PublishAsync(_merchant.Registered("en"));
        await _service.PublishAsync(new TranslatorRegistered(_translator, 1, "Claire Martin", "claire@example.org", "en", "Europe/Paris"));
        await _service.PublishAsync(_merchant.Event(_job, 1));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(async db => await db.Recipients.CountAsync() == 2 && await db.Events.IgnoreQueryFilters().AnyAsync()), "who and what is known");
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task Merchants_hear_of_documents_money_and_keys_once_each()
    {
        var (invoice, note, payment, key) = (Merchant.NewId(), Merchant.NewId(), Merchant.NewId(), Merchant.NewId());
        for (var twice = 0; twice < 2; twice++)
        {
            // The same facts in messages of their own: the inbox does not know them.
            await _service.PublishAsync(new InvoiceIssued(invoice, _merchant.Id, "2026-000042", "invoice", 123_456, "EUR", new DateOnly(2026, 12, 7), At));
            await _service.PublishAsync(new InvoiceIssued(note, _merchant.Id, "2026-000043", "credit_note", 500, "EUR", null, At));
            await _service.PublishAsync(new PaymentReminded(invoice, _merchant.Id, "2026-000042", 1, 123_456, "EUR", new DateOnly(2026, 12, 7), At));
            await _service.PublishAsync(new PaymentReminded(invoice, _merchant.Id, "2026-000042", 2, 123_456, "EUR", new DateOnly(2026, 12, 7), At));
            await _service.PublishAsync(new PaymentReceived(payment, _merchant.Id, null, 5_000, "EUR", At));
            await _service.PublishAsync(new ApiKeyRevoked(key, At, _merchant.Id, "Shop\r\nBcc: x@shop.example"));
            await _service.PublishAsync(new ApiKeyRevoked(Merchant.NewId(), At));
        }

        await ExpectAsync("shop@rheinkram.example",
            "Your invoice 2026-000042", "Your credit note 2026-000043", "Reminder: invoice 2026-000042", "Reminder 2: invoice 2026-000042", "Your payment is here",
            "API key revoked: Shop  Bcc: x@shop.example");
    }

    [Fact]
    public async Task Translators_hear_of_work_reviews_and_money_once_each()
    {
        var (delivery, contested, payout, statement) = (Merchant.NewId(), Merchant.NewId(), Merchant.NewId(), Merchant.NewId());
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(5);
        var facts = new JobFacts("translation", "live", "de", "fr", "standard", soon);
        for (var twice = 0; twice < 2; twice++)
        {
            await _service.PublishAsync(new OfferMade(_job, _translator, facts, 168, "EUR", soon, At));
            await _service.PublishAsync(new OfferMade(_job, _translator, facts with { Mode = "test" }, 168, "EUR", soon.AddSeconds(1), At));
            await _service.PublishAsync(new LeaseEnding(_job, _translator, soon, At));
            await _service.PublishAsync(new RevisionRequested(_job, _merchant.Id, delivery, _translator, Nothing, At));
            // The ruling comes before the rejection that says whose delivery it is, and the other way round.
            await _service.PublishAsync(new RulingGiven(_job, _merchant.Id, 7, delivery, null, true, Nothing, At));
            await _service.PublishAsync(new DeliveryRejected(_job, _merchant.Id, delivery, _translator, Nothing, At));
            await _service.PublishAsync(new ComplaintContested(_job, _merchant.Id, Merchant.NewId(), contested, _translator, Nothing, At));
            await _service.PublishAsync(new RulingGiven(_job, _merchant.Id, 9, contested, Merchant.NewId(), false, Nothing, At));
            await _service.PublishAsync(new ComplaintReceived(_job, _merchant.Id, payout, delivery, _translator, Nothing, soon, At));
            await _service.PublishAsync(new PayoutSent(payout, _translator, 17_64, "EUR", At));
            await _service.PublishAsync(new PayoutReturned(payout, _translator, 17_64, "EUR", "AC04", At));
            await _service.PublishAsync(new StatementIssued(statement, _translator, "S-2026-7", 17_64, "EUR", At));
        }

        await ExpectAsync("claire@example.org",
            "For you: de → fr, €1.68", "Your time is nearly over", "Please revise", "Your delivery was rejected", "Decided: your delivery is good",
            "Decided: the objection was right", "A complaint about your delivery", "€17.64 is on its way to you", "A payout came back", "Your statement S-2026-7");
    }

    [Fact]
    public async Task The_first_accepted_job_and_good_ratings_are_thanked_for()
    {
        await AcceptAsync(_job, 5);
        await ExpectAsync("claire@example.org", "Your first job is accepted");
        foreach (var rating in (int?[])[3, null, 4, 5])
        {
            var job = Merchant.NewId();
            await _service.PublishAsync(_merchant.Event(job, 1));
            await AcceptAsync(job, rating);
        }

        await ExpectAsync("claire@example.org", "Your first job is accepted", "4 of 5: good", "5 of 5: very good");
    }

    [Fact]
    public async Task An_offer_that_has_ended_is_not_mailed()
    {
        await _service.PublishAsync(new OfferMade(_job, _translator, new JobFacts("translation", "live", "de", "fr", "standard", At), 168, "EUR", At, At));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.State == SendState.Skipped)), "the end of the mail");
        (await _service.MailsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("confirm_email", "Please confirm your e-mail address")]
    [InlineData("reset_password", "New password")]
    [InlineData("invitation", "Invitation to Zweizeiler")]
    [InlineData("application_accepted", "Welcome to Zweizeiler")]
    [InlineData("application_declined", "About your application")]
    [InlineData("pair_enabled", "Language pair open: de-fr")]
    [InlineData("pair_declined", "About your language pair de-fr")]
    [InlineData("sign_in_changed", "Your sign-in was changed")]
    public async Task Account_notices_go_to_their_address_and_neither_it_nor_the_link_stays_behind(string kind, string subject)
    {
        var (notice, key) = (Merchant.NewId(), Service.Vault.CreateDataKey());
        var link = Service.Vault.Seal(key, notice, TextPurpose.AccountNotice, new AccountNoticeContent("/portal/code/123", "de-fr"));
        var message = new AccountNotice(notice, kind, "new@example.org", "Claire", "en", link, key, TimeProvider.System.GetUtcNow().AddHours(1), At);
        await _service.PublishAsync(message);
        await _service.PublishAsync(message);
        await ExpectAsync("new@example.org", subject);
        var mail = (await _service.MailsAsync()).Single();
        if (kind != "application_declined")
        {
            mail.TextBody!.ShouldContain("https://zweizeiler.example/portal/code/123");
        }

        mail.Headers.Contains("List-Unsubscribe").ShouldBeFalse();
        var stored = await _service.InDatabaseAsync(db => db.Mails.SingleAsync());
        (stored.Secret, stored.SecretKey, stored.State).ShouldBe((null, null, SendState.Sent));
    }

    [Fact]
    public async Task An_operator_sees_every_mail_and_nobody_else_does()
    {
        using var merchant = _service.ClientOf(_merchant.Id);
        using var service = _service.ClientOf(Guid.Empty, "live", "internal");
        using var desk = _service.ClientOf(Guid.Empty, "live", "operator");
        foreach (var other in (HttpClient[])[merchant, service])
        {
            using var refused = await other.GetAsync("/internal/mail-previews", TestContext.Current.CancellationToken);
            ((int)refused.StatusCode).ShouldBe(403);
        }

        foreach (var locale in (string[])["de", "en"])
        {
            var all = System.Text.Json.JsonDocument.Parse(await desk.GetStringAsync($"/internal/mail-previews?locale={locale}", TestContext.Current.CancellationToken)).RootElement;
            all.EnumerateArray().Select(p => p.GetProperty("template").GetString()).Distinct().ShouldBe(Features.SendMails.MailTemplates.All, ignoreOrder: true);
            all.EnumerateArray().ShouldAllBe(p => p.GetProperty("html").GetString()!.Contains($"lang=\"{locale}\"", StringComparison.Ordinal));
        }
    }

    private Task AcceptAsync(Guid job, int? rating) =>
        _service.PublishAsync(new DeliveryAccepted(job, _merchant.Id, Merchant.NewId(), _translator, rating, null, false, false, At));

    /// <summary>These mails, no other, and nothing that still waits.</summary>
    private async Task ExpectAsync(string address, params string[] subjects)
    {
        await Eventually.Passes(Service.Deadline, async () =>
        {
            (await _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.State == SendState.Waiting))).ShouldBeFalse();
            (await _service.MailsAsync()).Select(m => m.Subject).ShouldBe(subjects, ignoreOrder: true);
        });
        (await _service.MailsAsync()).ShouldAllBe(m => m.To.Mailboxes.Single().Address == address);
    }
}
