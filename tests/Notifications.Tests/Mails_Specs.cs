using MimeKit;

namespace Zweizeiler.Notifications.Tests;

public sealed class Mails_Specs(TestServers servers) : IAsyncLifetime
{
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await Service.StartAsync(servers);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [InlineData("de", "Ihr Text ist da: ORDER-4711", "Guten Tag Rheinkram & Söhne,", "23. November 2026 um 19:00 Uhr")]
    [InlineData("en", "Your text is here: ORDER-4711", "Hello Rheinkram & Söhne,", "23 November 2026 at 19:00")]
    public async Task A_delivery_is_told_by_one_mail_in_the_merchants_language(string locale, string subject, string greeting, string when)
    {
        var merchant = Merchant.New();
        await _service.PublishAsync(merchant.Registered(locale));
        await DeliverAsync(merchant);
        await Eventually.Within(Service.Deadline, () => Directory.GetFiles(_service.MailFolder, "*.eml").Length == 1, "the mail");

        using var mail = await MimeMessage.LoadAsync(Directory.GetFiles(_service.MailFolder, "*.eml").Single(), TestContext.Current.CancellationToken);
        mail.Subject.ShouldBe(subject);
        mail.To.Mailboxes.Single().Address.ShouldBe("shop@rheinkram.example");
        mail.TextBody!.ShouldContain(greeting);
        mail.TextBody!.ShouldContain(when);
        mail.TextBody!.ShouldContain("https://zweizeiler.example/v1/jobs/job_");
        mail.HtmlBody!.ShouldContain("Rheinkram &amp; S");
        mail.HtmlBody!.ShouldContain($"<html lang=\"{locale}\">");
    }

    [Fact]
    public async Task A_mail_waits_for_a_merchant_who_is_not_known_yet()
    {
        var merchant = Merchant.New();
        await DeliverAsync(merchant);
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => Task.FromResult(db.Mails.Any(m => m.Attempts == 1))), "the first attempt");
        Directory.GetFiles(_service.MailFolder).ShouldBeEmpty();

        await _service.PublishAsync(merchant.Registered());
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => Task.FromResult(db.Recipients.Any(r => r.Version == 1))), "the merchant");
        await _service.MakeDueAsync<Domain.Mail>();
        await Eventually.Within(Service.Deadline, () => Directory.GetFiles(_service.MailFolder, "*.eml").Length == 1, "the mail");
    }

    [Fact]
    public async Task Sent_again_after_a_crash_it_is_the_same_mail()
    {
        var merchant = Merchant.New();
        await _service.PublishAsync(merchant.Registered());
        await DeliverAsync(merchant);
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => Task.FromResult(db.Mails.Any(m => m.Attempts == 1))), "the mail");
        await _service.InDatabaseAsync(async db =>
        {
            await Task.CompletedTask;
            return Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRaw(
                db.Database, "UPDATE mails SET state = 'waiting', lease_until = now() - interval '1 second'");
        });
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => Task.FromResult(db.Mails.Any(m => m.Attempts == 2))), "the repetition");
        Directory.GetFiles(_service.MailFolder, "*.eml").Length.ShouldBe(1, "the Message-ID is the same, and the file is named after it");
    }

    [Fact]
    public async Task An_older_version_of_a_merchant_does_not_replace_a_newer_one()
    {
        var merchant = Merchant.New();
        await _service.PublishAsync(merchant.Registered(version: 2, name: "New Name"));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => Task.FromResult(db.Recipients.Any(r => r.Version == 2))), "version 2");
        var late = Merchant.NewId();
        await _service.PublishAsync(merchant.Registered(version: 1, name: "Old Name"), late);
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(
            db => Task.FromResult(db.Set<Messaging.InboxMessage>().Any(m => m.MessageId == late))), "version 1 worked off");
        (await _service.InDatabaseAsync(db => Task.FromResult(db.Recipients.Single().Name))).ShouldBe("New Name");
    }

    private async Task DeliverAsync(Merchant merchant)
    {
        var job = Merchant.NewId();
        for (var sequence = 1; sequence <= 5; sequence++)
        {
            // The time zone of the mail's date is the merchant's.
            await _service.PublishAsync(merchant.Event(job, sequence));
        }
    }
}
