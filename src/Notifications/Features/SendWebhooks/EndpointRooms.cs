namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>
/// How many webhooks each endpoint is sent side by side: few at first, more as long as it answers well and fast, one at a time while it fails, and one
/// now and then once it has only failed for a while. So an endpoint that hangs holds hardly anything of what all share, one that is away costs hardly
/// anything however much waits for it, and one that was down is not overrun when it comes back.
/// </summary>
public sealed class EndpointRooms(TimeProvider time)
{
    /// <summary>What an endpoint gets that nothing is known about yet.</summary>
    public const int First = 4;

    /// <summary>After so many failures without a success between them it is the endpoint that fails, not what it was sent.</summary>
    public const int Patience = 8;

    /// <summary>From then on it is asked as seldom as this, until one arrives. As long as the first retry waits: who is back hears of it as soon as before.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private const int Most = 64;
    private const int Kept = 10_000;

    /// <summary>An answer that takes longer than this says that there is too much already.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, Use> _uses = [];
    private readonly Lock _lock = new();

    /// <param name="Limit">How many side by side.</param>
    /// <param name="Active">How many are on their way.</param>
    /// <param name="Failures">How many have failed since the last success.</param>
    /// <param name="FailedAt">When the last one did, by the clock that only counts.</param>
    private readonly record struct Use(int Limit, int Active, int Failures, long FailedAt);

    public List<Room> Snapshot()
    {
        lock (_lock)
        {
            return [.. _uses.Select(u => new Room(u.Key, Rests(u.Value) ? 0 : Math.Max(0, u.Value.Limit - u.Value.Active)))];
        }
    }

    public void Enter(Guid endpoint)
    {
        lock (_lock)
        {
            var use = _uses.GetValueOrDefault(endpoint, new Use(First, 0, 0, 0));
            _uses[endpoint] = use with { Active = use.Active + 1 };
        }
    }

    public void Leave(Guid endpoint, bool succeeded, TimeSpan duration)
    {
        lock (_lock)
        {
            var use = _uses[endpoint] with { Active = _uses[endpoint].Active - 1 };
            _uses[endpoint] = succeeded
                ? use with { Limit = duration < Slow ? Math.Min(use.Limit + 1, Most) : Math.Max(use.Limit / 2, 1), Failures = 0 }
                : use with { Limit = 1, Failures = use.Failures + 1, FailedAt = time.GetTimestamp() };
            if (_uses.Count > Kept)
            {
                foreach (var idle in _uses.Where(u => u.Value.Active == 0).Select(u => u.Key).ToList())
                {
                    _uses.Remove(idle);
                }
            }
        }
    }

    private bool Rests(Use use) => use.Failures >= Patience && time.GetElapsedTime(use.FailedAt) < Pause;
}
