using System.Collections.Concurrent;
using System.Net.Http.Headers;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Zweizeiler.Contracts.Notifications;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.ReceiveMails;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Replying to a question's mail answers the question.</summary>
public sealed class Replies_Specs(TestServers servers) : IAsyncLifetime
{
    private const string Secret = "a secret of the mail server with more than 32 characters";

    private readonly Merchant _merchant = Merchant.New();
    private readonly ImapStub _imap = ImapStub.Start();
    private readonly ConcurrentQueue<AnswerReceived> _answers = new();
    private Service _service = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await Service.StartAsync(servers, new Dictionary<string, string>
        {
            ["Mail:Inbound:Address"] = "reply@mail.zweizeiler.example",
            ["Mail:Inbound:Secret"] = Secret,
            ["Mail:Inbound:Imap"] = $"imap://box:secret@127.0.0.1:{_imap.Port}",
            ["Mail:Inbound:Every"] = "00:00:00.2",
        });
        var handle = _service.Services.GetRequiredService<IBusControl>().ConnectReceiveEndpoint(
            $"test-answers-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}",
            e => e.Handler<AnswerReceived>(c =>
            {
                _answers.Enqueue(c.Message);
                return Task.CompletedTask;
            }));
        await handle.Ready;
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _imap.Dispose();
    }

    [Fact]
    public async Task A_reply_is_passed_on_sealed_without_history_and_signature_and_once()
    {
        var (job, question, mail) = await AskAsync();
        mail.TextBody!.ShouldContain("> Heißt „bald“ diese oder nächste Woche?");
        mail.TextBody!.ShouldContain("Antworten Sie einfach auf diese E-Mail");
        var address = mail.ReplyTo.Mailboxes.Single().Address;
        address.Split('@')[0].Length.ShouldBeLessThanOrEqualTo(64);

        using var reply = Reply(mail, "Nächste Woche.\n\nViele Grüße\nRheinkram\n-- \nRheinkram & Söhne, Köln\n\nAm 23.11.2026 um 19:00 schrieb Zweizeiler:\n> Heißt ...");
        (await PostAsync(reply)).ShouldBe((200, "answer"));
        (await PostAsync(reply)).ShouldBe((200, "answer"));
        _imap.Put(reply);
        await Eventually.Within(Service.Deadline, () => _imap.AllSeen && !_answers.IsEmpty, "the answer, by post and by mailbox");

        var answer = _answers.Single();
        (answer.JobId, answer.MerchantId, answer.QuestionId).ShouldBe((job, _merchant.Id, question));
        Service.Vault.Open<string>(_merchant.DataKey, answer.MailId, TextPurpose.Message, answer.Content).ShouldBe("Nächste Woche.\n\nViele Grüße\nRheinkram");
        (await _service.InDatabaseAsync(db => db.InboundMails.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task A_mailbox_is_emptied_and_says_the_same()
    {
        var (_, question, mail) = await AskAsync();
        _imap.Put(Reply(mail, "Diese Woche."));
        await Eventually.Within(Service.Deadline, () => !_answers.IsEmpty, "the answer");
        _answers.Single().QuestionId.ShouldBe(question);
        await Eventually.Within(Service.Deadline, () => _imap.AllSeen, "the mark");
    }

    [Fact]
    public async Task Attachments_are_refused_kindly_and_the_words_go_through()
    {
        var (_, _, mail) = await AskAsync();
        using var reply = Reply(mail, "Siehe Bild.");
        reply.Body = new Multipart("mixed") { reply.Body!, new MimePart("image", "png") { Content = new MimeContent(new MemoryStream([1])), ContentDisposition = new ContentDisposition("attachment"), FileName = "bild.png" } };
        (await PostAsync(reply)).ShouldBe((200, "answer"));
        await Eventually.Within(Service.Deadline, () => !_answers.IsEmpty, "the answer");
        var mails = await _service.MailsAsync(2);
        mails.ShouldContain(m => m.Subject == "Ihre Antwort ist da, die Anhänge nicht: ORDER-4711");
    }

    [Fact]
    public async Task A_photograph_beside_the_text_is_an_attachment_and_a_picture_in_the_layout_is_none()
    {
        var (_, _, mail) = await AskAsync();
        using var signed = Reply(mail, "Siehe oben.");
        signed.Body = new MultipartRelated { new TextPart("html") { Text = "<p>Siehe oben.</p><img src=\"cid:logo\">" }, Picture(new ContentDisposition("inline")) };
        (await PostAsync(signed)).ShouldBe((200, "answer"));
        using var telephone = Reply(mail, "Siehe Bild.");
        telephone.Body = new Multipart("mixed") { telephone.Body!, Picture(new ContentDisposition("inline")), new TextPart("plain") { Text = "\n\nVon meinem iPhone gesendet" } };
        (await PostAsync(telephone)).ShouldBe((200, "answer"));
        await Eventually.Within(Service.Deadline, () => _answers.Count == 2, "both answers");
        (await _service.MailsAsync(2)).Select(m => m.Subject).ShouldBe([mail.Subject, "Ihre Antwort ist da, die Anhänge nicht: ORDER-4711"], ignoreOrder: true);

        static MimePart Picture(ContentDisposition disposition) =>
            new("image", "png") { Content = new MimeContent(new MemoryStream([1])), ContentDisposition = disposition, FileName = "bild.png" };
    }

    [Fact]
    public async Task A_mail_that_is_too_large_to_be_read_is_answered_too()
    {
        var (_, _, mail) = await AskAsync();
        _imap.Put(Reply(mail, "Siehe Anhang."), size: 11 * 1024 * 1024);
        (await _service.MailsAsync(2)).ShouldContain(m => m.Subject == "Ihre E-Mail ist zu groß: ORDER-4711");
        await Eventually.Within(Service.Deadline, () => _imap.AllSeen, "the mark");
        (await _service.InDatabaseAsync(db => db.InboundMails.SingleAsync())).Outcome.ShouldBe("refused");
        _answers.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("> nur Zitat\n", "Ihre Antwort war leer: ORDER-4711")]
    [InlineData("LONG", "Ihre Antwort ist zu lang: ORDER-4711")]
    public async Task What_cannot_be_passed_on_is_said(string text, string subject)
    {
        var (_, _, mail) = await AskAsync();
        using var reply = Reply(mail, text == "LONG" ? new string('x', 4001) : text);
        (await PostAsync(reply)).ShouldBe((200, "refused"));
        (await _service.MailsAsync(2)).ShouldContain(m => m.Subject == subject);
        _answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_to_a_job_that_is_over_is_not_passed_on_and_its_merchant_told()
    {
        var (job, _, mail) = await AskAsync();
        await _service.PublishAsync(_merchant.Event(job, 5));
        await _service.PublishAsync(_merchant.Event(job, 6));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Events.IgnoreQueryFilters().AnyAsync(e => e.State == "accepted")), "the end");
        using var reply = Reply(mail, "Nächste Woche.");
        (await PostAsync(reply)).ShouldBe((200, "refused"));
        await Eventually.Passes(Service.Deadline, async () => (await _service.MailsAsync()).ShouldContain(m => m.Subject == "Die Frage hat sich erledigt: ORDER-4711"));
        _answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_made_up_address_an_automatic_answer_and_a_wrong_secret_do_nothing()
    {
        var (_, _, mail) = await AskAsync();
        var real = mail.ReplyTo.Mailboxes.Single().Address;
        foreach (var made in (string[])[Flip(real, 10), Flip(real, 40), "reply+x@mail.zweizeiler.example", real.Replace("mail.", "", StringComparison.Ordinal)])
        {
            using var forged = Reply(mail, "Ja.");
            forged.To.Clear();
            forged.To.Add(MailboxAddress.Parse(made));
            (await PostAsync(forged)).ShouldBe((200, "ignored"), made);
        }

        using var automatic = Reply(mail, "Ich bin nicht da.");
        automatic.Headers.Add("Auto-Submitted", "auto-replied");
        (await PostAsync(automatic)).ShouldBe((200, "ignored"));
        using var reply = Reply(mail, "Ja.");
        (await PostAsync(reply, "wrong")).Status.ShouldBe(401);
        _answers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_bounce_shuts_off_the_address_of_the_mail_that_it_names_and_no_other()
    {
        var (_, _, mail) = await AskAsync();
        (await PostAsync(Bounce("01939f3e000070008000000000000000@zweizeiler.example", "shop@rheinkram.example", "failed", "5.1.1"))).Outcome.ShouldBe("ignored", "no mail of ours");
        (await PostAsync(Bounce(mail.MessageId!, "other@rheinkram.example", "failed", "5.1.1"))).Outcome.ShouldBe("ignored", "it did not go there");
        (await PostAsync(Bounce(mail.MessageId!, "shop@rheinkram.example", "delayed", "4.2.2"))).Outcome.ShouldBe("ignored", "it may still arrive");
        (await _service.InDatabaseAsync(db => db.Suppressions.AnyAsync())).ShouldBeFalse();

        (await PostAsync(Bounce(mail.MessageId!, "SHOP@rheinkram.example", "failed", "5.1.1"))).Outcome.ShouldBe("bounce");
        (await _service.InDatabaseAsync(db => db.Suppressions.SingleAsync())).Address.ShouldBe("shop@rheinkram.example");
    }

    [Fact]
    public async Task A_question_that_was_answered_meanwhile_is_not_mailed_and_its_words_are_gone()
    {
        var (job, question) = (Merchant.NewId(), Merchant.NewId());
        await _service.PublishAsync(new MerchantWrote(job, _merchant.Id, Merchant.NewId(), question, _merchant.Seal(question, "Ja."), TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow()));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Questions.AnyAsync(q => q.AnsweredAt != null)), "the answer");
        await _service.PublishAsync(_merchant.Registered());
        await _service.PublishAsync(_merchant.Event(job, 1));
        await _service.PublishAsync(_merchant.Asks(job, question));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.DoneAt != null)), "the mail's end");
        (await _service.InDatabaseAsync(db => db.Mails.SingleAsync())).State.ShouldBe(SendState.Skipped);
        (await _service.InDatabaseAsync(db => db.Questions.SingleAsync())).Content.ShouldBeNull();
        (await _service.MailsAsync()).ShouldBeEmpty();
    }

    private async Task<(Guid Job, Guid Question, MimeMessage Mail)> AskAsync()
    {
        var (job, question) = (Merchant.NewId(), Merchant.NewId());
        await _service.PublishAsync(_merchant.Registered());
        for (var sequence = 1; sequence <= 4; sequence++)
        {
            await _service.PublishAsync(_merchant.Event(job, sequence));
        }

        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(
            async db => await db.Recipients.AnyAsync(r => r.Version > 0) && await db.Events.IgnoreQueryFilters().CountAsync() == 4), "what the mail needs to know");
        await _service.PublishAsync(_merchant.Asks(job, question));
        return (job, question, (await _service.MailsAsync(1)).Single());
    }

    private static MimeMessage Reply(MimeMessage mail, string text)
    {
        var reply = new MimeMessage { Subject = "Re: " + mail.Subject, MessageId = $"{Merchant.NewId():N}@shop.example", Body = new TextPart("plain") { Text = text } };
        reply.From.Add(new MailboxAddress("Shop", "shop@rheinkram.example"));
        reply.To.Add(mail.ReplyTo.Mailboxes.Single());
        return reply;
    }

    private static MimeMessage Bounce(string messageId, string address, string action, string status)
    {
        var returned = new MimeMessage { MessageId = messageId, Subject = "Rückfrage", Body = new TextPart("plain") { Text = "…" } };
        var delivery = new MessageDeliveryStatus();
        delivery.StatusGroups.Add(new HeaderList { { "Reporting-MTA", "dns; mail.example" } });
        delivery.StatusGroups.Add(new HeaderList { { "Final-Recipient", $"rfc822; {address}" }, { "Action", action }, { "Status", status } });
        var report = new MultipartReport("delivery-status") { new TextPart("plain") { Text = "It failed." }, delivery, new MessagePart("rfc822", returned) };
        var bounce = new MimeMessage { MessageId = $"{Merchant.NewId():N}@mail.example", Subject = "Undelivered", Body = report };
        bounce.From.Add(MailboxAddress.Parse("MAILER-DAEMON@mail.example"));
        bounce.To.Add(MailboxAddress.Parse("reply@mail.zweizeiler.example"));
        return bounce;
    }

    private static string Flip(string address, int at) => address[..at] + (address[at] == '0' ? '1' : '0') + address[(at + 1)..];

    private async Task<(int Status, string? Outcome)> PostAsync(MimeMessage message, string secret = Secret)
    {
        using var raw = new MemoryStream();
        await message.WriteToAsync(raw, Stop);
        using var content = new ByteArrayContent(raw.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/notifications/inbound") { Content = content };
        request.Headers.Add("X-Mail-Secret", secret);
        using var client = _service.CreateClient();
        using var response = await client.SendAsync(request, Stop);
        var text = await response.Content.ReadAsStringAsync(Stop);
        return ((int)response.StatusCode, response.IsSuccessStatusCode ? System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("outcome").GetString() : null);
    }
}

