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

    /// <summary>
    /// Looks on, without standing in line, if somebody is trying to take it this moment, and answers if she has. Whoever looks on keeps the line there,
    /// so that those who come in a crowd all learn of the winner.
    /// </summary>
    /// <param name="jobId">The job.</param>
    /// <param name="answer">Is given the winner; says whether it has answered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it was answered; false also if nobody is there, or she did not get it.</returns>
    public async Task<bool> WatchAsync(Guid jobId, Func<Guid, Task<bool>> answer, CancellationToken cancellationToken)
    {
        Turns? turns;
        Task ended;
        lock (_waiting)
        {
            if (!_waiting.TryGetValue(jobId, out turns))
            {
                return false;
            }

            turns.People++;
            ended = turns.TakenBy is null ? turns.TurnEnded.Task : Task.CompletedTask;
        }

        try
        {
            await ended.WaitAsync(cancellationToken);
            return WinnerOf(turns) is { } winner && await answer(winner);
        }
        finally
        {
            Leave(jobId, turns);
        }
    }

    /// <summary>How many stand at a job or look on.</summary>
    public int PeopleAt(Guid jobId)
    {
        lock (_waiting)
        {
            return _waiting.TryGetValue(jobId, out var turns) ? turns.People : 0;
        }
    }

    private Guid? WinnerOf(Turns turns)
    {
        lock (_waiting)
        {
            return turns.TakenBy;
        }
    }

    private void Take(Turns turns, Guid translatorId)
    {
        lock (_waiting)
        {
            turns.TakenBy = translatorId;
        }
    }

    private void End(Turns turns)
    {
        lock (_waiting)
        {
            turns.TurnEnded.SetResult();
            turns.TurnEnded = Turns.NewTurn();
        }

        turns.Gate.Release();
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
            _all.Leave(_jobId, _turns);
        }
    }

    internal sealed class Turns
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Ends with the present turn, or the next one if nobody has it.</summary>
        public TaskCompletionSource TurnEnded { get; set; } = NewTurn();

        /// <summary>Who has the turn, waits for it or looks on.</summary>
        public int People { get; set; }

        public Guid? TakenBy { get; set; }

        public static TaskCompletionSource NewTurn() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
