using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Zweizeiler.ServiceDefaults.Tests;

public class ProcessPriority_Specs
{
    [Theory, InlineData("20"), InlineData("-1")]
    public void Niceness_out_of_range_is_refused(string nice)
    {
        var builder = WebApplication.CreateBuilder(["--Process:Nice", nice]);
        Should.Throw<InvalidOperationException>(() => builder.AddServiceDefaults("orders")).Message.ShouldContain("Process:Nice");
    }

    [Fact]
    public async Task A_process_stands_back_once_it_has_started()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Niceness() == 0, "Only a process of ordinary priority on Linux can show it.");
        var builder = WebApplication.CreateBuilder(["--Process:Nice", "1", "--urls", "http://127.0.0.1:0"]);
        builder.AddServiceDefaults("orders");
        var starting = new WhileStarting();
        builder.Services.AddHostedService(_ => starting);
        await using var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);

        starting.Niceness.ShouldBe(0);
        Niceness().ShouldBe(1);
    }

    private sealed class WhileStarting : IHostedService
    {
        public int? Niceness { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Niceness = ProcessPriority_Specs.Niceness();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    /// <summary>Of the process's first thread: the nineteenth field, counted behind the name, which is in parentheses and may hold anything.</summary>
    private static int Niceness()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture);
    }
}
