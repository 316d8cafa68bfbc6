using System.Globalization;
using Zweizeiler.Client;
using Zweizeiler.FaultInjection.Oracle;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.FaultInjection.Traffic;

/// <summary>
/// One of the merchant's programs: orders (one, batches, batches with a mistake, one key twice at once), cancels, answers questions, accepts, wants
/// revisions, rejects.
/// </summary>
internal sealed class Merchant(int number, int seed, Uri gateway, string key, Journal journal, Market market)
{
    private readonly Random _random = new(seed);
    private int _orders;

    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        using var calls = new Calls(gateway, key, journal);
        while (!cancellationToken.IsCancellationRequested && market.Phase != Phase.Closed)
        {
            if (market.Phase == Phase.Open && market.WantsOrders && _random.Next(100) < 40)
            {
                await OrderAsync(calls, cancellationToken);
            }
            else
            {
                await ReviewAsync(calls, cancellationToken);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(100, 500)), cancellationToken);
        }
    }

    private async Task OrderAsync(Calls calls, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"M{number}-{++_orders}");
        var manner = _random.Next(100);
        var references = manner < 60 ? [id] : Enumerable.Range(1, _random.Next(2, 5)).Select(n => string.Create(CultureInfo.InvariantCulture, $"{id}-{n}")).ToList();
        var now = TimeProvider.System.GetUtcNow();
        var jobs = references.Select(r => Texts.Order(_random, r, now)).ToList();
        if (manner >= 94)
        {
            jobs[^1] = Texts.Wrong(references[^1]);
        }

        journal.Asked(id, references);
        var options = new CallOptions(id);
        // Some send twice at once, as a program does that lost its patience.
        var copies = manner % 10 == 0 ? 2 : 1;
        await Task.WhenAll(Enumerable.Range(0, copies).Select(async _ =>
        {
            var (outcome, placed) = await calls.SettleAsync(
                async client => jobs.Count == 1 ? [await client.Jobs.CreateAsync(jobs[0], options, cancellationToken)] : await client.Jobs.CreateAsync(jobs, options, cancellationToken),
                cancellationToken);
            if (outcome == Outcome.Acknowledged)
            {
                journal.Answered(id, [.. placed!.Select(j => IdOf(j.Id))]);
                market.Placed(placed!.Select(j => j.Id));
            }
            else if (outcome == Outcome.Refused)
            {
                journal.Refused(id);
            }
        }));
    }

    private async Task ReviewAsync(Calls calls, CancellationToken cancellationToken)
    {
        var state = _random.Next(10) switch { < 6 => JobState.InReview, 6 or 7 => JobState.OnHold, 8 => JobState.Open, _ => JobState.InProgress };
        var (outcome, page) = await calls.TryAsync(client => client.Jobs.ListAsync(new JobFilter(State: state), limit: 20, cancellationToken: cancellationToken), cancellationToken);
        if (outcome != Outcome.Acknowledged || page is not { Data: [_, ..] })
        {
            return;
        }

        var job = page.Data[_random.Next(page.Data.Count)];
        var chance = _random.Next(100);
        var options = new CallOptions(string.Create(CultureInfo.InvariantCulture, $"C{number}-{++_orders}"));
        switch (state)
        {
            case JobState.InReview when chance < 12 && market.Phase == Phase.Open:
                await DoAsync("job.revision_requested", client => client.Jobs.RequestRevisionAsync(
                    job.Id, new Objection(ObjectionReason.Tone, $"Bitte {Texts.Mark} freundlicher."), options, cancellationToken));
                break;
            case JobState.InReview when chance < 20 && market.Phase == Phase.Open:
                await DoAsync("job.rejected", client => client.Jobs.RejectAsync(
                    job.Id, new Objection(ObjectionReason.Meaning, $"{Texts.Mark} ist falsch."), options, cancellationToken));
                break;
            case JobState.InReview:
                await DoAsync("job.accepted", client => client.Jobs.AcceptAsync(
                    job.Id, chance % 2 == 0 ? new Acceptance(Rating: 5, Thanks: $"Danke für {Texts.Mark}!") : null, options, cancellationToken));
                break;
            case JobState.OnHold:
                await AnswerAsync();
                break;
            case JobState.Open when chance < 25 && market.Phase == Phase.Open:
            case JobState.InProgress when chance < 15 && market.Phase == Phase.Open:
                await DoAsync("job.cancellation_requested", client => client.Jobs.CancelAsync(job.Id, options, cancellationToken));
                break;
        }

        async Task DoAsync<T>(string kind, Func<ZweizeilerClient, Task<T>> call)
        {
            var (done, _) = await calls.SettleAsync(call, cancellationToken);
            if (done == Outcome.Acknowledged)
            {
                journal.Done(new Deed(kind, IdOf(job.Id)));
            }
        }

        async Task AnswerAsync()
        {
            var (read, messages) = await calls.TryAsync(client => client.Jobs.ListMessagesAsync(job.Id, cancellationToken), cancellationToken);
            if (read == Outcome.Acknowledged && messages!.LastOrDefault(m => m.Question) is { } question)
            {
                await calls.SettleAsync(
                    client => client.Jobs.WriteMessageAsync(job.Id, new NewMessage($"Ja, {Texts.Mark}.", question.Id), options, cancellationToken), cancellationToken);
            }
        }
    }

    private static Guid IdOf(string job) => PublicId.TryParse("job", job, out var id) ? id : throw new FormatException("A job's id is not one.");
}
