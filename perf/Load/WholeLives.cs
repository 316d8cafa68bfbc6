using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>
/// Orders at an even pace, none of which stays open: some are claimed, translated and accepted, as far as the demo's translators have time; all
/// others are cancelled by their merchant after a while.
/// </summary>
internal sealed class WholeLives(StackDetails details, IReadOnlyList<Sample> samples) : IDisposable
{
    /// <summary>One of so many is to be translated, if nothing is at the desk of the first who could.</summary>
    private const int Translated = 4;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(5);

    private readonly ZweizeilerClient _merchant = new(details.Gateway, details.Keys.Live);
    private readonly List<(PortalSession Portal, SemaphoreSlim Desk)> _translators = [];
    private int _cancelled;
    private int _accepted;

    public int Cancelled => _cancelled;

    public int Accepted => _accepted;

    public int Webhooks { get; private set; }

    /// <summary>Times of the orders, from when they were due; and how many lives were not lived to the end.</summary>
    public Answers Answers { get; } = new();

    public async Task RunAsync(double perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        foreach (var translator in details.Translators)
        {
            _translators.Add((await PortalSession.SignInAsync(details.Portal, translator, cancellationToken), new SemaphoreSlim(1)));
        }

        await using var webhooks = await CountingEndpoint.StartAsync(cancellationToken);
        var endpoint = await _merchant.WebhookEndpoints.CreateAsync(new NewWebhookEndpoint(webhooks.Address), cancellationToken: cancellationToken);
        webhooks.Trust(endpoint.Secret ?? throw new LoadException("The new webhook endpoint came without its secret."));
        try
        {
            await OrderAsync(perSecond, duration, cancellationToken);
        }
        finally
        {
            Webhooks = webhooks.Count;
            // Nobody listens from now on.
            await _merchant.WebhookEndpoints.DeleteAsync(endpoint.Id, CancellationToken.None);
        }
    }

    public void Dispose()
    {
        _merchant.Dispose();
        foreach (var (portal, desk) in _translators)
        {
            portal.Dispose();
            desk.Dispose();
        }
    }

    private async Task OrderAsync(double perSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        var lives = new List<Task>();
        var start = Time.GetTimestamp();
        var pace = new Pace(perSecond);
        for (var n = 0L; Time.GetElapsedTime(start) < duration; n++)
        {
            var due = await pace.DueAsync(n, cancellationToken);
            lives.RemoveAll(life => life.IsCompletedSuccessfully);
            lives.Add(LiveAsync(samples[(int)(n % samples.Count)], n / samples.Count % Translated == 0, due, cancellationToken));
        }

        await Task.WhenAll(lives);
    }

    private async Task LiveAsync(Sample sample, bool isTranslated, long due, CancellationToken cancellationToken)
    {
        try
        {
            var job = await _merchant.Jobs.CreateAsync(sample.Job, cancellationToken: cancellationToken);
            Answers.Taken(Time.GetElapsedTime(due));
            if (!isTranslated || !await IsTranslatedAsync(job, sample, cancellationToken))
            {
                await Task.Delay(Patience, Time, cancellationToken);
                await _merchant.Jobs.CancelAsync(job.Id, cancellationToken: cancellationToken);
                Interlocked.Increment(ref _cancelled);
            }
        }
        catch (Exception e) when (e is ApiException or DemoException or HttpRequestException)
        {
            Answers.Failed();
            await Console.Error.WriteLineAsync(e.Message);
        }
    }

    /// <returns>False when nobody who could do it has time.</returns>
    private async Task<bool> IsTranslatedAsync(Job job, Sample sample, CancellationToken cancellationToken)
    {
        var able = _translators.FindAll(t => t.Portal.Translator.Translates(job.Source, job.Target));
        if (able.Count == 0 || !await able[0].Desk.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return false;
        }

        try
        {
            // Whose turn it is changes each minute.
            using var glances = new PeriodicTimer(Glance, Time);
            PortalSession? chosen = null;
            while (chosen is null && await glances.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var (portal, _) in able)
                {
                    chosen ??= await portal.SeesAsync(job.Id, cancellationToken) ? portal : null;
                }
            }

            await chosen!.ClaimAsync(job.Id, Patience, cancellationToken);
            await chosen.DeliverAsync(job.Id, sample.Translation, cancellationToken);
            await Wait.ForAsync(
                $"The delivery of {job.Id}",
                Patience,
                async token => await _merchant.Jobs.GetAsync(job.Id, token) is { State: JobState.InReview } arrived ? arrived : null,
                cancellationToken);
            await _merchant.Jobs.AcceptAsync(job.Id, cancellationToken: cancellationToken);
            Interlocked.Increment(ref _accepted);
            return true;
        }
        finally
        {
            able[0].Desk.Release();
        }
    }
}
