using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

/// <summary>What can happen to a job besides going well at once: through the gateway, the portal and the ledger of a whole stack.</summary>
public sealed class The_life_of_a_job(Stack stack)
{
    private const string First = "Bonjour Madame Martin,\nVotre colis arrivera trois jours plus tard.";
    private const string Second = "Bonjour Madame Martin,\nVotre colis arrivera malheureusement avec trois jours de retard. Nous reviendrons vers vous demain.";

    [Fact]
    public async Task A_question_a_revision_a_rejection_and_a_ruling_end_in_payment()
    {
        using var merchant = stack.Merchant();
        using var writer = await TranslatorAsync(0);
        using var judge = await TranslatorAsync(1);
        var job = await merchant.Jobs.CreateAsync(Merchant.Order("LIFE-1"), cancellationToken: Stack.Cancelled);
        await ClaimAsync(writer, job.Id);
        await merchant.BecomesAsync(job.Id, JobState.InProgress);

        await writer.AskAsync(job.Id, "Vouvoiement, n'est-ce pas ?", Stack.Cancelled);
        (await merchant.BecomesAsync(job.Id, JobState.OnHold)).OpenQuestions.ShouldBe(1);
        var question = (await merchant.Jobs.ListMessagesAsync(job.Id, Stack.Cancelled)).ShouldHaveSingleItem();
        (question.Text, question.Question, question.From).ShouldBe(("Vouvoiement, n'est-ce pas ?", true, "translator"));
        await merchant.Jobs.WriteMessageAsync(job.Id, new NewMessage("Ja, bitte.", question.Id), cancellationToken: Stack.Cancelled);
        (await merchant.BecomesAsync(job.Id, JobState.InProgress)).Promise.DeliverBy.ShouldBeGreaterThan(job.Promise.DeliverBy);
        await Wait.ForAsync(
            "The answer at the workbench", Stack.Deadline,
            async token => (await writer.PageAsync($"portal/work/{job.Id}", token)).Contains("Ja, bitte.", StringComparison.Ordinal) ? "there" : null, Stack.Cancelled);

        await writer.DeliverAsync(job.Id, First, Stack.Cancelled);
        await merchant.BecomesAsync(job.Id, JobState.InReview);
        await merchant.Jobs.RequestRevisionAsync(
            job.Id, new Objection(ObjectionReason.Omission, "Der zweite Satz fehlt.", [new Passage(24, 40, "danach")]), cancellationToken: Stack.Cancelled);
        await Wait.ForAsync(
            "The revision at the workbench", Stack.Deadline,
            async token => (await writer.PageAsync($"portal/work/{job.Id}", token)).Contains("Der zweite Satz fehlt.", StringComparison.Ordinal) ? "there" : null, Stack.Cancelled);
        await writer.DeliverAsync(job.Id, Second, Stack.Cancelled);
        await merchant.BecomesAsync(job.Id, JobState.InReview);
        (await merchant.Jobs.ListDeliveriesAsync(job.Id, Stack.Cancelled)).Select(d => (d.Version, d.Text)).ShouldBe([(1, First), (2, Second)]);

        (await merchant.Jobs.RejectAsync(job.Id, new Objection(ObjectionReason.Meaning, "Das stimmt nicht.", [new Passage(0, 7, null)]), cancellationToken: Stack.Cancelled))
            .State.ShouldBe(JobState.Disputed);
        var dispute = (await merchant.Jobs.ListDeliveriesAsync(job.Id, Stack.Cancelled))[^1].Id;
        await Wait.ForAsync(
            "The dispute", Stack.Deadline,
            async token => (await judge.PageAsync("portal/disputes", token)).Contains(dispute, StringComparison.Ordinal) ? "there" : null, Stack.Cancelled);
        await judge.SubmitAsync($"portal/disputes/{dispute}", "take-dispute", Stack.Cancelled);
        await judge.SubmitAsync($"portal/disputes/{dispute}", "rule", Stack.Cancelled, ("Stands", "true"), ("Words", "Die Übersetzung ist richtig."));

        await merchant.BecomesAsync(job.Id, JobState.Accepted);
        var entries = await merchant.LedgerAsync(job.Id, "reservation", "charge");
        entries.Single(e => e.Kind == "charge").Postings.ShouldBe([new("merchant_reserved", -286), new("revenue", 240), new("tax", 46)], ignoreOrder: true);

        await ComplainsAndIsContentAsync(merchant, writer, job);
    }

