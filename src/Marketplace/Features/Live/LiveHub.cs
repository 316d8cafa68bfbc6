using System.Collections.Concurrent;
using System.Threading.Channels;
using Zweizeiler.Marketplace.Features.Jobs;

namespace Zweizeiler.Marketplace.Features.Live;

/// <summary>What an open page may want to hear. Exactly one of the three.</summary>
/// <param name="Job">A job came on offer, was taken or came back.</param>
/// <param name="Person">Something of this translator's own has changed.</param>
/// <param name="Missed">The connection to the database was lost for a while: look again.</param>
public sealed record LiveNews(JobNews? Job = null, Guid? Person = null, bool Missed = false);

/// <summary>The open pages of this replica.</summary>
public sealed class LiveHub
{
    /// <summary>A page that is so far behind is told to look again instead.</summary>
    private const int LongestQueue = 500;

    private readonly ConcurrentDictionary<Channel<LiveNews>, byte> _pages = new();

    public bool HasPages => !_pages.IsEmpty;

    public Subscription Subscribe()
    {
        var page = Channel.CreateBounded<LiveNews>(new BoundedChannelOptions(LongestQueue) { FullMode = BoundedChannelFullMode.DropOldest });
        _pages.TryAdd(page, 0);
        return new Subscription(page.Reader, () => _pages.TryRemove(page, out _));
    }

    public void Tell(LiveNews news)
    {
        foreach (var page in _pages.Keys)
        {
            page.Writer.TryWrite(news);
        }
    }

    public sealed class Subscription(ChannelReader<LiveNews> news, Action end) : IDisposable
    {
        public ChannelReader<LiveNews> News { get; } = news;

        public void Dispose() => end();
    }
}
