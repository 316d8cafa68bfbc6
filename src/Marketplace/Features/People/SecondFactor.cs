using System.Text;
using Microsoft.AspNetCore.Identity;
using QRCoder;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Features.People;

internal static class SecondFactor
{
    private const string Issuer = "Zweizeiler";

    /// <summary>Takes the second factor off, with its key and recovery codes: a new one begins with a new key.</summary>
    public static async Task RemoveFactorAsync(this UserManager<Account> users, Account account)
    {
        PasswordChecks.Checked(await users.SetTwoFactorEnabledAsync(account, false));
        PasswordChecks.Checked(await users.ResetAuthenticatorKeyAsync(account));
        await users.GenerateNewTwoFactorRecoveryCodesAsync(account, 0);
    }

    /// <summary>What an authenticator app reads from the picture.</summary>
    public static string Uri(Account account, string key) =>
        $"otpauth://totp/{Issuer}:{System.Uri.EscapeDataString(account.Email ?? "")}?secret={key}&issuer={Issuer}&digits=6";

    /// <summary>The dark squares of the code as one path, a unit each, and its width in units.</summary>
    public static (string Path, int Size) Squares(string uri)
    {
        using var code = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append('M').Append(x).Append(' ').Append(y).Append("h1v1h-1z");
                }
            }
        }

        return (path.ToString(), rows.Count);
    }
}
