namespace Zweizeiler.Testing;

public sealed class Eventually_Specs
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task Waits_until_the_condition_holds()
    {
        var asked = 0;

        await Eventually.Within(TimeSpan.FromSeconds(10), () => ++asked == 4);

        asked.ShouldBe(4);
    }

    [Fact]
    public async Task Says_what_did_not_come_true()
    {
        var failure = await Should.ThrowAsync<TimeoutException>(() => Eventually.Within(Soon, () => false, "The parcel's arrival"));

        failure.Message.ShouldStartWith("The parcel's arrival");
    }

    [Fact]
    public async Task Throws_what_the_assertions_said_last()
    {
        var round = 0;

        var failure = await Should.ThrowAsync<InvalidOperationException>(
            () => Eventually.Passes(Soon, () => throw new InvalidOperationException($"round {++round}")));

        failure.Message.ShouldBe($"round {round}");
        round.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Returns_what_the_probe_found()
    {
        var asked = 0;

        var found = await Eventually.Found(TimeSpan.FromSeconds(10), () => Task.FromResult(++asked < 3 ? null : "here"));

        found.ShouldBe("here");
    }
}
