using MimeKit;

namespace Zweizeiler.Demo;

/// <summary>The folder that mails land in while the stack runs on one machine.</summary>
/// <param name="folder">The folder.</param>
/// <param name="translators">Translators hear of the same jobs; their mails are left out.</param>
public sealed class MailFolder(string folder, IReadOnlyList<StackTranslator> translators)
{
    /// <summary>The newest mail to the merchant that speaks of a job, by its id or reference; null while there is none.</summary>
    public async Task<MimeMessage?> FindAsync(string jobId, DateTimeOffset notBefore, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        var files = new DirectoryInfo(folder).EnumerateFiles("*.eml", SearchOption.AllDirectories)
            .Where(f => f.LastWriteTimeUtc >= notBefore.UtcDateTime.AddSeconds(-2))
            .OrderByDescending(f => f.LastWriteTimeUtc);
        foreach (var file in files)
        {
            var mail = await MimeMessage.LoadAsync(file.FullName, cancellationToken);
            if (mail.To.Mailboxes.Any(to => translators.Any(t => t.Email.Equals(to.Address, StringComparison.OrdinalIgnoreCase))))
            {
                continue;
            }

            if (mail.Headers.Any(h => h.Value.Contains(jobId, StringComparison.Ordinal))
                || (mail.TextBody ?? "").Contains(jobId, StringComparison.Ordinal))
            {
                return mail;
            }
        }

        return null;
    }
}
