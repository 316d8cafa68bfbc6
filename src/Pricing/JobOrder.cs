namespace Zweizeiler.Pricing;

/// <summary>
/// What of a job decides its price. Made by one factory a kind, so that a translation has a count, a formulation a maximum, a call its
/// minutes, and nothing has what it cannot have.
/// </summary>
public sealed record JobOrder
{
    private readonly int? _callSeries;

    private JobOrder(JobKind kind, LanguagePair pair, Urgency urgency, LineCount? count, int lines, bool repetition, int? callSeries = null)
    {
        ArgumentNullException.ThrowIfNull(pair);
        (Kind, Pair, Urgency, Count, Lines, IsRepetition, _callSeries) = (kind, pair, urgency, count, lines, repetition, callSeries);
    }

    /// <summary>Kind of job.</summary>
    public JobKind Kind { get; }

    /// <summary>From which language into which.</summary>
    public LanguagePair Pair { get; }

    /// <summary>How soon.</summary>
    public Urgency Urgency { get; }

    /// <summary>The counted text; absent for calls and for a formulation that is not written yet.</summary>
    public LineCount? Count { get; }

    /// <summary>Whether the same text was delivered before for the same merchant, pair, kind and brief.</summary>
    public bool IsRepetition { get; }

    /// <summary>Lines without a call's base: counted, ordered at most, or started minutes.</summary>
    internal int Lines { get; }

    /// <summary>A translation, priced by its source text.</summary>
    /// <exception cref="ArgumentException">Nothing in the text counts (<see cref="LineCount.IsEmpty"/>): refuse it before pricing.</exception>
    public static JobOrder Translation(LanguagePair pair, LineCount count, Urgency urgency, bool isRepetition = false) =>
        new(JobKind.Translation, pair, urgency, count, LinesOf(count), isRepetition);

    /// <summary>A summary, priced by its source text.</summary>
    /// <exception cref="ArgumentException">Nothing in the text counts (<see cref="LineCount.IsEmpty"/>): refuse it before pricing.</exception>
    public static JobOrder Summary(LanguagePair pair, LineCount count, Urgency urgency, bool isRepetition = false) =>
        new(JobKind.Summary, pair, urgency, count, LinesOf(count), isRepetition);

    /// <summary>A formulation, reserved for the ordered maximum; <see cref="Delivered(LineCount)"/> makes of it what is charged.</summary>
    /// <param name="pair">From the merchant's language into the customer's.</param>
    /// <param name="maxLines">The most lines that may be charged, at least 1.</param>
    /// <param name="urgency">How soon.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxLines"/> is less than 1.</exception>
    public static JobOrder Formulation(LanguagePair pair, int maxLines, Urgency urgency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLines, 1);
        return new JobOrder(JobKind.Formulation, pair, urgency, null, maxLines, false);
    }

    /// <summary>A call, reserved for the ordered maximum; <see cref="Reached"/> and <see cref="NotReached"/> make of it what is charged.</summary>
    /// <param name="pair">From the merchant's language into the customer's.</param>
    /// <param name="maxMinutes">The most minutes that may be charged, at least 1.</param>
    /// <param name="urgency">How soon.</param>
    /// <param name="series">Ordered series of attempts, at least 1; each costs the base.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public static JobOrder Call(LanguagePair pair, int maxMinutes, Urgency urgency, int series = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMinutes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(series, 1);
        return new JobOrder(JobKind.Call, pair, urgency, null, maxMinutes, false, series);
    }

    /// <summary>The formulation as it was delivered: its lines, never above the ordered maximum.</summary>
    /// <exception cref="InvalidOperationException">The job is no formulation.</exception>
    /// <exception cref="ArgumentException">Nothing in the delivered text counts.</exception>
    public JobOrder Delivered(LineCount count) => Kind == JobKind.Formulation
        ? new JobOrder(Kind, Pair, Urgency, count, Math.Min(LinesOf(count), Lines), false)
        : throw new InvalidOperationException("Only a formulation is charged by what was delivered.");

    /// <summary>The formulation as it was delivered, by whoever knows its lines only.</summary>
    /// <param name="lines">Counted lines of the delivered text, not negative.</param>
    /// <exception cref="InvalidOperationException">The job is no formulation.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lines"/> is negative.</exception>
    public JobOrder Delivered(int lines)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lines);
        return Kind == JobKind.Formulation
            ? new JobOrder(Kind, Pair, Urgency, null, Math.Min(lines, Lines), false)
            : throw new InvalidOperationException("Only a formulation is charged by what was delivered.");
    }

    /// <summary>The call as it was made: started minutes, never above the ordered maximum.</summary>
    /// <param name="spoken">Time spoken, not negative.</param>
    /// <exception cref="InvalidOperationException">The job is no call.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="spoken"/> is negative.</exception>
    public JobOrder Reached(TimeSpan spoken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spoken, TimeSpan.Zero);
        var started = decimal.Ceiling(spoken.Ticks / (decimal)TimeSpan.TicksPerMinute);
        return CallOf((int)Math.Min(started, Lines));
    }

    /// <summary>The call that reached nobody after the agreed attempts: the base only.</summary>
    /// <exception cref="InvalidOperationException">The job is no call.</exception>
    public JobOrder NotReached() => CallOf(0);

    /// <summary>Lines or line equivalents by the price list's base for calls.</summary>
    internal int LinesBy(PriceList list) => checked(Lines + (_callSeries ?? 0) * list.CallBaseLines);

    private JobOrder CallOf(int minutes) => Kind == JobKind.Call
        ? new JobOrder(Kind, Pair, Urgency, null, minutes, false, _callSeries)
        : throw new InvalidOperationException("Only a call is charged by its minutes.");

    private static int LinesOf(LineCount count)
    {
        ArgumentNullException.ThrowIfNull(count);
        return count.IsEmpty ? throw new ArgumentException($"Nothing in the text counts ({LineCount.EmptyCode}).", nameof(count)) : count.Lines;
    }
}
