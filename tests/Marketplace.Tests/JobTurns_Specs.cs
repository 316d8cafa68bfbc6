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
        var turns = new JobTurns();
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
    public async Task Who_looks_on_learns_of_the_winner_and_so_does_whoever_comes_while_she_is_still_there()
    {
        var turns = new JobTurns();
        (await turns.WatchAsync(Job, _ => Task.FromResult(true), Patience)).ShouldBeFalse("nobody is there");
        var first = await turns.EnterAsync(Job, Patience);
        var leaving = new TaskCompletionSource<bool>();
        var told = new List<Guid>();
        var looking = turns.WatchAsync(Job, winner =>
        {
            told.Add(winner);
            return leaving.Task;
        }, Patience);
        looking.IsCompleted.ShouldBeFalse();

        first.Taken(Winner);
        first.Dispose();
        (await turns.WatchAsync(Job, winner => Task.FromResult(winner == Winner), Patience)).ShouldBeTrue();
        leaving.SetResult(true);

        (await looking).ShouldBeTrue();
        told.ShouldBe([Winner]);
        turns.PeopleAt(Job).ShouldBe(0);
        (await turns.WatchAsync(Job, _ => Task.FromResult(true), Patience)).ShouldBeFalse("and then it is forgotten");
    }

    [Fact]
    public async Task Who_looks_on_at_somebody_who_does_not_get_it_is_told_nothing()
    {
        var turns = new JobTurns();
        var first = await turns.EnterAsync(Job, Patience);
        var looking = turns.WatchAsync(Job, _ => Task.FromResult(true), Patience);
        first.Dispose();
        (await looking).ShouldBeFalse();
    }

    [Fact]
    public async Task Who_gives_up_waiting_holds_up_nobody()
    {
        var turns = new JobTurns();
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
