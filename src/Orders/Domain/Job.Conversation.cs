namespace Zweizeiler.Orders.Domain;

/// <summary>Questions and answers. While a translator cannot go on without an answer, the clock of the promise stands still.</summary>
public sealed partial class Job
{
    /// <summary>
    /// A translator asks. A question is never lost: one that something newer overtook is told too, it only moves nothing. The same question is
    /// told twice by nobody who looks for it in the conversation first.
    /// </summary>
    public void Asked(Message question)
    {
        if (State.IsFinal())
        {
            return;
        }

        if (IsNews(question.Version))
        {
            Follow(question);
        }
        else if (State == JobState.OnHold && WaitsFor(question) && question.SentAt < HeldSince)
        {
            HeldSince = question.SentAt;
        }

        if (question.Version > DeliveredVersion)
        {
            OpenQuestions++;
        }

        Step("job.question", State, question.SentAt);
    }

    /// <summary>The merchant writes, perhaps in answer to a question. Once the last question that the translator waits for is answered, the job goes on.</summary>
    /// <param name="question">What she answers; null if it is a word of her own.</param>
    /// <param name="unanswered">Every question of the job that has no answer yet.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="JobStateException">The job is over.</exception>
    public void Write(Message? question, IReadOnlyCollection<Message> unanswered, DateTimeOffset now)
    {
        Demand(JobCommand.Write, now);
        if (question is null || !question.Answer(now))
        {
            return;
        }

        Touch(now);
        if (question.Version > DeliveredVersion)
        {
            OpenQuestions--;
        }

        if (State == JobState.OnHold && !unanswered.Any(q => q.AnsweredAt is null && WaitsFor(q)))
        {
            DeliverBy += now > HeldSince ? now - HeldSince.Value : TimeSpan.Zero;
            Step("job.answered", DeliveryId is null ? JobState.InProgress : JobState.InRevision, now);
        }
    }

    /// <summary>What a question says about where the job is, if nothing newer is known.</summary>
    private void Follow(Message question)
    {
        if (question.BeforeClaim)
        {
            if (IsBeforeDelivery)
            {
                ReachPool(question.SentAt);
            }

            return;
        }

        if (IsBeforeDelivery)
        {
            ReachHolder(question.TranslatorId!.Value, question.TranslatorName, question.SentAt);
        }

        if (State is JobState.InProgress or JobState.InRevision)
        {
            State = JobState.OnHold;
            HeldSince = question.SentAt;
        }
    }

    /// <summary>Whether the one who works on the job asked it and has not delivered since.</summary>
    private bool WaitsFor(Message question) =>
        !question.BeforeClaim && question.TranslatorId == TranslatorId && question.Version > DeliveredVersion;
}
