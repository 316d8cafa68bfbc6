namespace Zweizeiler.Marketplace.Features.Claims;

/// <summary>
/// Of those who try to take one job at the same moment, on this replica one at a time asks the database. Without it they would all hold a connection
/// and wait there for the one row; so they wait here, and who comes after the winner knows at once that the job is gone. What decides stays the
/// conditional update: other replicas have turns of their own.
/// </summary>
public sealed class JobTurns
{
    private readonly Dictionary<Guid, Turns> _waiting = [];

    /// <summary>Waits for one's turn. Whoever gets it ends it by disposing of it.</summary>
    public async Task<Turn> EnterAsync(Guid jobId, CancellationToken cancellationToken)
    {
        Turns turns;
        lock (_waiting)
        {
            turns = _waiting.TryGetValue(jobId, out var there) ? there : _waiting[jobId] = new Turns();
            turns.People++;
        }

        try
        {
            await turns.Gate.WaitAsync(cancellationToken);
            return new Turn(this, jobId, turns);
        }
        catch
        {
            Leave(jobId, turns);
            throw;
        }
    }

    private void Leave(Guid jobId, Turns turns)
    {
        lock (_waiting)
        {
            if (--turns.People == 0)
            {
                _waiting.Remove(jobId);
                turns.Gate.Dispose();
            }
        }
    }

    public sealed class Turn : IDisposable
    {
        private readonly JobTurns _all;
        private readonly Guid _jobId;
        private readonly Turns _turns;

        internal Turn(JobTurns all, Guid jobId, Turns turns) => (_all, _jobId, _turns) = (all, jobId, turns);

        /// <summary>Who stood in the same line and has taken it.</summary>
        public Guid? TakenBy => _turns.TakenBy;

        /// <summary>It was taken in this turn: those behind need not try any more.</summary>
        public void Taken(Guid translatorId) => _turns.TakenBy = translatorId;

        public void Dispose()
        {
            _turns.Gate.Release();
            _all.Leave(_jobId, _turns);
        }
    }

    internal sealed class Turns
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Who has the turn or waits for it.</summary>
        public int People { get; set; }

        public Guid? TakenBy { get; set; }
    }
}
