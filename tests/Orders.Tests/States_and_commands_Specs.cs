using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

/// <summary>The whole table through the API: what is possible works, everything else is a 409 that says what is possible.</summary>
public class States_and_commands_Specs(SharedApp shared)
{
    private static readonly Dictionary<string, string> Bodies = new()
    {
        [JobCommand.Cancel] = "{}",
        [JobCommand.Write] = """{"text":"Danke!"}""",
        [JobCommand.Accept] = "{}",
        [JobCommand.Revise] = """{"reason":"tone"}""",
        [JobCommand.Reject] = """{"reason":"meaning","passages":[{"start":0,"end":3}]}""",
        [JobCommand.Complain] = """{"reason":"other"}""",
        [JobCommand.CloseComplaint] = """{"satisfied":true}""",
    };

    [Theory]
    [InlineData("placed", "cancel", "messages")]
    [InlineData("payment_required", "cancel", "messages")]
    [InlineData("open", "cancel", "messages")]
    [InlineData("in_progress", "cancel", "messages")]
    [InlineData("on_hold", "cancel", "messages")]
    [InlineData("in_review", "accept", "revision", "reject", "messages")]
    [InlineData("in_revision", "messages")]
    [InlineData("disputed", "messages")]
    [InlineData("accepted", "complaint")]
    [InlineData("refunded")]
    [InlineData("cancelled")]
    [InlineData("expired")]
    public async Task In_every_state_what_is_not_possible_is_refused_and_what_is_works(string state, params string[] possible)
    {
        var merchant = await shared.App.NewMerchantAsync();
        var job = await Marketplace.BringAsync(merchant, state);
        var before = (await job.JobAsync()).ToJsonString();
        foreach (var (command, body) in Bodies.Where(b => !possible.Contains(b.Key)))
        {
            var problem = await job.RefusedAsync(command, body);
            ((string)problem["state"]!).ShouldBe(state);
            problem["possible"]!.AsArray().Select(p => (string)p!).ShouldBe(possible, command);
        }

        (await job.JobAsync()).ToJsonString().ShouldBe(before);
        foreach (var command in possible)
        {
            await (await Marketplace.BringAsync(merchant, state)).CommandAsync(command, Bodies[command]);
        }
    }

    [Fact]
    public void The_table_knows_every_state_and_every_command()
    {
        Bodies.Keys.ShouldBe(typeof(JobCommand).GetFields().Select(f => (string)f.GetValue(null)!), ignoreOrder: true);
        typeof(States_and_commands_Specs).GetMethod(nameof(In_every_state_what_is_not_possible_is_refused_and_what_is_works))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>().Select(d => (string)d.Data[0]!)
            .ShouldBe(JobStates.All, ignoreOrder: true);
    }
}
