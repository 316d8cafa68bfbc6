using Zweizeiler.Notifications.Domain;

namespace Zweizeiler.Notifications.Tests;

public class RetrySchedule_Specs
{
    [Fact]
    public void Webhooks_are_tried_for_three_days_and_then_given_up()
    {
        var total = Enumerable.Range(1, RetrySchedule.Webhooks.Delays.Count).Select(n => RetrySchedule.Webhooks.After(n, 0)!.Value).Aggregate((a, b) => a + b);
        total.TotalDays.ShouldBeInRange(2.9, 3);
        RetrySchedule.Webhooks.After(RetrySchedule.Webhooks.Delays.Count + 1, 0).ShouldBeNull();
    }

    [Fact]
    public void Jitter_takes_off_up_to_a_tenth()
    {
        RetrySchedule.Webhooks.After(1, 0).ShouldBe(TimeSpan.FromSeconds(5));
        RetrySchedule.Webhooks.After(1, 1).ShouldBe(TimeSpan.FromSeconds(4.5));
    }
}
