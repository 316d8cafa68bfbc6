using Zweizeiler.Notifications.Domain;

namespace Zweizeiler.Notifications.Tests;

public class RetrySchedule_Specs
{
    [Fact]
    public void Webhooks_are_tried_for_three_days_and_then_given_up()
    {
        var total = Enumerable.Range(1, RetrySchedule.Webhooks.Delays.Count).Select(n => RetrySchedule.Webhooks.After(n, 0)!.Value).Aggregate((a, b) => a + b);
        total.TotalDays.ShouldBeInRange(3, 3.5);
        RetrySchedule.Webhooks.After(RetrySchedule.Webhooks.Delays.Count + 1, 0).ShouldBeNull();
    }

    [Fact]
    public void The_delays_are_those_that_are_promised() => RetrySchedule.Webhooks.Delays.Select(d => d.TotalMinutes)
        .ShouldBe([5 / 60.0, 5, 30, 120, 300, 600, 840, 1200, 1440]);

    [Fact]
    public void A_receiver_that_asks_for_more_time_gets_it_up_to_a_day()
    {
        RetrySchedule.Webhooks.After(1, 0, TimeSpan.FromMinutes(7)).ShouldBe(TimeSpan.FromMinutes(7));
        RetrySchedule.Webhooks.After(2, 0, TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromMinutes(5), "it is not called sooner than planned");
        RetrySchedule.Webhooks.After(1, 0, TimeSpan.FromDays(40)).ShouldBe(TimeSpan.FromHours(24));
        RetrySchedule.Webhooks.After(10, 0, TimeSpan.FromMinutes(7)).ShouldBeNull("nobody tries any more");
    }

    [Fact]
    public void Jitter_takes_off_up_to_a_tenth()
    {
        RetrySchedule.Webhooks.After(1, 0).ShouldBe(TimeSpan.FromSeconds(5));
        RetrySchedule.Webhooks.After(1, 1).ShouldBe(TimeSpan.FromSeconds(4.5));
    }
}
