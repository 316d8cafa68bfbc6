using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Claims;
using Zweizeiler.Marketplace.Features.Questions;
using Zweizeiler.Marketplace.Features.Timers;
using Zweizeiler.Marketplace.Features.Workbench;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

/// <summary>Walks every state and every action: what leads where, and that nothing else moves.</summary>
public sealed class States(Market market) : IClassFixture<Market>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>What each action does, from where to where. Every state that is not named stays what it is.</summary>
    private static readonly Dictionary<string, Dictionary<string, string>> Moves = new()
    {
        ["fund"] = new() { ["placed"] = "open", ["payment_required"] = "open" },
        ["decline"] = new() { ["placed"] = "payment_required" },
        ["claim"] = new() { ["open"] = "in_progress" },
        ["hand back"] = new() { ["in_progress"] = "open", ["on_hold"] = "open" },
        ["ask"] = new() { ["in_progress"] = "on_hold", ["in_revision"] = "on_hold" },
        ["answer"] = new() { ["on_hold"] = "in_progress" },
        ["deliver"] = new() { ["in_progress"] = "in_review", ["on_hold"] = "in_review", ["in_revision"] = "in_review" },
        ["lease ends"] = new() { ["in_progress"] = "open" },
        ["promise ends"] = new() { ["open"] = "expired" },
        ["delay"] = [],
        ["no money comes"] = new() { ["payment_required"] = "expired" },
        ["cancel"] = new()
        {
            ["placed"] = "cancelled",
            ["payment_required"] = "cancelled",
            ["open"] = "cancelled",
            ["in_progress"] = "cancelled",
            ["on_hold"] = "cancelled",
        },
        ["revise"] = new() { ["in_review"] = "in_revision" },
        ["reject"] = new() { ["in_review"] = "disputed" },
        ["reject when told late"] = new() { ["in_review"] = "disputed", ["in_revision"] = "disputed" },
        ["accept"] = new() { ["in_review"] = "accepted", ["disputed"] = "accepted" },
        ["refund"] = new() { ["disputed"] = "refunded" },
        ["complain"] = new() { ["in_review"] = "accepted", ["disputed"] = "accepted" },
        ["credit"] = [],
    };

    [Fact]
    public void Names_are_spelt_as_in_the_product_and_each_state_has_words_in_both_languages()
    {
        StateNames.All.ShouldBe(
            ["placed", "payment_required", "open", "in_progress", "on_hold", "in_review", "in_revision", "disputed", "accepted", "refunded", "cancelled", "expired"]);
        foreach (var state in Enum.GetValues<JobState>())
        {
            StateNames.Parse(StateNames.Of(state)).ShouldBe(state);
            Portal.Words.WordList.All.ShouldAllBe(w => w.States.ContainsKey(StateNames.Of(state)));
        }

        Should.Throw<ArgumentOutOfRangeException>(() => StateNames.Parse("open "));
    }

    [Fact]
    public async Task Every_action_in_every_state_leads_where_the_table_says_and_nowhere_else()
    {
        var wrong = new List<string>();
        foreach (var (action, moves) in Moves)
        {
            var jobs = new Dictionary<JobState, (Guid Job, Guid Delivery)>();
            foreach (var state in Enum.GetValues<JobState>())
            {
                jobs[state] = await MakeAsync(state, action);
            }

            await ActAsync(action, jobs);
            foreach (var (state, (job, _)) in jobs)
            {
                var expected = moves.GetValueOrDefault(StateNames.Of(state), StateNames.Of(state));
                var found = StateNames.Of((await market.JobAsync(job))!.State);
                if (found != expected)
                {
                    wrong.Add($"{action} in {StateNames.Of(state)}: {found} instead of {expected}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        Moves.Count.ShouldBe(19);
    }

    private static Guid Me => Market.TranslatorId(1);

    /// <summary>Does it with all the jobs; for what is told by message, waits until all of it was consumed.</summary>
    private async Task ActAsync(string action, Dictionary<JobState, (Guid Job, Guid Delivery)> jobs)
    {
        var now = market.Time.GetUtcNow();
        SealedTexts sealedTexts = new(market);
        if (action is "lease ends" or "promise ends" or "delay" or "no money comes")
        {
            // Timers are set for all, also where there is no reason for one.
            await market.App.ReadAsync(async db =>
            {
                foreach (var (job, _) in jobs.Values)
                {
                    var claim = await db.Jobs.Where(j => j.Id == job).Select(j => j.ClaimId).SingleAsync();
                    db.Add(action switch
                    {
                        "lease ends" => DueTimer.ForLease(claim ?? Guid.CreateVersion7(now), job, now, now),
                        "delay" => DueTimer.ForDelay(job, now, now),
                        "promise ends" => DueTimer.ForEscalation(job, now, now),
                        _ => DueTimer.ForPayment(job, now, now),
                    });
                }

                return await db.SaveChangesAsync();
            });
            await market.App.InScopeAsync(async services =>
            {
                while (await services.GetRequiredService<WorkOffTimer>().NextAsync(default))
                {
                }

                return true;
            });
            var ids = jobs.Values.Select(j => j.Job).ToList();
            await Eventually.Within(Soon, () => market.App.ReadAsync(async db => !await db.Timers.AnyAsync(t => ids.Contains(t.JobId) && t.DueAt <= now)));
            return;
        }

        foreach (var (job, _) in jobs.Values)
        {
            await market.App.InScopeAsync<object>(async services => action switch
            {
                // Somebody whose hands are free.
                "claim" => await services.GetRequiredService<ClaimJob>().RunAsync(Market.TranslatorId(2), job, default),
                "hand back" => await services.GetRequiredService<ReleaseJob>().HandBackAsync(Me, job, ReleaseReason.Other, default),
                "ask" => await services.GetRequiredService<AskQuestion>().RunAsync(Me, job, "Warum?", default),
                "deliver" => await services.GetRequiredService<DeliverJob>()
                    .RunAsync(Me, job, new DraftContent("Bonjour, votre colis est là.", null), new Dictionary<string, string>(), default),
                _ => true,
            });
        }

        object? Message(Guid job, Guid delivery) => action switch
        {
            "fund" => new JobFunded(job, Market.MerchantId, 286, 168, now),
            "decline" => new JobFundingDeclined(job, Market.MerchantId, "balance.insufficient", now),
            "answer" => sealedTexts.Answer(job, now),
            "cancel" => new CancellationRequested(job, Market.MerchantId, now),
            "revise" => new RevisionRequested(job, Market.MerchantId, delivery, Me, market.Objection(delivery), now),
            "reject" or "reject when told late" => new DeliveryRejected(job, Market.MerchantId, delivery, Me, market.Objection(delivery), now),
            "accept" => new DeliveryAccepted(job, Market.MerchantId, delivery, Me, null, null, PreferTranslator: false, Automatic: true, now),
            "refund" => new JobRefunded(job, Market.MerchantId, now),
            "complain" => new ComplaintReceived(job, Market.MerchantId, Guid.CreateVersion7(now), delivery, Me, market.Objection(delivery), now.AddDays(1), now),
            "credit" => new ComplaintCredited(job, Market.MerchantId, Guid.CreateVersion7(now), Me, ByRuling: false, now),
            _ => null,
        };
        var messages = jobs.Values.Select(j => Message(j.Job, j.Delivery)).OfType<object>().ToList();
        if (messages.Count > 0)
        {
            var before = await ConsumedAsync();
            await Task.WhenAll(messages.Select(market.Recorder.PublishAsync));
            await Eventually.Within(Soon, async () => await ConsumedAsync() >= before + messages.Count, action);
        }
    }

    /// <summary>A row of the inbox is written whether or not the consumer had something to do.</summary>
    private Task<int> ConsumedAsync() => market.App.ReadAsync(db => db.Set<Messaging.InboxMessage>().CountAsync());

    private async Task<(Guid Job, Guid Delivery)> MakeAsync(JobState state, string action)
    {
        var placed = market.Placed();
        var now = market.Time.GetUtcNow();
        var (id, claimId, delivery, question) = (placed.JobId, Guid.CreateVersion7(now), Guid.CreateVersion7(now), Guid.CreateVersion7(now));
        var isHeld = state is JobState.InProgress or JobState.OnHold;
        var isDelivered = state is JobState.InReview or JobState.InRevision or JobState.Disputed or JobState.Accepted or JobState.Refunded;
        await market.App.ReadAsync(async db =>
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO merchant_keys (merchant_id, data_key) VALUES ({Market.MerchantId}, {market.DataKey.Bytes}) ON CONFLICT (merchant_id) DO NOTHING");
            // For the promise to end it must be over, for the lease too.
            var facts = action is "promise ends" or "delay" ? placed.Facts with { DeliverBy = now } : placed.Facts;
            db.Add(Job.Place(id, placed.MerchantId, facts, placed.Price, now, now));
            db.Add(new JobText { JobId = id, Content = placed.Content.Bytes });
            await db.SaveChangesAsync();
            if (isHeld)
            {
                db.Add(new Claim { Id = claimId, JobId = id, TranslatorId = Me, ClaimedAt = now, LeaseUntil = now });
            }

            if (isDelivered)
            {
                db.Add(new Delivery { Id = delivery, JobId = id, TranslatorId = Me, Version = 1, Characters = 1, Lines = 1, DeliveredAt = now });
                db.Add(new DeliveryText
                {
                    DeliveryId = delivery,
                    Content = market.Vault.Seal(market.DataKey, delivery, TextPurpose.DeliveryContent, new Contracts.Marketplace.DeliveryContent("x", null)).Bytes,
                });
            }

            if (state == JobState.OnHold)
            {
                db.Add(new Message
                {
                    Id = question,
                    JobId = id,
                    TranslatorId = Me,
                    Content = market.Vault.Seal(market.DataKey, question, TextPurpose.Message, "Wer?").Bytes,
                    SentAt = now,
                });
                SealedTexts.Questions[id] = question;
            }

            await db.SaveChangesAsync();
            var until = action is "lease ends" or "delay" ? now : now.AddMinutes(20);
            return await db.Jobs.Where(j => j.Id == id).ExecuteUpdateAsync(job => job
                .SetProperty(j => j.State, state)
                .SetProperty(j => j.OfferedAt, state is JobState.Placed or JobState.PaymentRequired ? null : (DateTimeOffset?)now)
                .SetProperty(j => j.HolderId, isHeld || isDelivered ? Me : (Guid?)null)
                .SetProperty(j => j.ClaimedAt, isHeld ? now : (DateTimeOffset?)null)
                .SetProperty(j => j.ClaimId, isHeld ? claimId : (Guid?)null)
                .SetProperty(j => j.LeaseUntil, state is JobState.InProgress or JobState.InRevision ? until : (DateTimeOffset?)null)
                .SetProperty(j => j.DelayToldAt, action == "reject when told late" ? now : (DateTimeOffset?)null)
                .SetProperty(j => j.LeaseLeft, state == JobState.OnHold ? TimeSpan.FromMinutes(10) : (TimeSpan?)null));
        });
        return (id, delivery);
    }

    private sealed class SealedTexts(Market market)
    {
        public static Dictionary<Guid, Guid> Questions { get; } = [];

        public MerchantWrote Answer(Guid job, DateTimeOffset now)
        {
            var id = Guid.CreateVersion7(now);
            return new MerchantWrote(
                job, Market.MerchantId, id, Questions.TryGetValue(job, out var question) ? question : null,
                market.Vault.Seal(market.DataKey, id, TextPurpose.Message, "Ich."), now.AddHours(4), now);
        }
    }
}
