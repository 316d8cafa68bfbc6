using Microsoft.Extensions.Time.Testing;
using Zweizeiler.Marketplace.Features.Claims;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Turns_at_a_job
{
    private static readonly Guid Job = new(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
    private static readonly Guid Other = new(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
    private static readonly Guid Winner = new(3, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_stands_behind_the_winner_learns_of_it_and_who_comes_later_looks_for_herself()
    {
        var turns = new JobTurns(TimeProvider.System);
        var first = await turns.EnterAsync(Job, Patience);
        var second = turns.EnterAsync(Job, Patience);
        second.IsCompleted.ShouldBeFalse();
        using (var elsewhere = await turns.EnterAsync(Other, Patience))
        {
            elsewhere.TakenBy.ShouldBeNull();
        }

        first.Taken(Winner);
        first.Dispose();
        using (var behind = await second)
        {
            behind.TakenBy.ShouldBe(Winner);
        }

        using var later = await turns.EnterAsync(Job, Patience);
        later.TakenBy.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_comes_second_waits_for_the_first_one_and_learns_of_the_winner_and_so_does_whoever_comes_while_she_is_there()
    {
        var turns = new JobTurns(TimeProvider.System);
        using (var alone = turns.Arrive(Job))
        {
            (await alone.WinnerAsync(Patience)).ShouldBeNull("nobody else is there");
        }

        var first = turns.Arrive(Job);
        (await first.WinnerAsync(Patience)).ShouldBeNull();
        var second = turns.Arrive(Job);
        var told = second.WinnerAsync(Patience);
        told.IsCompleted.ShouldBeFalse();
        using (var turn = await turns.EnterAsync(Job, Patience))
        {
            turn.Taken(Winner);
        }

        (await told).ShouldBe(Winner);
        first.Dispose();
        using (var third = turns.Arrive(Job))
        {
            (await third.WinnerAsync(Patience)).ShouldBe(Winner);
        }

        second.Dispose();
        turns.PeopleAt(Job).ShouldBe(0);
        using var later = turns.Arrive(Job);
        (await later.WinnerAsync(Patience)).ShouldBeNull("and then it is forgotten");
    }

    [Fact]
    public async Task Behind_one_who_does_not_get_it_the_next_one_tries_while_the_others_wait()
    {
        var turns = new JobTurns(TimeProvider.System);
        var first = turns.Arrive(Job);
        (await first.WinnerAsync(Patience)).ShouldBeNull();
        using var second = turns.Arrive(Job);
        using var third = turns.Arrive(Job);
        var told = new[] { second.WinnerAsync(Patience), third.WinnerAsync(Patience) };

        // Sent away before it was her turn.
        first.Dispose();
        var next = await Task.WhenAny(told);
        (await next).ShouldBeNull();
        told.Count(t => t.IsCompleted).ShouldBe(1);

        using (var turn = await turns.EnterAsync(Job, Patience))
        {
            turn.Taken(Winner);
        }

        (await told.Single(t => t != next)).ShouldBe(Winner);
    }

    [Fact]
    public async Task Nobody_waits_long_for_a_first_one_whose_request_does_not_come()
    {
        var time = new FakeTimeProvider();
        var turns = new JobTurns(time);
        using var first = turns.Arrive(Job);
        (await first.WinnerAsync(Patience)).ShouldBeNull();
        using var second = turns.Arrive(Job);
        var told = second.WinnerAsync(Patience);
        time.Advance(TimeSpan.FromMilliseconds(499));
        told.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(1));
        (await told).ShouldBeNull();
    }

    [Fact]
    public async Task A_line_that_never_ends_forgets_its_winner()
    {
        var time = new FakeTimeProvider();
        var turns = new JobTurns(time);
        using var first = turns.Arrive(Job);
        using (var turn = await turns.EnterAsync(Job, Patience))
        {
            turn.Taken(Winner);
        }

        using var second = turns.Arrive(Job);
        (await second.WinnerAsync(Patience)).ShouldBe(Winner);
        time.Advance(TimeSpan.FromSeconds(2));
        using var third = turns.Arrive(Job);
        (await third.WinnerAsync(Patience)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_gives_up_waiting_holds_up_nobody()
    {
        var turns = new JobTurns(TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        var first = await turns.EnterAsync(Job, Patience);
        var second = turns.EnterAsync(Job, leaving.Token);
        var third = turns.EnterAsync(Job, Patience);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        first.Dispose();

        using var turn = await third;
        turn.TakenBy.ShouldBeNull();
    }
}
