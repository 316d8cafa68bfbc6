namespace Zweizeiler.Marketplace.Features.Claims;

/// <summary>
/// Of those who try to take one job at the same moment, on this replica one at a time asks the database. Without it they would all hold a connection
/// and wait there for the one row; so they wait here, and who comes after the winner knows at once that the job is gone. What decides stays the
/// conditional update: other replicas have turns of their own.
/// </summary>
public sealed class JobTurns(TimeProvider time)
{
    /// <summary>A line that never ends, because somebody comes all the time, does not remember its winner for longer: she may have handed it back.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    /// <summary>Whoever comes second does not wait for longer for those before, whose requests may come slowly or be refused one after the other.</summary>
    private static readonly TimeSpan Waited = TimeSpan.FromMilliseconds(500);

    private readonly TimeProvider _time = time;
    private readonly Dictionary<Guid, Turns> _waiting = [];

    /// <summary>Waits for one's turn. Whoever gets it ends it by disposing of it.</summary>
    public async Task<Turn> EnterAsync(Guid jobId, CancellationToken cancellationToken)
    {
        var turns = Come(jobId);
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

    /// <summary>Comes to a job, before anything is known of who it is. Whoever comes leaves by disposing of it.</summary>
    public Arrival Arrive(Guid jobId) => new(this, jobId, Come(jobId));

    /// <summary>How many stand at a job or have just come.</summary>
    public int PeopleAt(Guid jobId)
    {
        lock (_waiting)
        {
            return _waiting.TryGetValue(jobId, out var turns) ? turns.People : 0;
        }
    }

    private Turns Come(Guid jobId)
    {
        lock (_waiting)
        {
            var turns = _waiting.TryGetValue(jobId, out var there) ? there : _waiting[jobId] = new Turns();
            turns.People++;
            return turns;
        }
    }

    private Guid? WinnerOf(Turns turns)
    {
        lock (_waiting)
        {
            return turns.TakenBy is { } taken && _time.GetElapsedTime(taken.At) < Remembered ? taken.Winner : null;
        }
    }

    private void Take(Turns turns, Guid translatorId)
    {
        lock (_waiting)
        {
            turns.TakenBy = (translatorId, _time.GetTimestamp());
        }
    }

    private void End(Turns turns)
    {
        lock (_waiting)
        {
            turns.Leader = null;
            turns.TurnEnded.SetResult();
            turns.TurnEnded = Turns.NewTurn();
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
        public Guid? TakenBy => _all.WinnerOf(_turns);

        /// <summary>It was taken in this turn: those behind need not try any more.</summary>
        public void Taken(Guid translatorId) => _all.Take(_turns, translatorId);

        public void Dispose()
        {
            _all.End(_turns);
            _turns.Gate.Release();
            _all.Leave(_jobId, _turns);
        }
    }

    public sealed class Arrival : IDisposable
    {
        private readonly JobTurns _all;
        private readonly Guid _jobId;
        private readonly Turns _turns;

        internal Arrival(JobTurns all, Guid jobId, Turns turns) => (_all, _jobId, _turns) = (all, jobId, turns);

        /// <summary>
        /// Who has just taken it; null for whoever may try. One after the other tries while the rest wait, until one of them has it, or they have waited
        /// long enough: then they try side by side.
        /// </summary>
        public async Task<Guid?> WinnerAsync(CancellationToken cancellationToken)
        {
            var began = _all._time.GetTimestamp();
            while (true)
            {
                Task ended;
                lock (_all._waiting)
                {
                    if (_all.WinnerOf(_turns) is { } winner)
                    {
                        return winner;
                    }

                    if (_turns.Leader is null)
                    {
                        _turns.Leader = this;
                        return null;
                    }

                    ended = _turns.TurnEnded.Task;
                }

                if (Waited - _all._time.GetElapsedTime(began) is not { Ticks: > 0 } left)
                {
                    return null;
                }

                await ended.WaitAsync(left, _all._time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        public void Dispose()
        {
            lock (_all._waiting)
            {
                if (_turns.Leader == this)
                {
                    // She was sent away before it was her turn.
                    _all.End(_turns);
                }
            }

            _all.Leave(_jobId, _turns);
        }
    }

    internal sealed class Turns
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Whose try the others wait for.</summary>
        public Arrival? Leader { get; set; }

        /// <summary>Ends with her try.</summary>
        public TaskCompletionSource TurnEnded { get; set; } = NewTurn();

        /// <summary>Who has the turn, waits for it or has just come.</summary>
        public int People { get; set; }

        public (Guid Winner, long At)? TakenBy { get; set; }

        public static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