    private static async Task ComplainsAndIsContentAsync(ZweizeilerClient merchant, PortalSession writer, Job job)
    {
        var complaint = await merchant.Jobs.ComplainAsync(job.Id, new Objection(ObjectionReason.Tone, "Bitte herzlicher."), cancellationToken: Stack.Cancelled);
        complaint.State.ShouldBe("open");
        await Wait.ForAsync(
            "The complaint at the workbench", Stack.Deadline,
            async token => (await writer.PageAsync("portal/work", token)).Contains(complaint.Id, StringComparison.Ordinal) ? "there" : null, Stack.Cancelled);
        await writer.DeliverAsync(job.Id, Second + " Bien cordialement", Stack.Cancelled);
        await Wait.ForAsync(
            "The correction", Stack.Deadline,
            async token => await merchant.Jobs.GetComplaintAsync(job.Id, token) is { State: "corrected" } corrected ? corrected : null, Stack.Cancelled);
        (await merchant.Jobs.CloseComplaintAsync(job.Id, satisfied: true, cancellationToken: Stack.Cancelled)).State.ShouldBe("satisfied");
        (await merchant.Jobs.GetAsync(job.Id, Stack.Cancelled)).State.ShouldBe(JobState.Accepted);
    }

    [Fact]
    public async Task Cancelled_before_a_claim_it_is_free_and_after_one_it_costs_half()
    {
        using var merchant = stack.Merchant();
        using var translator = await TranslatorAsync(0);
        var early = await merchant.Jobs.CreateAsync(Merchant.Order("LIFE-EARLY"), cancellationToken: Stack.Cancelled);
        await merchant.BecomesAsync(early.Id, JobState.Open);
        (await merchant.Jobs.CancelAsync(early.Id, cancellationToken: Stack.Cancelled)).CancellationRequestedAt.ShouldNotBeNull();
        await merchant.BecomesAsync(early.Id, JobState.Cancelled);
        var free = await merchant.LedgerAsync(early.Id, "reservation", "release");
        free.Where(e => e.Kind == "charge").ShouldBeEmpty();
        free.Single(e => e.Kind == "release").Postings.ShouldContain(new LedgerPosting("merchant_balance", 286));

        var late = await merchant.Jobs.CreateAsync(Merchant.Order("LIFE-LATE"), cancellationToken: Stack.Cancelled);
        await ClaimAsync(translator, late.Id);
        await merchant.BecomesAsync(late.Id, JobState.InProgress);
        await merchant.Jobs.CancelAsync(late.Id, cancellationToken: Stack.Cancelled);
        await merchant.BecomesAsync(late.Id, JobState.Cancelled);
        var half = await merchant.LedgerAsync(late.Id, "charge", "release");
        half.Single(e => e.Kind == "charge").Postings.ShouldBe([new("merchant_reserved", -143), new("revenue", 120), new("tax", 23)], ignoreOrder: true);
        (await translator.PageAsync("portal", Stack.Cancelled)).ShouldNotContain($"data-held=\"{late.Id}\"");
    }

