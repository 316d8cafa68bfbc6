using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Tests;

public class Life_of_a_job_Specs
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Anna = Guid.Parse("01932f2c-9a7e-7c3d-8e21-000000000001");
    private static readonly Guid Ben = Guid.Parse("01932f2c-9a7e-7c3d-8e21-000000000002");

    // Each cell: the state afterwards, "-" for nothing happens, "409" for a refusal.
    private const string Table = """
        state             funded declined         offered     claimed     released delivered accept
        placed            open   payment_required open        in_progress open     in_review 409
        payment_required  open   -                open        in_progress open     in_review 409
        open              -      -                -           in_progress open     in_review 409
        in_progress       -      -                open        in_progress open     in_review 409
        on_hold           -      -                -           -           -        in_review 409
        in_review         -      -                -           -           -        in_review accepted
        in_revision       -      -                -           -           -        in_review 409
        disputed          -      -                -           -           -        -         409
        accepted          -      -                -           -           -        -         409
        refunded          -      -                -           -           -        -         409
        cancelled         -      -                -           -           -        -         409
        expired           -      -                -           -           -        -         409
        """;

    public static TheoryData<string, string, string> EveryStateAndCommand()
    {
        var rows = Table.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var data = new TheoryData<string, string, string>();
        foreach (var row in rows.Skip(1))
        {
            for (var column = 1; column < row.Length; column++)
            {
                data.Add(row[0], rows[0][column], row[column]);
            }
        }

        return data;
    }

    [Fact]
    public void The_table_knows_every_state() =>
        Table.Split('\n').Skip(1).Select(row => row.Split(' ')[0]).ShouldBe(JobStates.All, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(EveryStateAndCommand))]
    public void Every_state_takes_or_refuses_every_command(string state, string command, string expected)
    {
        var job = JobIn(JobStates.Parse(state));
        var before = job.Sequence;
        if (expected == "409")
        {
            var refusal = Should.Throw<JobStateException>(() => Apply(job, command));
            refusal.State.Name().ShouldBe(state);
            refusal.Possible.ShouldBe(job.Possible);
        }
        else
        {
            Apply(job, command);
        }

        job.State.Name().ShouldBe(expected is "-" or "409" ? state : expected);
        (job.Sequence > before).ShouldBe(expected is not ("-" or "409"));
        ShouldHaveNoGap(job);
    }

    [Fact]
    public void Whatever_the_order_of_arrival_every_step_is_told_once_and_the_end_is_the_same()
    {
        Action<Job>[] facts =
        [
            job => job.Funded(Noon),
            job => job.Offered(1, Noon),
            job => job.Claimed(2, Anna, "Anna", Noon),
            job => job.Released(3, Noon),
            job => job.Claimed(4, Ben, "Ben", Noon),
            job => job.Delivered(5, Anna, Ben, Noon),
        ];

        foreach (var order in Permutations(facts))
        {
            var job = NewJob();
            foreach (var fact in order)
            {
                fact(job);
                fact(job);
            }

            job.State.ShouldBe(JobState.InReview);
            job.TranslatorId.ShouldBe(Ben);
            job.TranslatorName.ShouldBe("Ben");
            ShouldHaveNoGap(job);
            var types = job.Steps.Select(s => s.Type).ToList();
            types.Take(3).ShouldBe(["job.placed", "job.funded", "job.open"]);
            types[^1].ShouldBe("job.delivered");
            types.Count(t => t == "job.open").ShouldBe(1);
            types.Count(t => t == "job.claimed").ShouldBe(types.Count(t => t == "job.released") + 1);
        }
    }

    [Fact]
    public void A_late_claim_still_brings_the_translators_name()
    {
        var job = NewJob();
        job.Delivered(3, Ben, Anna, Noon);
        job.TranslatorName.ShouldBeNull();

        job.Claimed(2, Anna, "Anna", Noon);

        job.TranslatorName.ShouldBe("Anna");
        job.State.ShouldBe(JobState.InReview);
    }

    [Fact]
    public void The_merchants_clock_never_runs_backwards()
    {
        var job = NewJob();
        job.Delivered(3, Ben, Anna, Noon.AddMinutes(-5));
        job.Steps.Select(s => s.OccurredAt).ShouldBeInOrder();
        job.UpdatedAt.ShouldBe(Noon);
    }

    [Fact]
    public void Acceptance_is_due_48_hours_after_the_delivery()
    {
        var job = NewJob();
        job.Delivered(1, Ben, Anna, Noon.AddHours(1));
        job.AcceptanceDueAt.ShouldBe(Noon.AddHours(49));
        job.Accept(Acceptance.ByTime, Noon.AddHours(49));
        job.AcceptanceDueAt.ShouldBeNull();
    }

    private static void Apply(Job job, string command)
    {
        var next = job.MarketplaceVersion + 1;
        switch (command)
        {
            case "funded": job.Funded(Noon); break;
            case "declined": job.FundingDeclined("balance.insufficient", Noon); break;
            case "offered": job.Offered(next, Noon); break;
            case "claimed": job.Claimed(next, Ben, "Ben", Noon); break;
            case "released": job.Released(next, Noon); break;
            case "delivered": job.Delivered(next, Ben, Anna, Noon); break;
            case "accept": job.Accept(new Acceptance(5, true, false), Noon); break;
            default: throw new ArgumentException("There is no such command.", nameof(command));
        }
    }

    private static void ShouldHaveNoGap(Job job) => job.Steps.Select(s => s.Sequence).ShouldBe(Enumerable.Range(1, job.Sequence));

    private static Job NewJob() => Job.Place(
        Anna, Ben, "live",
        new JobTerms("translation", "de", "fr", "standard",
            new PriceFacts("2026-1", 1, 93, 2, 2, 120, 1m, 240, "EUR", "S", 19m, 46, 168),
            Noon.AddHours(4), null, null, new Dictionary<string, string>()),
        Noon);

    /// <summary>A job in a state, also in one that no command leads to yet.</summary>
    private static Job JobIn(JobState state)
    {
        var job = NewJob();
        typeof(Job).GetProperty(nameof(Job.State))!.SetValue(job, state);
        if (state is not (JobState.Placed or JobState.PaymentRequired))
        {
            typeof(Job).GetProperty(nameof(Job.Opened))!.SetValue(job, true);
            typeof(Job).GetProperty(nameof(Job.MarketplaceVersion))!.SetValue(job, 1);
        }

        if (state is JobState.InProgress)
        {
            typeof(Job).GetProperty(nameof(Job.TranslatorId))!.SetValue(job, Anna);
        }

        return job;
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, i) => Permutations<T>([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
