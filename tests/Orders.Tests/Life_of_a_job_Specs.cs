using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;

namespace Zweizeiler.Orders.Tests;

public class Life_of_a_job_Specs
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Anna = Guid.Parse("01932f2c-9a7e-7c3d-8e21-000000000001");
    private static readonly Guid Ben = Guid.Parse("01932f2c-9a7e-7c3d-8e21-000000000002");

    // Each cell: the state afterwards, "-" for nothing happens, "409" for a refusal. The job was claimed by Anna, and its merchant asked to cancel it.
    // After a plus: what was before makes a difference.
    private const string Facts = """
        state             funded declined         offered     claimed     released asked       asked_before delivered cancelled refused     escalated delayed     expired stands   falls
        placed            open   payment_required open        in_progress open     on_hold     open         in_review cancelled placed      open      in_progress expired -        -
        payment_required  open   -                open        in_progress open     on_hold     open         in_review cancelled payment_required open in_progress expired -        -
        open              -      -                -           in_progress open     on_hold     open         in_review cancelled open        open      in_progress expired -        -
        in_progress       -      -                open        in_progress open     on_hold     open         in_review cancelled in_progress open      in_progress expired -        -
        on_hold           -      -                open        in_progress open     on_hold     open         in_review cancelled on_hold     open      in_progress expired -        -
        in_review         -      -                -           -           -        in_review   in_review    in_review -         in_review   -         -           -       -        -
        in_revision       -      -                -           -           -        on_hold     in_revision  in_review -         in_revision -         in_revision -       -        -
        disputed          -      -                -           -           -        disputed    disputed     -         -         disputed    -         -           -       accepted refunded
        accepted          -      -                -           -           -        -           -            -         -         accepted    -         -           -       -        -
        refunded          -      -                -           -           -        -           -            -         -         refunded    -         -           -       -        -
        cancelled         -      -                -           -           -        -           -            -         -         -           -         -           -       -        -
        expired           -      -                -           -           -        -           -            -         -         expired     -         -           -       -        -
        on_hold+delivered     -  -                -           -           -        on_hold     on_hold      in_review -         on_hold     -         on_hold     -       -        -
        in_revision+overdue   -  -                -           -           -        on_hold     in_revision  in_review -         in_revision -         -           -       -        -
        disputed+overdue      -  -                -           -           -        disputed    disputed     in_review -         disputed    -         -           -       accepted refunded
        """;

    private const string Commands = """
        state             cancel           messages         accept   revision    reject   complaint complaint/close
        placed            placed           -                409      409         409      409       409
        payment_required  payment_required -                409      409         409      409       409
        open              open             -                409      409         409      409       409
        in_progress       in_progress      -                409      409         409      409       409
        on_hold           on_hold          -                409      409         409      409       409
        in_review         409              -                accepted in_revision disputed 409       409
        in_revision       409              -                409      409         409      409       409
        on_hold+delivered 409              -                409      409         409      409       409
        in_revision+overdue 409            -                409      409         disputed 409       409
        disputed+overdue  409              -                409      409         409      409       409
        disputed          409              -                409      409         409      409       409
        accepted          409              409              409      409         409      accepted  409
        refunded          409              409              409      409         409      409       409
        cancelled         409              409              409      409         409      409       409
        expired           409              409              409      409         409      409       409
        """;

    public static TheoryData<string, string, string> EveryStateAndFact => Cells(Facts);

    public static TheoryData<string, string, string> EveryStateAndCommand => Cells(Commands);

    [Fact]
    public void The_tables_know_every_state_and_every_command()
    {
        foreach (var table in new[] { Facts, Commands })
        {
            table.Split('\n').Skip(1).Select(row => row.Split(' ')[0]).Where(name => !name.Contains('+', StringComparison.Ordinal)).ShouldBe(JobStates.All, ignoreOrder: true);
        }

        Commands.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .ShouldBe(typeof(JobCommand).GetFields().Select(f => (string)f.GetValue(null)!), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(EveryStateAndFact))]
    public void Every_state_takes_every_fact(string state, string fact, string expected)
    {
        var job = JobIn(state);
        typeof(Job).GetProperty(nameof(Job.CancellationRequestedAt))!.SetValue(job, Noon);
        var before = job.Sequence;

        Apply(job, fact);

        job.State.Name().ShouldBe(expected == "-" ? NameOf(state) : expected);
        (job.Sequence > before).ShouldBe(expected != "-");
        ShouldHaveNoGap(job);
        var after = (job.Sequence, job.State, job.OpenQuestions);
        if (!fact.StartsWith("asked", StringComparison.Ordinal))
        {
            // Questions are told apart by their ids; everything else by its version or by what it changes.
            Apply(job, fact, job.MarketplaceVersion);
            (job.Sequence, job.State, job.OpenQuestions).ShouldBe(after);
        }
    }

    [Theory]
    [MemberData(nameof(EveryStateAndCommand))]
    public void Every_state_takes_or_refuses_every_command(string state, string command, string expected)
    {
        var job = JobIn(state);
        var before = job.Sequence;
        job.Possible(Noon).Contains(command).ShouldBe(expected != "409");
        if (expected == "409")
        {
            var refusal = Should.Throw<JobStateException>(() => Command(job, command));
            refusal.State.Name().ShouldBe(NameOf(state));
            refusal.Command.ShouldBe(command);
            refusal.Possible.ShouldBe(job.Possible(Noon));
        }
        else
        {
            Command(job, command);
        }

        job.State.Name().ShouldBe(expected is "-" or "409" ? NameOf(state) : expected);
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

    [Fact]
    public void A_revision_stops_the_clock_and_does_not_start_it_anew()
    {
        var job = NewJob();
        job.Delivered(1, Ben, Anna, Noon);
        job.RequestRevision(Noon.AddHours(40));
        job.AcceptanceDueAt.ShouldBeNull();

        job.Delivered(4, Anna, Anna, Noon.AddHours(50));
        job.AcceptanceDueAt.ShouldBe(Noon.AddHours(58));
        job.RequestRevision(Noon.AddHours(51));
        job.Delivered(7, Ben, Anna, Noon.AddHours(60));

        job.AcceptanceDueAt.ShouldBe(Noon.AddHours(67));
    }

    [Fact]
    public void A_revision_that_is_asked_for_after_the_time_was_up_leaves_none()
    {
        var job = NewJob();
        job.Delivered(1, Ben, Anna, Noon);
        job.RequestRevision(Noon.AddHours(49));
        job.Delivered(2, Anna, Anna, Noon.AddHours(50));
        job.AcceptanceDueAt.ShouldBe(Noon.AddHours(50));
    }

    [Fact]
    public void A_question_stops_the_clock_of_the_promise_until_its_answer()
    {
        var job = NewJob();
        var promised = job.DeliverBy;
        var question = Question(3, Noon.AddMinutes(10));
        job.Asked(question);

        job.Write(question, [question], Noon.AddMinutes(35));

        job.State.ShouldBe(JobState.InProgress);
        job.DeliverBy.ShouldBe(promised.AddMinutes(25));
        job.OpenQuestions.ShouldBe(0);
    }

    [Fact]
    public void A_job_goes_on_with_the_last_answer_that_its_translator_waits_for()
    {
        var job = NewJob();
        var beforehand = Question(2, Noon, beforeClaim: true, by: Ben);
        var first = Question(4, Noon.AddMinutes(10));
        var second = Question(5, Noon.AddMinutes(20));
        foreach (var question in new[] { beforehand, first, second })
        {
            job.Asked(question);
        }

        var all = new[] { beforehand, first, second };
        job.OpenQuestions.ShouldBe(3);
        job.Write(second, all, Noon.AddMinutes(30));
        job.State.ShouldBe(JobState.OnHold);
        job.Write(second, all, Noon.AddMinutes(31));
        job.OpenQuestions.ShouldBe(2);

        job.Write(first, all, Noon.AddMinutes(40));

        job.State.ShouldBe(JobState.InProgress);
        job.OpenQuestions.ShouldBe(1);
        job.DeliverBy.ShouldBe(Noon.AddHours(4).AddMinutes(30));
        job.Steps.Count(s => s.Type == "job.answered").ShouldBe(1);
    }

    [Fact]
    public void An_answered_question_about_a_revision_leads_back_to_the_revision()
    {
        var job = NewJob();
        job.Delivered(3, Ben, Anna, Noon);
        job.RequestRevision(Noon);
        var question = Question(4, Noon);
        job.Asked(question);
        job.State.ShouldBe(JobState.OnHold);

        job.Released(5, Noon);
        job.State.ShouldBe(JobState.OnHold);
        job.Write(question, [question], Noon);

        job.State.ShouldBe(JobState.InRevision);
    }

    [Fact]
    public void A_delay_is_told_once_a_promise_whatever_overtakes_it()
    {
        var job = NewJob();
        var question = Question(5, Noon.AddMinutes(10));
        job.Asked(question);
        job.Delayed(4, Anna, null, Noon.AddMinutes(9));
        job.Delayed(4, Anna, null, Noon.AddMinutes(9));
        job.State.ShouldBe(JobState.OnHold);
        job.HeldSince.ShouldBe(Noon.AddMinutes(10));
        job.Write(question, [question], Noon.AddMinutes(20));
        job.Delivered(7, Ben, Anna, Noon.AddMinutes(30));
        job.Delayed(6, Anna, null, Noon.AddMinutes(29));
        job.Steps.Count(s => s.Type == "job.delayed").ShouldBe(1);

        job.RequestRevision(Noon.AddHours(1));
        Should.Throw<JobStateException>(() => job.Reject(Noon.AddHours(20)));
        job.Delayed(9, Anna, Ben, Noon.AddHours(25));
        job.Delayed(9, Anna, Ben, Noon.AddHours(25));
        job.Reject(Noon.AddHours(26));

        job.State.ShouldBe(JobState.Disputed);
        job.Steps.Count(s => s.Type == "job.delayed").ShouldBe(2);
    }

    [Fact]
    public void A_revision_that_crosses_the_rejection_is_reviewed_in_what_was_left_of_the_time()
    {
        var job = NewJob();
        job.Delivered(1, Ben, Anna, Noon);
        job.RequestRevision(Noon.AddHours(40));
        job.Delayed(3, Anna, Ben, Noon.AddHours(64));
        job.Reject(Noon.AddHours(65));

        job.Delivered(4, Anna, Anna, Noon.AddHours(65));

        job.State.ShouldBe(JobState.InReview);
        job.DeliveryId.ShouldBe(Anna);
        job.AcceptanceDueAt.ShouldBe(Noon.AddHours(73));
        job.RequestRevision(Noon.AddHours(66));
        job.Possible(Noon).ShouldBe([JobCommand.Write], "the new revision is not overdue");
    }

    [Fact]
    public void What_was_delivered_waits_for_no_answer_any_more()
    {
        var job = NewJob();
        var question = Question(3, Noon);
        job.Asked(question);
        job.Delivered(4, Ben, Anna, Noon);
        job.OpenQuestions.ShouldBe(0);
        job.HeldSince.ShouldBeNull();

        job.Write(question, [question], Noon);

        job.State.ShouldBe(JobState.InReview);
        job.OpenQuestions.ShouldBe(0);
    }

    [Fact]
    public void Asked_twice_to_cancel_is_asked_once()
    {
        var job = NewJob();
        job.RequestCancellation(Noon).ShouldBeTrue();
        job.RequestCancellation(Noon.AddMinutes(1)).ShouldBeFalse();
        job.CancellationRequestedAt.ShouldBe(Noon);
        job.Steps.Count(s => s.Type == "job.cancellation_requested").ShouldBe(1);
    }

    [Fact]
    public void A_refused_cancellation_and_the_delivery_that_came_first_come_in_either_order()
    {
        foreach (var refusedFirst in new[] { true, false })
        {
            var job = NewJob();
            job.Claimed(2, Anna, "Anna", Noon);
            job.RequestCancellation(Noon);
            if (refusedFirst)
            {
                job.CancellationRefused(Noon);
            }

            job.Delivered(3, Ben, Anna, Noon);
            job.CancellationRefused(Noon);

            job.State.ShouldBe(JobState.InReview);
            job.CancellationRequestedAt.ShouldBeNull();
            job.Steps.Count(s => s.Type == "job.cancellation_refused").ShouldBe(1);
        }
    }

    private static TheoryData<string, string, string> Cells(string table)
    {
        var rows = table.Split('\n').Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var data = new TheoryData<string, string, string>();
        foreach (var row in rows.Skip(1))
        {
            row.Length.ShouldBe(rows[0].Length);
            for (var column = 1; column < row.Length; column++)
            {
                data.Add(row[0], rows[0][column], row[column]);
            }
        }

        return data;
    }

    private static void Apply(Job job, string fact, int? version = null)
    {
        var next = version ?? job.MarketplaceVersion + 1;
        switch (fact)
        {
            case "funded": job.Funded(Noon); break;
            case "declined": job.FundingDeclined("balance.insufficient", Noon); break;
            case "offered": job.Offered(next, Noon); break;
            case "claimed": job.Claimed(next, Ben, "Ben", Noon); break;
            case "released": job.Released(next, Noon); break;
            case "asked": job.Asked(Question(next, Noon)); break;
            case "asked_before": job.Asked(Question(next, Noon, beforeClaim: true, by: Ben)); break;
            case "delivered": job.Delivered(next, Ben, Anna, Noon); break;
            case "cancelled": job.Cancelled(next, null, Noon); break;
            case "refused": job.CancellationRefused(Noon); break;
            case "escalated": job.Escalated(next, Noon); break;
            case "delayed": job.Delayed(next, Anna, job.DeliveryId, Noon); break;
            case "expired": job.Expired(next, Noon); break;
            case "stands": job.Ruled(next, true, Noon); break;
            case "falls": job.Ruled(next, false, Noon); break;
            default: throw new ArgumentException("There is no such fact.", nameof(fact));
        }
    }

    private static void Command(Job job, string command)
    {
        switch (command)
        {
            case JobCommand.Cancel: job.RequestCancellation(Noon); break;
            case JobCommand.Write: job.Write(null, [], Noon); break;
            case JobCommand.Accept: job.Accept(new Acceptance(5, true, false), Noon); break;
            case JobCommand.Revise: job.RequestRevision(Noon); break;
            case JobCommand.Reject: job.Reject(Noon); break;
            case JobCommand.Complain: job.Complain(Ben, Noon); break;
            case JobCommand.CloseComplaint: job.Close(NoComplaint(), true, Noon); break;
            default: throw new ArgumentException("There is no such command.", nameof(command));
        }
    }

    private static Complaint NoComplaint() => new()
    {
        Id = Ben,
        JobId = Anna,
        MerchantId = Ben,
        Mode = "live",
        DeliveryId = Ben,
        TranslatorId = Anna,
        ReceivedAt = Noon,
        CorrectionDueAt = Noon,
    };

    private static Message Question(int version, DateTimeOffset at, bool beforeClaim = false, Guid? by = null) => new()
    {
        Id = Guid.CreateVersion7(at),
        JobId = Anna,
        MerchantId = Ben,
        Mode = "live",
        TranslatorId = by ?? Anna,
        TranslatorName = "Anna",
        IsQuestion = true,
        BeforeClaim = beforeClaim,
        Version = version,
        SentAt = at,
    };

    private static void ShouldHaveNoGap(Job job) => job.Steps.Select(s => s.Sequence).ShouldBe(Enumerable.Range(1, job.Sequence));

    private static Job NewJob() => Job.Place(
        Anna, Ben, "live",
        new JobTerms("translation", "de", "fr", "standard",
            new PriceFacts("2026-1", 1, 93, 2, 2, 120, 1m, 240, "EUR", "S", 19m, 46, 168),
            Noon.AddHours(4), null, null, new Dictionary<string, string>()),
        Noon);

    private static string NameOf(string row) => row.Split('+')[0];

    /// <summary>A job in a state, without the way there.</summary>
    private static Job JobIn(string row)
    {
        var (job, state) = (NewJob(), JobStates.Parse(NameOf(row)));
        typeof(Job).GetProperty(nameof(Job.State))!.SetValue(job, state);
        if (state is not (JobState.Placed or JobState.PaymentRequired))
        {
            typeof(Job).GetProperty(nameof(Job.Opened))!.SetValue(job, true);
            typeof(Job).GetProperty(nameof(Job.MarketplaceVersion))!.SetValue(job, 1);
        }

        if (state is not (JobState.Placed or JobState.PaymentRequired or JobState.Open))
        {
            typeof(Job).GetProperty(nameof(Job.TranslatorId))!.SetValue(job, Anna);
        }

        if (row.EndsWith("+overdue", StringComparison.Ordinal))
        {
            typeof(Job).GetProperty(nameof(Job.DelayedAt))!.SetValue(job, Noon);
        }

        if (row.Contains('+', StringComparison.Ordinal) || state is JobState.InReview or JobState.InRevision or JobState.Disputed or JobState.Accepted or JobState.Refunded)
        {
            typeof(Job).GetProperty(nameof(Job.DeliveryId))!.SetValue(job, Ben);
        }

        return job;
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, i) => Permutations<T>([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
