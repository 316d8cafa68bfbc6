using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults;

namespace Zweizeiler.Marketplace.Features.Live;

/// <summary>
/// <c>GET /portal/live</c>: server-sent events for an open page. <c>offer</c> brings a card, <c>gone</c> says that a job is no longer to be had, <c>mine</c>
/// that the reader's own work or earnings have changed. Each event's id is a time; a page that reconnects names its last one (or, the first time,
/// when it was made) and is told what it missed. Telling something twice is harmless, so the overlap is generous.
/// </summary>
public static class LiveEndpoint
{
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);

    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapGet("/portal/live", StreamAsync).RequireAuthorization(Policies.Translator);

    private static async Task StreamAsync(
        HttpContext http,
        LiveHub hub,
        OfferBoard board,
        MarketplaceDbContext db,
        CardRenderer cards,
        IAntiforgery antiforgery,
        TimeProvider time,
        IHostApplicationLifetime lifetime,
        string? since)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        // Cards bring forms; their token must be there before the response begins.
        var token = antiforgery.GetAndStoreTokens(http).RequestToken ?? throw new InvalidOperationException("There is no token for forms.");
        var page = new Page(http, board, db, cards, token, time, http.User.TranslatorId(), ending.Token);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var subscription = hub.Subscribe();
        try
        {
            await page.BeginAsync(Since(http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : since));
            await page.FollowAsync(subscription.News);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The page was closed, or this replica is stopping and the browser will ask another one.
        }
    }

    private static DateTimeOffset? Since(string? milliseconds) =>
        long.TryParse(milliseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 253_402_300_799_000
            ? DateTimeOffset.FromUnixTimeMilliseconds(value)
            : null;

    private sealed class Page(
        HttpContext http,
        OfferBoard board,
        MarketplaceDbContext db,
        CardRenderer cards,
        string token,
        TimeProvider time,
        Guid translatorId,
        CancellationToken cancellationToken)
    {
        private HashSet<(string Source, string Target)> _pairs = [];
        private HashSet<string> _kinds = [];
        private bool _isAvailable;
        private DateTimeOffset _last = time.GetUtcNow();

        public async Task BeginAsync(DateTimeOffset? since)
        {
            await LookAtPersonAsync();
            await http.Response.WriteAsync("retry: 1000\n\n", cancellationToken);
            _last = since ?? _last;
            await CatchUpAsync();
        }

        public async Task FollowAsync(ChannelReader<LiveNews> all)
        {
            while (await NextAsync(all))
            {
                while (all.TryRead(out var news))
                {
                    await TellAsync(news);
                }

                await http.Response.Body.FlushAsync(cancellationToken);
            }
        }

        /// <summary>Waits for news, and lets the line be heard meanwhile: what stands between would cut a silent one.</summary>
        private async Task<bool> NextAsync(ChannelReader<LiveNews> all)
        {
            var waiting = all.WaitToReadAsync(cancellationToken).AsTask();
            while (true)
            {
                try
                {
                    return await waiting.WaitAsync(Beat, time, cancellationToken);
                }
                catch (TimeoutException)
                {
                    await http.Response.WriteAsync(": still here\n\n", cancellationToken);
                    await http.Response.Body.FlushAsync(cancellationToken);
                }
            }
        }

        private async Task TellAsync(LiveNews news)
        {
            if (news.Job is { } job)
            {
                await TellAsync(job);
            }
            else if (news.Person == translatorId)
            {
                await LookAtPersonAsync();
                await SendAsync("mine", new { });
            }
            else if (news.Missed)
            {
                await CatchUpAsync();
                await SendAsync("mine", new { });
            }
        }

        private async Task CatchUpAsync()
        {
            foreach (var job in await board.SinceAsync(translatorId, _last - Overlap, cancellationToken))
            {
                await TellAsync(job);
            }

            await http.Response.Body.FlushAsync(cancellationToken);
        }

        private async Task TellAsync(JobNews job)
        {
            if (!_pairs.Contains((job.Source, job.Target)) || (job.Offer is { } shown && !_kinds.Contains(shown.Kind))
                || job.Blocked.Contains(translatorId) || job.IsKeptFrom(translatorId)
                || !(_isAvailable || job.IsWidened || job.IsOfferedTo(translatorId)))
            {
                return;
            }

            var id = PublicId.Format("job", job.Id);
            if (job.Offer is { } offer)
            {
                await SendAsync("offer", new { job = id, html = await cards.RenderAsync(http, job, offer, token) });
            }
            else
            {
                await SendAsync("gone", new { job = id, mine = job.HolderId == translatorId });
            }
        }

        /// <summary>A translator who pauses is offered nothing but what nobody else has taken for long.</summary>
        private async Task LookAtPersonAsync()
        {
            var person = await db.Translators.AsNoTracking().Include(t => t.Pairs)
                .SingleOrDefaultAsync(t => t.Id == translatorId && db.Users.Any(u => u.Id == t.Id && u.ShutOutAt == null), cancellationToken);
            _isAvailable = person?.TakesJobs(time.GetUtcNow()) == true;
            _pairs = [.. (person?.Pairs ?? []).Select(p => (p.Source, p.Target))];
            _kinds = [.. person?.Kinds ?? []];
        }

        private Task SendAsync(string type, object data)
        {
            _last = time.GetUtcNow();
            var id = _last.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            return http.Response.WriteAsync($"id: {id}\nevent: {type}\ndata: {JsonSerializer.Serialize(data, JsonSerializerOptions.Web)}\n\n", cancellationToken);
        }
    }
}
