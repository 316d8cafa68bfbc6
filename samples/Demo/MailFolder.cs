using MimeKit;

namespace Zweizeiler.Demo;

/// <summary>The folder that mails land in while the stack runs on one machine.</summary>
public sealed class MailFolder(string folder)
{
    /// <summary>The newest mail that speaks of a job, by its id or reference; null while there is none.</summary>
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
            if (mail.Headers.Any(h => h.Value.Contains(jobId, StringComparison.Ordinal))
                || (mail.TextBody ?? "").Contains(jobId, StringComparison.Ordinal))
            {
                return mail;
            }
        }

        return null;
    }
}
