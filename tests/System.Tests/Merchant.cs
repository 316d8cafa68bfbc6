using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>What tests wait for, from the merchant's point of view.</summary>
internal static class Merchant
{
    public static NewJob Order(string? reference = null) => new()
    {
        Source = "de",
        Target = "fr",
        Text = "Guten Tag Frau Martin,\nIhr Paket kommt leider drei Tage später. Wir melden uns morgen.",
        // An audience of its own: the same text with the same brief would be a repetition of another test's, at another price.
        Brief = new Brief { Audience = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N"), Formality = "formal", Tone = "friendly", CustomerName = "Mme Martin", Channel = "email", MustNotPromise = ["delivery date"] },
        Reference = reference,
        CostCentre = "FR",
    };

    public static Task<Job> BecomesAsync(this ZweizeilerClient merchant, string jobId, string state) => Wait.ForAsync(
        $"State {state} of {jobId}",
        Stack.Deadline,
        async token => await merchant.Jobs.GetAsync(jobId, token) is { } job && job.State == state ? job : null,
        Stack.Cancelled);

    /// <summary>Claims and delivers as a translator without a browser.</summary>
    public static async Task<string> DeliverAsync(StackDetails details, Job job, string text)
    {
        var translator = details.Translators.First(t => t.Translates(job.Source, job.Target));
        using var portal = await PortalSession.SignInAsync(details.Portal, translator, Stack.Cancelled);
        await portal.ClaimAsync(job.Id, Stack.Deadline, Stack.Cancelled);
        await portal.DeliverAsync(job.Id, text, Stack.Cancelled);
        return translator.Email;
    }

    public static Task<IReadOnlyList<LedgerEntry>> LedgerAsync(this ZweizeilerClient merchant, string jobId, params string[] kinds) => Wait.ForAsync(
        $"Ledger entries {string.Join(", ", kinds)} of {jobId}",
        Stack.Deadline,
        async token => (await merchant.Billing.ListLedgerAsync(jobId, cancellationToken: token)).Data is { } entries
            && kinds.All(kind => entries.Any(e => e.Kind == kind)) ? entries : null,
        Stack.Cancelled);
}
