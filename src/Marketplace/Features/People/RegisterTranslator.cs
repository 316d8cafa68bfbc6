using MassTransit;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.People;

/// <summary>Makes a translator of an account, and tells the other services what they need to know of her.</summary>
public sealed class RegisterTranslator(MarketplaceDbContext db, IPublishEndpoint publish, TimeProvider time)
{
    /// <summary>Added to the caller's transaction. Her pairs have to be tested first, unless they are given.</summary>
    public Task RunAsync(Account account, Application? application, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        db.Add(new Translator
        {
            Id = account.Id,
            CreatedAt = now,
            Version = 1,
            NativeLanguages = [.. application?.NativeLanguages ?? []],
            WorkingLanguages = [.. Languages(application)],
            Kinds = application is { Kinds.Count: > 0 } ? [.. application.Kinds] : [JobKinds.Translation, JobKinds.Formulation, JobKinds.Summary],
        });
        db.Add(new Standing { TranslatorId = account.Id, WaitsSince = now });
        foreach (var pair in (application?.Pairs ?? []).Select(LanguagePair.Parse))
        {
            db.Add(new PairTest
            {
                Id = Guid.CreateVersion7(now),
                TranslatorId = account.Id,
                Source = pair.Source,
                Target = pair.Target,
                State = PairTestState.Given,
                GivenAt = now,
            });
        }

        return TellAsync(account, 1, cancellationToken);
    }

    /// <summary>What others know of her has changed.</summary>
    public Task ChangedAsync(Account account, Translator translator, CancellationToken cancellationToken) =>
        TellAsync(account, ++translator.Version, cancellationToken);

    private Task TellAsync(Account account, int version, CancellationToken cancellationToken) => publish.Publish(
        new TranslatorRegistered(account.Id, version, account.DisplayName, account.Email ?? "", account.Locale, account.TimeZone), cancellationToken);

    private static IEnumerable<string> Languages(Application? application) =>
        (application?.Pairs ?? []).Select(LanguagePair.Parse).SelectMany(p => new[] { p.Source, p.Target }).Distinct().Except(application?.NativeLanguages ?? []);
}
