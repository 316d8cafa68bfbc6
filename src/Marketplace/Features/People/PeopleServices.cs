using Microsoft.AspNetCore.Identity;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>What the pages about people need.</summary>
public static class PeopleServices
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped(provider => PeopleWords.For(provider.GetRequiredService<Reader>().Locale));
        services.AddSingleton((configuration.GetSection(TryRules.Section).Get<TryRules>() ?? new()).Checked());
        services.AddScoped<ISecurityStampValidator, SessionCheck>();
        services.AddScoped<IUserConfirmation<Account>, MaySignIn>();
        services.AddScoped<AccountNotices>();
        services.AddScoped<MailedLinks>();
        services.AddScoped<TryLimits>();
        services.AddScoped<RegisterTranslator>();
        services.AddScoped<PasskeySignIn>();
        services.AddScoped<SendPasswordLink>();
        services.AddScoped<InvitePeople>();
        services.AddScoped<DecidePair>();
        services.AddScoped<FirstOperator>();
        services.AddSingleton<OwnNumber>();
        services.AddSingleton<TestAnswers>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // A passkey belongs to the public name of the portal, whatever the replica is called.
            options.ServerDomain = configuration.GetValue<Uri>("PublicUrl")?.Host;
            // Found by the device itself, so that nobody types an address; and unlocked, so that it counts for two factors.
            options.ResidentKeyRequirement = "required";
            options.UserVerificationRequirement = "required";
        });
    }
}
