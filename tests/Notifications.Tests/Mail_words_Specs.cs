using System.Text;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.SendMails;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Every mail as it is read, in both languages, as somebody approved it. A change of a word shows here.</summary>
public sealed class Mail_words_Specs
{
    private static readonly Uri Public = new("https://zweizeiler.example");

    [Theory]
    [InlineData("de")]
    [InlineData("en")]
    public async Task Mails_read_as_they_were_approved(string locale)
    {
        var read = new StringBuilder();
        foreach (var template in MailTemplates.All)
        {
            // A question can also be asked before anybody has taken the job.
            foreach (var state in template == MailTemplates.Question ? (string[])["on_hold", "open"] : ["any"])
            {
                var words = Words(template, locale, state);
                read.Append("## ").Append(template).Append('\n').Append(words.Subject).Append("\n\n").Append(words.Text).Append('\n');
            }
        }

        var received = read.ToString();
        await using var stream = typeof(Mail_words_Specs).Assembly.GetManifestResourceStream($"mails-{locale}.txt")!;
        using var reader = new StreamReader(stream);
        var approved = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        if (received != approved)
        {
            var file = Path.Combine(AppContext.BaseDirectory, $"mails-{locale}.received.txt");
            await File.WriteAllTextAsync(file, received, TestContext.Current.CancellationToken);
            received.ShouldBe(approved, $"Read {file}; if it is right, it replaces the approved one.");
        }
    }

    [Fact]
    public void A_mail_says_the_same_as_text_and_as_HTML_and_nothing_unescaped()
    {
        foreach (var template in MailTemplates.All)
        {
            foreach (var locale in (string[])["de", "en"])
            {
                var words = Words(template, locale, "on_hold");
                words.Subject.ShouldContain("ORDER <b>1</b>");
                words.Subject.ShouldNotContain('\n');
                words.Text.ShouldContain("Rheinkram & Söhne");
                var plain = System.Net.WebUtility.HtmlDecode(words.Html);
                foreach (var line in words.Text.Split('\n').Where(l => l.Length > 0))
                {
                    plain.ShouldContain(line.TrimEnd(':').Split(": https://")[0]);
                }

                words.Html.ShouldContain("Rheinkram &amp; S");
                words.Html.ShouldNotContain("<b>");
                words.Html.ShouldContain($"<html lang=\"{locale}\">");
            }
        }
    }

    [Fact]
    public void A_mail_without_a_reference_names_the_job()
    {
        foreach (var template in MailTemplates.All)
        {
            var words = Words(template, "de", "open", reference: null);
            words.Subject.ShouldContain("job_");
            words.Text.ShouldNotContain("Ihr Zeichen");
        }
    }

    private static MailWords Words(string template, string locale, string state, string? reference = "ORDER <b>1</b>")
    {
        var merchant = new Merchant(Guid.Parse("01939f3e-0000-7000-8000-000000000001"));
        var recipient = new Recipient { Id = merchant.Id, Kind = RecipientKind.Merchant };
        recipient.Learn(1, "Rheinkram & Söhne", "shop@rheinkram.example", locale, "Europe/Berlin");
        var told = new JobEvent
        {
            Id = Guid.Empty,
            MerchantId = merchant.Id,
            Mode = "live",
            JobId = Guid.Parse("01939f3e-0000-7000-8000-000000000002"),
            Sequence = 7,
            Type = "job.x",
            State = state,
            Reference = reference,
            CaseId = null,
            OccurredAt = new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero),
        };
        return MailTemplates.Word(template, recipient, told, Public);
    }
}
