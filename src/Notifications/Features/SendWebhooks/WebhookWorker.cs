using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.Notifications.Features.ListEvents;
using Zweizeiler.Notifications.Features.WebhookEndpoints;
using Zweizeiler.Notifications.Persistence;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>
/// Sends webhooks, in order a job and endpoint. One loop takes what is due, the sends run beside it, another loop marks many at once what came of
/// them. Who dies in between leaves leases that run out; what was sent is then sent again with the same id.
/// </summary>
public sealed partial class WebhookWorker(
    DueWebhooks queue, WebhookClient client, WebhookSecrets secrets, EndpointRooms rooms, WebhookSignal signal,
    IServiceScopeFactory scopes, IOptions<JsonOptions> json, TimeProvider time, ILogger<WebhookWorker> logger) : BackgroundService
{
    /// <summary>How many are on their way, or not marked yet, at most.</summary>
    private const int Slots = 1024;

    private const int MarkedAtOnce = 500;

    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(250);

    /// <summary>After an error, for example while the database is away.</summary>
    private static readonly TimeSpan ErrorWait = TimeSpan.FromSeconds(2);

    /// <summary>Who is asked to stop lets what is on its way arrive.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly Channel<WebhookMark> _marks = Channel.CreateUnbounded<WebhookMark>(new UnboundedChannelOptions { SingleReader = true });
    private int _unmarked;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var sending = new CancellationTokenSource();
        await using var stop = stoppingToken.Register(() => sending.CancelAfter(Grace));
        var marking = MarkAllAsync(sending.Token);
        var running = new HashSet<Task>();
        while (!stoppingToken.IsCancellationRequested)
        {
            var wait = IdleWait;
            try
            {
                var most = Slots - Volatile.Read(ref _unmarked);
                if (most > 0)
                {
                    running.RemoveWhere(task => task.IsCompleted);
                    await StartAsync(most, running, sending.Token);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed("taking", e.GetType().Name);
                wait = ErrorWait;
            }

            // Replicas that started together do not keep asking together. What was marked makes room, and may have held the next of its job.
            await signal.WaitAsync(wait * (0.75 + (Random.Shared.NextDouble() / 2)), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll(running);
        _marks.Writer.Complete();
        await marking;
    }

    private async Task StartAsync(int most, HashSet<Task> running, CancellationToken cancellationToken)
    {
        var taken = await queue.TakeAsync(rooms.Snapshot(), EndpointRooms.First, most, time.GetUtcNow(), cancellationToken);
        if (taken.Count == 0)
        {
            return;
        }

        Interlocked.Add(ref _unmarked, taken.Count);
        var ids = taken.Select(t => t.EndpointId).Distinct().ToArray();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<NotificationsDbContext>();
        var endpoints = await db.WebhookEndpoints.IgnoreQueryFilters().AsNoTracking().Where(e => ids.Contains(e.Id)).ToListAsync(cancellationToken);
        var targets = endpoints.ToDictionary(e => e.Id, e => new WebhookTarget(new Uri(e.Url), secrets.ValidAt(e, time.GetUtcNow())));
        foreach (var delivery in taken)
        {
            if (targets.TryGetValue(delivery.EndpointId, out var target))
            {
                rooms.Enter(delivery.EndpointId);
                running.Add(SendAsync(delivery, target, cancellationToken));
            }
            else
            {
                // Deleted this moment, and the delivery with it.
                Interlocked.Decrement(ref _unmarked);
            }
        }
    }

    private async Task SendAsync(TakenDelivery delivery, WebhookTarget target, CancellationToken cancellationToken)
    {
        // The loop goes on taking while this one is made.
        await Task.Yield();
        var started = time.GetUtcNow();
        var outcome = new WebhookOutcome(false, null, "connection", TimeSpan.Zero);
        try
        {
            var view = EventView.Of(delivery.Event);
            outcome = await client.SendAsync(target, view.Id, JsonSerializer.SerializeToUtf8Bytes(view, json.Value.SerializerOptions), cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // What goes wrong here with one is counted as its failure and disturbs no other.
            LogFailed("sending", e.GetType().Name);
        }
        catch (OperationCanceledException)
        {
            // Nobody knows whether it arrived; the lease runs out, and another replica sends it again.
            Interlocked.Decrement(ref _unmarked);
            return;
        }
        finally
        {
            rooms.Leave(delivery.EndpointId, outcome.Succeeded, outcome.Duration);
        }

        var delay = outcome.Succeeded ? null : RetrySchedule.Webhooks.After(delivery.Failures + 1, Random.Shared.NextDouble(), outcome.RetryAfter);
        _marks.Writer.TryWrite(new WebhookMark(delivery, started, outcome, time.GetUtcNow() + delay));
    }

    private async Task MarkAllAsync(CancellationToken stopped)
    {
        var marks = new List<WebhookMark>(MarkedAtOnce);
        while (await _marks.Reader.WaitToReadAsync(CancellationToken.None))
        {
            while (marks.Count < MarkedAtOnce && _marks.Reader.TryRead(out var mark))
            {
                marks.Add(mark);
            }

            while (!await TryMarkAsync(marks))
            {
                if (stopped.IsCancellationRequested)
                {
                    return;
                }

                await Task.Delay(ErrorWait, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            Interlocked.Add(ref _unmarked, -marks.Count);
            marks.Clear();
            signal.Set();
        }
    }

    private async Task<bool> TryMarkAsync(List<WebhookMark> marks)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<NotificationsDbContext>().MarkAsync(marks, time.GetUtcNow(), CancellationToken.None);
            return true;
        }
        catch (Exception e)
        {
            LogFailed("marking", e.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks: {What} failed with {Error}; it goes on shortly")]
    private partial void LogFailed(string what, string error);
}
