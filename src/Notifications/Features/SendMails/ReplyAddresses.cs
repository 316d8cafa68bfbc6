using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using MimeKit;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Notifications.Features.SendMails;

/// <summary>
/// The address that a question's mail is answered to: <c>reply+&lt;question&gt;&lt;signature&gt;@…</c>. The signature binds question, job and merchant, so
/// nobody can make up an address that writes into somebody's job. It has letters and digits of one case only, and 64 characters at most.
/// </summary>
public sealed class ReplyAddresses(IOptions<MailOptions> options, PreferenceLinks keys)
{
    private const int IdLength = 26;

    /// <summary>Whether replies arrive at all.</summary>
    public bool AreOn => options.Value.Inbound.Address is { Length: > 0 };

    public MailboxAddress Of(Question question, string name)
    {
        var at = MailboxAddress.Parse(options.Value.Inbound.Address!);
        return new MailboxAddress(name, $"{at.LocalPart}+{Encode(question.Id)}{Signature(question)}@{at.Domain}");
    }

    /// <summary>The question's id and signature, if the address is one of ours.</summary>
    public bool TryRead(string address, out Guid question, out string signature)
    {
        (question, signature) = (Guid.Empty, "");
        if (!AreOn || !MailboxAddress.TryParse(address, out var given))
        {
            return false;
        }

        var at = MailboxAddress.Parse(options.Value.Inbound.Address!);
        var (local, prefix) = (given.LocalPart.ToLowerInvariant(), at.LocalPart.ToLowerInvariant() + "+");
        if (!local.StartsWith(prefix, StringComparison.Ordinal)
            || !given.Domain.Equals(at.Domain, StringComparison.OrdinalIgnoreCase)
            || local.Length != prefix.Length + (2 * IdLength)
            || !PublicId.TryParse("q", $"q_{local.AsSpan(prefix.Length, IdLength)}", out question))
        {
            return false;
        }

        signature = local[(prefix.Length + IdLength)..];
        return true;
    }

    public bool Verify(Question question, string signature) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(signature), System.Text.Encoding.ASCII.GetBytes(Signature(question)));

    private string Signature(Question question) => Encode(new Guid(keys.Mac("reply", $"{question.Id:N}|{question.JobId:N}|{question.MerchantId:N}"), bigEndian: true));

    private static string Encode(Guid id) => PublicId.Format("q", id)["q_".Length..];
}
