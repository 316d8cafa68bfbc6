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
