using Microsoft.AspNetCore.Identity;
using Zweizeiler.Marketplace.Domain;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>What is long enough and still guessed first: the usual ones, one character again and again, one's own name or address.</summary>
public sealed class GuessedPasswords : IPasswordValidator<Account>
{
    public const string Code = "PasswordGuessed";

    private static readonly string[] Usual =
    [
        "1234567890", "0123456789", "12345678910", "123456789a", "9876543210", "password", "passwort", "kennwort", "qwertzuiop", "qwertyuiop", "letmein", "iloveyou",
        "willkommen", "welcome", "abcdefghij", "zweizeiler", "hallohallo", "schatz", "1q2w3e4r5t", "qwerty123", "administrator",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var plain = (password ?? "").Trim().ToLowerInvariant();
        var letters = new string([.. plain.Where(char.IsLetter)]);
        var own = new[] { user.Email, user.Email?.Split('@')[0], user.DisplayName }
            .Where(w => w is { Length: > 3 })
            .Select(w => w!.ToLowerInvariant())
            .Any(w => plain.Contains(w, StringComparison.Ordinal) && plain.Length - w.Length < 6);
        return Task.FromResult(plain.Distinct().Count() < 4 || own || Usual.Contains(plain) || (Usual.Contains(letters) && plain.Length - letters.Length < 6)
            ? IdentityResult.Failed(new IdentityError { Code = Code })
            : IdentityResult.Success);
    }
}

internal static class PasswordChecks
{
    /// <summary>What is wrong with a new password, in words; null if nothing is.</summary>
    public static async Task<string?> PasswordErrorAsync(this UserManager<Account> users, Account account, string? password, PeopleWords words)
    {
        if (string.IsNullOrEmpty(password))
        {
            return words.NewPasswordMissing;
        }

        foreach (var validator in users.PasswordValidators)
        {
            var result = await validator.ValidateAsync(users, account, password);
            if (!result.Succeeded)
            {
                return result.Errors.Any(e => e.Code == GuessedPasswords.Code) ? words.PasswordGuessed : words.PasswordTooShort;
            }
        }

        // Hashing takes longer with every character; nobody types more.
        return password.Length > 200 ? words.PasswordTooLong : null;
    }

    /// <summary>Sets a password, which ends every session and every open link to a new one, and lets somebody in whom wrong tries had locked out.</summary>
    public static async Task SetPasswordAsync(this UserManager<Account> users, Account account, string password)
    {
        Checked(await users.ResetPasswordAsync(account, await users.GeneratePasswordResetTokenAsync(account), password));
        Checked(await users.ResetAccessFailedCountAsync(account));
        Checked(await users.SetLockoutEndDateAsync(account, null));
    }

    public static void Checked(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"The account could not be changed: {string.Join(", ", result.Errors.Select(e => e.Code))}");
        }
    }
}
