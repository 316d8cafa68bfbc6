using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Zweizeiler.Marketplace.Domain;
using Claim = System.Security.Claims.Claim;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>
/// Sign-in by passkey. A passkey is a thing one has and unlocks, two factors at once, so no code is asked for; nor does a lock by wrong passwords
/// keep its owner out, or strangers could lock her out. An operator's word does.
/// </summary>
public sealed class PasskeySignIn(SignInManager<Account> signIn)
{
    private const int LongestCredential = 20_000;

    /// <summary>Who has signed in; null if nobody has.</summary>
    public async Task<Account?> RunAsync(string? credential, bool stay)
    {
        if (string.IsNullOrEmpty(credential) || credential.Length > LongestCredential)
        {
            return null;
        }

        PasskeyAssertionResult<Account> result;
        try
        {
            result = await signIn.PerformPasskeyAssertionAsync(credential);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            // It was asked for too long ago, or somewhere else, or is no answer of a passkey at all.
            return null;
        }

        if (!result.Succeeded || !await signIn.CanSignInAsync(result.User)
            || !(await signIn.UserManager.AddOrUpdatePasskeyAsync(result.User, result.Passkey)).Succeeded)
        {
            return null;
        }

        await signIn.SignInWithClaimsAsync(result.User, stay, [new Claim(ClaimTypes.AuthenticationMethod, "passkey")]);
        return result.User;
    }
}
