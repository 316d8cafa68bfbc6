using Microsoft.EntityFrameworkCore;
using MimeKit;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Mails on their way over SMTP: never twice where the server has answered, never lost.</summary>
public sealed class Sending_mails_Specs(TestServers servers) : IAsyncLifetime
{
    private readonly Merchant _merchant = Merchant.New();
    private readonly SmtpStub _smtp = SmtpStub.Start();
    private Service _service = null!;

    public async ValueTask InitializeAsync() => _service = await Service.StartAsync(servers, new Dictionary<string, string>
    {
        ["Mail:PickupFolder"] = "",
        ["Mail:Smtp"] = $"smtp://127.0.0.1:{_smtp.Port}",
        ["Mail:User"] = "mailer",
        ["Mail:Password"] = "only for tests",
        ["Mail:Inbound:Address"] = "reply@mail.zweizeiler.example",
    });

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _smtp.Dispose();
    }

    [Fact]
    public async Task A_mail_is_handed_over_once_with_everything_that_makes_it_a_good_one()
    {
        await _service.PublishAsync(_merchant.Registered("en"));
        var job = Merchant.NewId();
        for (var sequence = 1; sequence <= 5; sequence++)
        {
            await _service.PublishAsync(_merchant.Event(job, sequence));
        }

        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.State == SendState.Sent)), "the mail");
        var (from, to, mail) = _smtp.Taken.Single();
        from.ShouldBe("reply@mail.zweizeiler.example", "bounces go to where they are read");
        to.ShouldBe("shop@rheinkram.example");
        _smtp.Logins.Single().ShouldBe("\0mailer\0only for tests");
        mail.Body.ShouldBeOfType<MultipartAlternative>().Select(p => p.ContentType.MimeType).ShouldBe(["text/plain", "text/html"]);
        var root = $"{PublicId.Format("job", job)}@zweizeiler.example";
        mail.InReplyTo.ShouldBe(root);
        mail.References.ShouldBe([root]);
        mail.Headers["List-Unsubscribe-Post"].ShouldBe("List-Unsubscribe=One-Click");
        mail.Headers["List-Unsubscribe"]!.ShouldStartWith("<https://zweizeiler.example/notifications/unsubscribe?of=rcp_");
        mail.Headers["List-Unsubscribe"]!.ShouldEndWith("&kind=delivery>");
        mail.Headers["Auto-Submitted"].ShouldBe("auto-generated");
        mail.TextBody!.ShouldContain("https://zweizeiler.example/notifications/preferences?of=rcp_");
    }

    [Fact]
    public async Task What_the_server_has_taken_is_not_sent_again_though_it_hangs_up_without_a_farewell()
    {
        _smtp.HangsUp = true;
        await InvoiceAsync();
        await IsSentAsync();
        _smtp.Taken.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("421 not now")]
    [InlineData("no answer that anybody knows")]
    public async Task Nor_if_its_farewell_is_an_unkind_one(string farewell)
    {
        _smtp.Farewell = farewell;
        await InvoiceAsync();
        await IsSentAsync();
        _smtp.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Where_TLS_is_demanded_a_server_without_it_gets_no_mail_and_no_password()
    {
        await using var service = await Service.StartAsync(servers, new Dictionary<string, string>
        {
            ["Mail:PickupFolder"] = "",
            ["Mail:Smtp"] = $"smtp://127.0.0.1:{_smtp.Port}",
            ["Mail:User"] = "mailer",
            ["Mail:Password"] = "only for tests",
            ["Mail:Security"] = "StartTls",
        });
        await service.PublishAsync(_merchant.Registered());
        await service.PublishAsync(Invoice());
        await Eventually.Within(Service.Deadline, () => service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.Failures == 1)), "the attempt");
        _smtp.Taken.ShouldBeEmpty();
        _smtp.Logins.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_not_answered_is_sent_again_and_known_by_its_id()
    {
        var answers = new Queue<string?>([null, "250 taken"]);
        _smtp.Message = () => answers.Dequeue();
        await InvoiceAsync();
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.Failures == 1)), "the attempt without an answer");
        await _service.MakeDueAsync<Mail>();
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.State == SendState.Sent)), "the next one");
        _smtp.Taken.Count.ShouldBe(2);
        _smtp.Taken.Select(t => t.Message.MessageId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task While_the_server_is_away_mails_wait_and_then_go()
    {
        _smtp.GoAway();
        await InvoiceAsync();
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.Failures == 1)), "the attempt in vain");
        _smtp.ComeBack();
        await _service.MakeDueAsync<Mail>();
        await Eventually.Within(Service.Deadline, () => _smtp.Taken.Count == 1, "the mail");
    }

    [Fact]
    public async Task An_address_that_is_refused_for_good_gets_nothing_more_until_somebody_says_so()
    {
        _smtp.Recipient = _ => "550 5.1.1 no such user";
        await InvoiceAsync();
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.State == SendState.Refused)), "the refusal");
        (await _service.InDatabaseAsync(db => db.Suppressions.SingleAsync())).Code.ShouldBe("550");

        _smtp.Recipient = _ => "250 fine";
        await InvoiceAsync();
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.CountAsync(m => m.State == SendState.Refused)).ContinueWith(t => t.Result == 2, TaskScheduler.Default), "the second one");
        _smtp.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("450 4.2.1 mailbox busy")]
    [InlineData("421 too many")]
    public async Task A_refusal_for_now_shuts_nothing_off(string answer)
    {
        _smtp.Recipient = _ => answer;
        await InvoiceAsync();
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.Failures == 1)), "the attempt");
        (await _service.InDatabaseAsync(db => db.Suppressions.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_gets_another_header_into_a_mail()
    {
        await _service.PublishAsync(_merchant.Registered("en", name: "Evil\r\nBcc: victim@shop.example\r\n\r\nBody"));
        var job = Merchant.NewId();
        for (var sequence = 1; sequence <= 5; sequence++)
        {
            await _service.PublishAsync(_merchant.Event(job, sequence, reference: "4711\r\nBcc: victim@shop.example"));
        }

        await Eventually.Within(Service.Deadline, () => _smtp.Taken.Count == 1, "the mail");
        var (_, to, mail) = _smtp.Taken.Single();
        to.ShouldBe("shop@rheinkram.example");
        mail.Bcc.ShouldBeEmpty();
        mail.Headers.ShouldNotContain(h => h.Field == "Bcc");
        mail.Subject!.ShouldContain("4711");
        mail.To.Mailboxes.Single().Address.ShouldBe("shop@rheinkram.example");
    }

    [Fact]
    public async Task Two_replicas_send_each_mail_once()
    {
        const int Mails = 40;
        await using var replica = await _service.ReplicaAsync();
        await _service.PublishAsync(_merchant.Registered());
        await Task.WhenAll(Enumerable.Range(0, Mails).Select(_ => _service.PublishAsync(Invoice())));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.CountAsync(m => m.State == SendState.Sent)).ContinueWith(t => t.Result == Mails, TaskScheduler.Default), "all of them");
        _smtp.Taken.Count.ShouldBe(Mails);
        _smtp.Taken.Select(t => t.Message.MessageId).Distinct().Count().ShouldBe(Mails);
    }

    private async Task InvoiceAsync()
    {
        await _service.PublishAsync(_merchant.Registered());
        await _service.PublishAsync(Invoice());
    }

    private InvoiceIssued Invoice() => new(Merchant.NewId(), _merchant.Id, "2026-000042", "invoice", 123_456, "EUR", new DateOnly(2026, 12, 7), TimeProvider.System.GetUtcNow());

    /// <summary>An attempt that failed before the server had anything is made again at once; one that failed afterwards is not.</summary>
    private Task IsSentAsync() => Eventually.Passes(Service.Deadline, async () =>
    {
        if (_smtp.Taken.IsEmpty)
        {
            await _service.ExecuteAsync($"UPDATE mails SET due_at = now() WHERE state = 'waiting'");
        }

        (await _service.InDatabaseAsync(db => db.Mails.SingleAsync())).State.ShouldBe(SendState.Sent);
    });
}
