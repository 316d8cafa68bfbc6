namespace Zweizeiler.Marketplace.Domain;

/// <summary>How long a claim holds, and how many one translator may have at a time.</summary>
public static class Lease
{
    /// <summary>More would keep jobs from those who could start at once.</summary>
    public const int MostAtATime = 3;

    /// <summary>Within this time a job can be handed back as if it had never been taken.</summary>
    public static readonly TimeSpan WithoutTrace = TimeSpan.FromSeconds(60);

    /// <summary>So long before its end a claim's holder is told.</summary>
    public static readonly TimeSpan NoticeBefore = TimeSpan.FromMinutes(5);

    /// <summary>Who writes has at least so long to go on.</summary>
    private static readonly TimeSpan WhileWriting = TimeSpan.FromMinutes(10);

    /// <summary>At less than this a claim is extended, so that not every save moves its end.</summary>
    private static readonly TimeSpan ExtendBelow = TimeSpan.FromMinutes(6);

    private static readonly TimeSpan Base = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan EachFurtherLine = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    private const int LinesInBase = 2;

    /// <summary>So long a call's claim goes on after the agreed window.</summary>
    public static readonly TimeSpan AfterCallWindow = TimeSpan.FromMinutes(30);

    /// <summary>Who takes a job just before its promise still has time to write two lines.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(10);

    /// <summary>Who is writing when the promise comes is not cut off, for so long at most.</summary>
    private static readonly TimeSpan PastPromise = TimeSpan.FromMinutes(30);

    /// <summary>
    /// Until when a claim made now holds: to the promise at most, for what comes later is not what was ordered. A call is an appointment: it stays with
    /// whoever took it until its window has passed.
    /// </summary>
    public static DateTimeOffset Until(DateTimeOffset now, int lines, DateTimeOffset promise, DateTimeOffset? callWindowEnds)
    {
        var usual = now + For(lines, promise - now);
        return callWindowEnds + AfterCallWindow is { } after && after > usual ? after.ToUniversalTime() : usual;
    }

    /// <summary>
    /// When a claim ends that its holder is writing at; null if it stays as it is. Twice the usual time is the most: a job must come on offer again
    /// before its promise is lost. Past the promise it goes on for a short grace only.
    /// </summary>
    public static DateTimeOffset? Extended(DateTimeOffset claimedAt, DateTimeOffset until, int lines, DateTimeOffset promise, DateTimeOffset now)
    {
        var twice = claimedAt + (For(lines) * 2);
        var most = promise + PastPromise < twice ? promise + PastPromise : twice;
        var wanted = now + WhileWriting < most ? now + WhileWriting : most;
        return until > now && until - now < ExtendBelow && wanted > until ? wanted : null;
    }

    /// <summary>Twenty minutes for the usual two lines, two more for each further line, two hours at most.</summary>
    public static TimeSpan For(int lines)
    {
        var span = Base + (EachFurtherLine * Math.Max(0, lines - LinesInBase));
        return span < Longest ? span : Longest;
    }

    /// <summary>The same when so much is left until the promise: not longer than that, nor shorter than it takes to write two lines.</summary>
    public static TimeSpan For(int lines, TimeSpan left)
    {
        var usual = For(lines);
        return left >= usual ? usual : left > Shortest ? left : Shortest;
    }
}
