using System.Net;
using System.Text;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.PreviewMails;
using Zweizeiler.Notifications.Features.SendMails;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Every mail as it is read, in both languages, as somebody approved it. A change of a word shows here.</summary>
public sealed class Mail_words_Specs
{
    private static readonly Uri Public = new("https://zweizeiler.example");

    public static TheoryData<string> Locales => ["de", "en"];

    [Theory, MemberData(nameof(Locales))]
    public Task Mails_read_as_they_were_approved(string locale)
    {
        var read = new StringBuilder();
        foreach (var template in MailTemplates.All)
        {
            foreach (var words in MailSamples.Word(template, locale, Public))
            {
                read.Append("## ").Append(template).Append('\n').Append(words.Subject).Append("\n\n").Append(words.Text).Append('\n');
            }
        }

        return ApproveAsync($"mails-{locale}.txt", read.ToString());
    }

    [Theory, MemberData(nameof(Locales))]
    public Task A_mail_looks_as_it_was_approved(string locale) =>
        ApproveAsync($"question-{locale}.html", MailSamples.Word(MailTemplates.Question, locale, Public)[0].Html);

    [Theory, MemberData(nameof(Locales))]
    public void A_mail_says_the_same_as_text_and_as_HTML_and_nothing_unescaped(string locale)
    {
        foreach (var (mail, secrets) in MailTemplates.All.Where(t => t != MailTemplates.Digest).SelectMany(MailSamples.Of))
        {
            var reader = MailSamples.Reader(mail.Template, locale) with { Name = "<i>Rheinkram</i> & Söhne" };
            var words = MailComposer.Word(Told(mail, "ORDER <b>1</b>"), reader, secrets with { Note = "<u>Note</u>", Question = secrets.Question is null ? null : "<u>Why</u>?" }, MailSamples.Footer, Public);
            words.Subject.ShouldNotContain('\n');
            words.Text.ShouldContain("<i>Rheinkram</i> & Söhne");
            var plain = WebUtility.HtmlDecode(words.Html);
            foreach (var line in words.Text.Split('\n').Where(l => l.Length > 0 && l != "-- "))
            {
                plain.ShouldContain((line.StartsWith("> ", StringComparison.Ordinal) ? line[2..] : line).TrimEnd(':').Split(": https://")[0]);
            }

            foreach (var tag in (string[])["<b>", "<i>", "<u>", "<img", "<script", "http://"])
            {
                words.Html.ShouldNotContain(tag);
            }

            words.Html.ShouldContain($"<html lang=\"{locale}\">");
            words.Html.ShouldContain("prefers-color-scheme: dark");
        }
    }

    [Fact]
    public void A_mail_without_a_reference_names_the_job()
    {
        foreach (var (mail, secrets) in MailTemplates.All.Where(t => t.StartsWith("job_", StringComparison.Ordinal)).SelectMany(MailSamples.Of))
        {
            var words = MailComposer.Word(Told(mail, null), MailSamples.Reader(mail.Template, "de"), secrets, MailSamples.Footer, Public);
            words.Subject.ShouldContain("job_");
            words.Text.ShouldNotContain("Ihr Zeichen");
        }
    }

    [Fact]
    public void Nothing_of_others_breaks_a_line_of_the_head()
    {
        foreach (var (mail, secrets) in MailTemplates.All.Where(t => t != MailTemplates.Digest).SelectMany(MailSamples.Of))
        {
            var words = MailComposer.Word(Told(mail, "4711\r\nBcc: all@shop.example\u2028x"), MailSamples.Reader(mail.Template, "de"), secrets, MailSamples.Footer, Public);
            words.Subject.ShouldNotContain(c => char.IsControl(c) || c == '\u2028');
            words.Text.Split('\n').ShouldNotContain(l => l.StartsWith("Bcc:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_kind_has_a_mail_and_words_on_the_page()
    {
        MailTemplates.All.Select(MailTemplates.KindOf).OfType<MailKind>().Distinct().ShouldBe(MailKind.All, ignoreOrder: true);
        MailKind.All.GroupBy(k => (k.For, k.Name)).ShouldAllBe(g => g.Count() == 1);
    }

    private static Mail Told(Mail mail, string? reference) => new()
    {
        Id = mail.Id,
        Key = mail.Key,
        Template = mail.Template,
        JobId = mail.JobId,
        OccurredAt = mail.OccurredAt,
        DueAt = mail.DueAt,
        Details = mail.Details with { Reference = reference },
    };

    private static async Task ApproveAsync(string name, string received)
    {
        await using var stream = typeof(Mail_words_Specs).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Approved/{name} is missing.");
        using var reader = new StreamReader(stream);
        var approved = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (received != approved)
        {
            var file = Path.Combine(AppContext.BaseDirectory, $"received-{name}");
            await File.WriteAllTextAsync(file, received, TestContext.Current.CancellationToken);
            received.ShouldBe(approved, $"Read {file}; if it is right, it replaces the approved one.");
        }
    }
}
