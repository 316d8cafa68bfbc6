namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>
/// How many webhooks each endpoint is sent side by side: few at first, more as long as it answers well and fast, one at a time while it fails. So an
/// endpoint that hangs holds hardly anything of what all share, and one that was down is not overrun when it comes back.
/// </summary>
public sealed class EndpointRooms
{
    /// <summary>What an endpoint gets that nothing is known about yet.</summary>
    public const int First = 4;

    private const int Most = 64;
    private const int Kept = 10_000;

    /// <summary>An answer that takes longer than this says that there is too much already.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    private readonly Dictionary<Guid, (int Limit, int Active)> _rooms = [];
    private readonly Lock _lock = new();

    public List<Room> Snapshot()
    {
        lock (_lock)
        {
            return [.. _rooms.Select(r => new Room(r.Key, Math.Max(0, r.Value.Limit - r.Value.Active)))];
        }
    }

    public void Enter(Guid endpoint)
    {
        lock (_lock)
        {
            var (limit, active) = _rooms.GetValueOrDefault(endpoint, (First, 0));
            _rooms[endpoint] = (limit, active + 1);
        }
    }

    public void Leave(Guid endpoint, bool succeeded, TimeSpan duration)
    {
        lock (_lock)
        {
            var (limit, active) = _rooms[endpoint];
            limit = !succeeded ? 1 : duration < Slow ? Math.Min(limit + 1, Most) : Math.Max(limit / 2, 1);
            _rooms[endpoint] = (limit, active - 1);
            if (_rooms.Count > Kept)
            {
                foreach (var idle in _rooms.Where(r => r.Value.Active == 0).Select(r => r.Key).ToList())
                {
                    _rooms.Remove(idle);
                }
            }
        }
    }
}