public sealed class ReplyText_Specs
{
    [Theory]
    [InlineData("Ja.\n\nOn Mon, 23 Nov 2026 at 19:00, Zweizeiler <post@zweizeiler.example> wrote:\n> Really?", "Ja.")]
    [InlineData("Ja.\n\nOn Mon, 23 Nov 2026 at 19:00, Zweizeiler\n<post@zweizeiler.example> wrote:\n> Really?", "Ja.")]
    [InlineData("Ja.\n\nAm Mo., 23. Nov. 2026 um 19:00 Uhr schrieb Zweizeiler <\npost@zweizeiler.example>:\n> Wirklich?", "Ja.")]
    [InlineData("Ja.\r\n\r\n-----Ursprüngliche Nachricht-----\r\nVon: Zweizeiler", "Ja.")]
    [InlineData("Ja.\n________________________________\nVon: Zweizeiler <post@zweizeiler.example>\nGesendet: Montag", "Ja.")]
    [InlineData("Ja.\n\nVon: Zweizeiler <post@zweizeiler.example>\nGesendet: Montag, 23. November 2026 19:00\nAn: Shop", "Ja.")]
    [InlineData("Ja.\n\nFrom: Zweizeiler <post@zweizeiler.example>\nDate: Monday\nTo: Shop", "Ja.")]
    [InlineData("Ja.\n\nVon meinem iPhone gesendet", "Ja.")]
    [InlineData("Ja.\n-- \nShop GmbH", "Ja.")]
    [InlineData("> Diese oder nächste Woche?\nNächste.\n> Sicher?\nJa.", "Nächste.\nJa.")]
    [InlineData("From: here it is fine to go on.\nAm Montag schrieb ich ihr.\nDas passt.", "From: here it is fine to go on.\nAm Montag schrieb ich ihr.\nDas passt.")]
    public void Only_what_is_new_is_kept(string text, string kept) => ReplyText.Cut(text).ShouldBe(kept);

    [Theory]
    [InlineData("<html><head><style>p{}</style></head><body><p>N&auml;chste <b>Woche</b>.</p><p>Gru&szlig;</p><div class=\"gmail_quote\"><div>Am 23.11. schrieb X:</div><blockquote>Wann?</blockquote></div></body></html>", "Nächste Woche.\nGruß")]
    [InlineData("<div>Ja.<br>Gern.</div><blockquote type=\"cite\">Wirklich?</blockquote>", "Ja.\nGern.")]
    [InlineData("<div>Ja.</div><div id=\"divRplyFwdMsg\">Von: Zweizeiler</div><p>Alt</p>", "Ja.")]
    public void A_mail_that_is_HTML_only_is_read_too(string html, string kept)
    {
        using var message = new MimeMessage { Body = new TextPart("html") { Text = html } };
        ReplyText.Of(message).ShouldBe(kept);
    }
}
