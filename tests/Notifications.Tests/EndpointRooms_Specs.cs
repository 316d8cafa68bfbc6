using Microsoft.Extensions.Time.Testing;
using Zweizeiler.Notifications.Features.SendWebhooks;

namespace Zweizeiler.Notifications.Tests;

public class EndpointRooms_Specs
{
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private readonly Guid _endpoint = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    private readonly FakeTimeProvider _time = new();
    private readonly EndpointRooms _rooms;

    public EndpointRooms_Specs() => _rooms = new EndpointRooms(_time);

    private int Free => _rooms.Snapshot().Single(r => r.EndpointId == _endpoint).Free;

    [Fact]
    public void Whoever_answers_quickly_gets_one_more_each_time_and_who_is_slow_half()
    {
        Answers(true, Quick, 3);
        Free.ShouldBe(EndpointRooms.First + 3);
        Answers(true, Quick, 200);
        Free.ShouldBe(64);
        Answers(true, Slow);
        Free.ShouldBe(32);
    }

    [Fact]
    public void What_is_on_its_way_takes_room()
    {
        _rooms.Enter(_endpoint);
        Free.ShouldBe(EndpointRooms.First - 1);
    }

    [Fact]
    public void Whoever_fails_gets_one_at_a_time_and_after_eight_failures_one_now_and_then()
    {
        Answers(false, Quick, EndpointRooms.Patience - 1);
        Free.ShouldBe(1);

        Answers(false, Quick);
        Free.ShouldBe(0);
        _time.Advance(EndpointRooms.Pause - TimeSpan.FromMilliseconds(1));
        Free.ShouldBe(0);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Free.ShouldBe(1);

        // The one that was tried fails as well.
        Answers(false, Quick);
        Free.ShouldBe(0);
    }

    [Fact]
    public void With_the_first_success_it_is_back()
    {
        Answers(false, Quick, EndpointRooms.Patience);
        _time.Advance(EndpointRooms.Pause);
        Answers(true, Quick);
        Free.ShouldBe(2);
        Answers(false, Quick, EndpointRooms.Patience - 1);
        Free.ShouldBe(1, "it is counted anew");
    }

    [Fact]
    public void Failures_among_successes_are_those_of_what_was_sent()
    {
        for (var i = 0; i < 3 * EndpointRooms.Patience; i++)
        {
            Answers(false, Quick);
            Answers(true, Quick);
        }

        Free.ShouldBe(2);
    }

    private void Answers(bool succeeded, TimeSpan duration, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            _rooms.Enter(_endpoint);
            _rooms.Leave(_endpoint, succeeded, duration);
        }
    }
}
