using Zweizeiler.Billing.Domain;
using Zweizeiler.Billing.Features.FundJob;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;

namespace Zweizeiler.Billing.Tests;

/// <summary>What decides on entries, without a database: quick enough to be run against hundreds of small breakages (docs/mutation-testing.md).</summary>
public sealed class Ledger_rules
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly Cause Cause = new("JobPlaced", Guid.Parse("0198f000-0000-7000-8000-00000000000a"), "Set aside", Now.AddMinutes(-1));
    private static readonly Account Balance = Of(AccountKind.MerchantBalance);
    private static readonly Account Reserved = Of(AccountKind.MerchantReserved);
    private static readonly Account Tax = Of(AccountKind.Tax);

    [Fact]
    public void an_entry_says_what_moved_where_and_why()
    {
        var (subject, job, merchant) = (Jobs.NewId(), Jobs.NewId(), Jobs.NewId());
        var entry = Entry.Of(EntryKind.Charge, subject, job, merchant, Cause, Now, (Reserved, -286), (Balance, 240), (Tax, 46));
        (entry.Kind, entry.SubjectId, entry.JobId, entry.MerchantId).ShouldBe((EntryKind.Charge, subject, job, merchant));
        (entry.Event, entry.MessageId, entry.Reason, entry.OccurredAt, entry.CreatedAt).ShouldBe((Cause.Event, Cause.MessageId, Cause.Reason, Cause.OccurredAt, Now));
        entry.Id.Version.ShouldBe(7);
        entry.Postings.Select(p => (p.EntryId, p.Position, p.AccountId, p.AmountCents))
            .ShouldBe([(entry.Id, 0, Reserved.Id, -286), (entry.Id, 1, Balance.Id, 240), (entry.Id, 2, Tax.Id, 46)]);
    }

    [Theory]
    [InlineData]
    [InlineData(0L)]
    [InlineData(1L)]
    [InlineData(0L, 0L)]
    [InlineData(1L, -2L)]
    [InlineData(1L, 1L)]
    [InlineData(5L, -5L, 0L)]
    public void an_entry_that_does_not_make_zero_cannot_be_made(params long[] cents) =>
        Should.Throw<InvalidOperationException>(() => Entry.Of(EntryKind.Charge, Jobs.NewId(), null, null, Cause, Now, [.. cents.Select(c => (Balance, c))]))
            .Message.ShouldBe("The postings of a Charge do not balance.");

    [Fact]
    public void sums_that_do_not_fit_are_no_zero() => Should.Throw<OverflowException>(
        () => Entry.Of(EntryKind.Charge, Jobs.NewId(), null, null, Cause, Now, (Balance, long.MaxValue), (Reserved, long.MaxValue), (Tax, 2)));

    [Fact]
    public void an_account_is_known_by_its_kind_and_owner()
    {
        var owner = Jobs.NewId();
        AccountKey[] keys =
        [
            AccountKey.Revenue, AccountKey.PlatformShare, AccountKey.Tax, AccountKey.FeeRaises, AccountKey.Clearing, AccountKey.InputTax, AccountKey.Unassigned,
            AccountKey.BalanceOf(owner), AccountKey.ReservedOf(owner), AccountKey.PayableTo(owner),
        ];
        keys.Select(k => (k.Kind, k.OwnerId)).Distinct().Count().ShouldBe(Enum.GetValues<AccountKind>().Length);
        keys.Where(k => k.OwnerId == owner).Select(k => k.Kind).ShouldBe([AccountKind.MerchantBalance, AccountKind.MerchantReserved, AccountKind.TranslatorPayable]);
        Of(AccountKind.Tax).Key.ShouldBe(AccountKey.Tax);
    }

    [Fact]
    public void a_job_is_charged_at_most_what_was_set_aside_and_once()
    {
        var whole = Kept(Jobs.Placed(Jobs.NewId()));
        whole.ChargedAs.ShouldBeNull();
        Should.Throw<InvalidOperationException>(() => whole.Credit()).Message.ShouldContain("Funded");
        Should.Throw<InvalidOperationException>(() => whole.Raise(1)).Message.ShouldContain("Funded");
        Should.Throw<InvalidOperationException>(() => whole.Charge(JobCharge.Whole(whole.Price) with { TaxCents = 47 })).Message.ShouldContain("Funded");
        (whole.State, whole.IsLive).ShouldBe((JobState.Funded, true));
        whole.Charge(JobCharge.Whole(whole.Price));
        (whole.State, whole.ChargedAs!.GrossCents).ShouldBe((JobState.Charged, 286));
        Should.Throw<InvalidOperationException>(() => whole.Charge(JobCharge.Whole(whole.Price))).Message.ShouldContain("Charged");
        Should.Throw<InvalidOperationException>(whole.Release).Message.ShouldContain("Charged");
        whole.Raise(5);
        Should.Throw<InvalidOperationException>(() => whole.Raise(0));
        whole.Credit();
        whole.Raise(7);
        (whole.State, whole.RaisedCents, whole.ChargedAs!.NetCents).ShouldBe((JobState.Credited, 12, 240));
        Should.Throw<OverflowException>(() => whole.Raise(long.MaxValue));
        Should.Throw<InvalidOperationException>(whole.Credit);

        var nothing = Kept(Jobs.Placed(Jobs.NewId()));
        nothing.Release();
        (nothing.State, nothing.ChargedAs).ShouldBe((JobState.Released, null));
        Should.Throw<InvalidOperationException>(nothing.Release).Message.ShouldContain("Released");

        var declined = Kept(Jobs.Placed(Jobs.NewId(), mode: "test"));
        declined.Decline("price.mismatch");
        (declined.State, declined.DeclineReason, declined.IsLive).ShouldBe((JobState.Declined, "price.mismatch", false));
    }

    [Fact]
    public void what_is_due_is_never_more_than_the_price()
    {
        var text = Kept(Jobs.Placed(Jobs.NewId()));
        DueCharge.ForDelivery(text, PriceList.Initial, Delivered(lines: 1)).ShouldBe(new JobCharge(2, 240, 46, 168, 1m));

        // 6 lines ordered: 3, the minimum for 1, and the maximum for 9.
        var reply = Kept(Jobs.Formulation(Jobs.NewId()));
        DueCharge.ForDelivery(reply, PriceList.Initial, Delivered(lines: 3)).ShouldBe(new JobCharge(3, 360, 68, 252, 1m));
        DueCharge.ForDelivery(reply, PriceList.Initial, Delivered(lines: 1)).ShouldBe(new JobCharge(2, 240, 46, 168, 1m));
        DueCharge.ForDelivery(reply, PriceList.Initial, Delivered(lines: 9)).ShouldBe(new JobCharge(6, 720, 137, 504, 1m));

        // Base of 4 lines and 10 minutes ordered.
        var call = Kept(Jobs.Call(Jobs.NewId()));
        DueCharge.ForDelivery(call, PriceList.Initial, Delivered(minutes: 3)).ShouldBe(new JobCharge(7, 840, 160, 588, 1m));
        DueCharge.ForDelivery(call, PriceList.Initial, Delivered(minutes: 60)).ShouldBe(new JobCharge(14, 1680, 319, 1176, 1m));
        DueCharge.ForDelivery(call, PriceList.Initial, Delivered()).ShouldBe(new JobCharge(4, 480, 91, 336, 1m));
    }

    [Fact]
    public void a_cancellation_costs_the_lists_share_and_pays_it()
    {
        var list = PriceList.Initial;
        var job = Kept(Jobs.Placed(Jobs.NewId()));
        var net = Money.Round(240 * list.CancellationShare, "EUR").Cents;
        var due = DueCharge.ForCancellation(job, list);
        due.ShouldBe(new JobCharge(2, net, Money.Round(net * 0.19m, "EUR").Cents, Money.Round(168 * list.CancellationShare, "EUR").Cents, list.CancellationShare));
        DueCharge.Raise(job, due, 25).ShouldBe(Money.Round(25 * list.CancellationShare, "EUR").Cents);
        DueCharge.Raise(job, JobCharge.Whole(job.Price), 25).ShouldBe(25);
    }

    [Fact]
    public void a_price_is_right_if_every_number_of_it_is()
    {
        foreach (var right in Placed())
        {
            IsRight(right).ShouldBeTrue(right.Facts.Kind);
            var p = right.Price;
            PriceFacts[] wrong =
            [
                p with { PriceList = "2025-1" }, p with { Counting = 0 }, p with { Counting = LineCounter.RulesVersion + 1 }, p with { Characters = p.Characters + 55 },
                p with { Lines = p.Lines + 1 }, p with { BilledLines = p.BilledLines + 1 }, p with { RatePerLine = p.RatePerLine + 1 },
                p with { UrgencyFactor = 1.5m }, p with { RepetitionFactor = 0.26m }, p with { NetCents = p.NetCents - 1 }, p with { Currency = "CHF" },
                p with { TaxCategory = "AE" }, p with { TaxRate = 7m }, p with { TaxCents = p.TaxCents + 1 }, p with { TranslatorFeeCents = p.TranslatorFeeCents - 1 },
                p with { Lines = -1 }, p with { MinimumLines = 3 }, p with { MinimumLines = -1 },
            ];
            wrong.Where(price => IsRight(right with { Price = price })).ShouldBeEmpty();
            JobFacts[] others =
            [
                right.Facts with { Kind = "poem" }, right.Facts with { Urgency = "whenever" }, right.Facts with { Urgency = "express" }, right.Facts with { Source = "fr" },
                right.Facts with { Target = "xx" }, right.Facts with { Target = "DE" },
            ];
            others.Where(facts => IsRight(right with { Facts = facts })).ShouldBeEmpty();
            IsRight(right with { Country = "FR" }).ShouldBeFalse();
            PriceCheck.IsRight(right, null, TaxRules.Germany).ShouldBeFalse();
        }
    }

    [Fact]
    public void the_share_of_the_minimum_is_as_told_or_what_the_billed_lines_have_room_for()
    {
        var price = Jobs.Placed(Jobs.NewId()).Price;
        PriceCheck.MinimumOf(price with { MinimumLines = 1 }, PriceList.Initial).ShouldBe(1);
        PriceCheck.MinimumOf(price with { MinimumLines = null, BilledLines = 9 }, PriceList.Initial).ShouldBe(2);
        PriceCheck.MinimumOf(price with { MinimumLines = null, BilledLines = 1 }, PriceList.Initial).ShouldBe(1);
        PriceCheck.MinimumOf(price with { MinimumLines = null }, null).ShouldBe(0);
    }

    private static IEnumerable<JobPlaced> Placed()
    {
        var count = LineCount.Restore(200);
        yield return Jobs.Placed(Jobs.NewId());
        yield return Jobs.Ordered(Jobs.NewId(), JobOrder.Translation(Jobs.Pair, count, Urgency.Standard, true));
        yield return Jobs.Ordered(Jobs.NewId(), JobOrder.Summary(Jobs.Pair, count, Urgency.Standard, false));
        yield return Jobs.Ordered(Jobs.NewId(), JobOrder.Summary(Jobs.Pair, count, Urgency.Standard, true));
    }

    private static bool IsRight(JobPlaced placed) => PriceCheck.IsRight(placed, PriceList.Initial, TaxRules.Germany);

    private static Account Of(AccountKind kind) => new() { Id = Jobs.NewId(), Kind = kind, Currency = "EUR", CreatedAt = Now };

    private static Acceptance Delivered(int lines = 0, int? minutes = null) => new()
    {
        JobId = Jobs.NewId(),
        MerchantId = Jobs.NewId(),
        TranslatorId = Jobs.NewId(),
        DeliveryId = Jobs.NewId(),
        MessageId = Jobs.NewId(),
        AcceptedAt = Now,
        Lines = lines,
        CallMinutes = minutes,
    };

    private static Job Kept(JobPlaced placed)
    {
        var (f, p) = (placed.Facts, placed.Price);
        var job = new Job
        {
            Id = placed.JobId,
            MerchantId = placed.MerchantId,
            Mode = f.Mode,
            Kind = f.Kind,
            Source = f.Source,
            Target = f.Target,
            Urgency = f.Urgency,
            PlacedAt = Now,
            Price = new JobAmounts(
                p.PriceList, p.Lines, p.MinimumLines ?? 0, p.BilledLines, p.RatePerLine, p.UrgencyFactor, p.RepetitionFactor, p.NetCents, p.Currency, p.TaxCategory,
                p.TaxRate, p.TaxCents, p.TranslatorFeeCents),
        };
        job.Reserve(Jobs.Gross(placed));
        return job;
    }
}