    [Fact]
    public async Task All_four_kinds_are_quoted_ordered_written_and_charged()
    {
        using var merchant = stack.Merchant();
        using var translator = await TranslatorAsync(0);
        var now = TimeProvider.System.GetUtcNow();
        NewJob[] orders =
        [
            Merchant.Order("KIND-1"),
            new NewJob { Kind = JobKind.Formulation, Source = "de", Target = "fr", Points = ["Paket kommt morgen vor 12 Uhr"], Message = "Bonjour, où est mon colis ?", MaxLines = 5 },
            new NewJob { Kind = JobKind.Summary, Source = "fr", Target = "de", Text = "Bonjour, mon colis n'est pas arrivé et je pars vendredi. Merci de me répondre vite." },
            new NewJob
            {
                Kind = JobKind.Call, Source = "de", Target = "fr",
                Call = new NewCall { Number = "+33123456789", Window = new CallWindow(now, now.AddHours(3), "Europe/Paris"), Attempts = 2, MaxMinutes = 10, Ask = ["Ist sie morgen zu Hause?"] },
            },
        ];
        var quote = await merchant.Quotes.CreateAsync(orders, cancellationToken: Stack.Cancelled);
        var jobs = await merchant.Jobs.CreateAsync([.. orders.Select(o => o with { QuoteId = quote.Id })], cancellationToken: Stack.Cancelled);
        jobs.Sum(j => j.Price.Gross).ShouldBe(quote.Total.Gross);

        (string Name, string Value)[][] written =
        [
            [("Text", Second)],
            [("Text", "Bonjour, votre colis arrivera demain avant 12 heures."), ("BackGloss", "Das Paket kommt morgen vor 12 Uhr.")],
            [("Gist", "Sie fragt nach ihrem Paket und reist am Freitag ab."), ("Mood", "besorgt"), ("NextStep", "Heute antworten.")],
            [("Outcome", "reached"), ("Minutes", "4"), ("Attempts", "1"), ("Report", "Sie ist morgen von 10 bis 12 Uhr zu Hause.")],
        ];
        for (var i = 0; i < jobs.Count; i++)
        {
            await ClaimAsync(translator, jobs[i].Id);
            await translator.DeliverAsync(jobs[i].Id, Stack.Cancelled, written[i]);
            await merchant.BecomesAsync(jobs[i].Id, JobState.InReview);
        }

        var deliveries = new List<Delivery>();
        foreach (var job in jobs)
        {
            deliveries.Add((await merchant.Jobs.ListDeliveriesAsync(job.Id, Stack.Cancelled)).ShouldHaveSingleItem());
            await merchant.Jobs.AcceptAsync(job.Id, cancellationToken: Stack.Cancelled);
        }

        deliveries[1].BackGloss.ShouldBe("Das Paket kommt morgen vor 12 Uhr.");
        deliveries[2].Summary.ShouldBe(new DeliveredSummary("Sie fragt nach ihrem Paket und reist am Freitag ab.", "besorgt", "Heute antworten."));
        deliveries[3].Call.ShouldBe(new DeliveredCall("reached", 4, 1, "Sie ist morgen von 10 bis 12 Uhr zu Hause."));
        // One line of five, though never less than the minimum of two; four of ten minutes and the base of four.
        (await ChargedAsync(merchant, jobs[1].Id)).ShouldBe(2 * 120);
        (await ChargedAsync(merchant, jobs[3].Id)).ShouldBe((4 + 4) * 120);
    }

    private static async Task<long> ChargedAsync(ZweizeilerClient merchant, string jobId) =>
        (await merchant.LedgerAsync(jobId, "charge")).Single(e => e.Kind == "charge").Postings.Single(p => p.Account == "revenue").Amount;

    private async Task<PortalSession> TranslatorAsync(int which) => await PortalSession.SignInAsync(
        stack.Details.Portal, stack.Details.Translators.Where(t => t.Translates("de", "fr") && t.Translates("fr", "de")).ElementAt(which), Stack.Cancelled);

    private static Task ClaimAsync(PortalSession translator, string jobId) => translator.ClaimAsync(jobId, Stack.Deadline, Stack.Cancelled);
}
