using Zweizeiler.Demo;

namespace Zweizeiler.SystemTests;

public sealed class Starting_the_stack(Stack stack)
{
    [Fact]
    public async Task Started_twice_on_the_same_data_it_says_so_and_leaves_the_first_alone()
    {
        await using var second = LocalRun.Launch(Checkout.Root, stack.Data, LocalRun.FreePort(), null, "--no-build");
        await second.EndAsync(Stack.Cancelled);

        second.ExitCode.ShouldNotBe(0);
        second.Output.ShouldContain("runs already");
        second.Output.ShouldContain(stack.Details.Gateway.AbsoluteUri.TrimEnd('/'));
        stack.Run.HasEnded.ShouldBeFalse();
        using var merchant = stack.Merchant();
        await merchant.Billing.GetBalanceAsync(Stack.Cancelled);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var data = new DataFolder();
        await using var second = LocalRun.Launch(Checkout.Root, data.Path, stack.Details.Gateway.Port, null, "--no-build");
        await second.EndAsync(Stack.Cancelled);

        second.ExitCode.ShouldNotBe(0);
        second.Output.ShouldContain($"Port {stack.Details.Gateway.Port} is taken");
    }

    [Fact]
    public void The_details_name_every_process()
    {
        foreach (var service in new[] { "orders", "marketplace", "billing", "notifications", "gateway" })
        {
            stack.Details.ProcessesOf(service).ShouldAllBe(process => Stack.IsRunning(process));
        }
    }

    [Fact]
    public void Orders_go_first_where_all_share_a_processor()
    {
        foreach (var (service, nice) in new[] { ("gateway", 0), ("orders", 0), ("billing", 10), ("marketplace", 10), ("notifications", 15) })
        {
            foreach (var process in stack.Details.ProcessesOf(service))
            {
                // proc(5): the 17th field after the program's name, which stands in parentheses.
                File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ')[16].ShouldBe($"{nice}", service);
                var group = $"/proc/{process}/autogroup";
                if (File.Exists(group))
                {
                    File.ReadAllText(group).Trim().ShouldEndWith($"nice {nice}", Shouldly.Case.Sensitive, service);
                }
            }
        }
    }

    [Fact]
    public void The_details_are_for_their_owner_only()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(stack.Data, "resources.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
