using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Zweizeiler.Notifications.Tests;

/// <summary>What a receiver gets is what the reference implementation of Standard Webhooks (npm) verifies.</summary>
public sealed class Standard_webhooks_Specs(TestServers servers) : ReceivingSpecs(servers)
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);

    private readonly Merchant _merchant = Merchant.New();

    [Fact]
    public async Task Real_deliveries_are_verified_before_while_and_after_the_secret_is_rotated()
    {
        using var client = Service.ClientOf(_merchant.Id);
        var (id, first, tag) = await Service.CreateEndpointAsync(client, Receiver.Url);
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1, reference: "Größe „M“ 👍🏽 \u2028 <b>"));
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 1, "the first");

        using var rotate = new HttpRequestMessage(HttpMethod.Post, $"/v1/webhook-endpoints/{id}/rotate-secret") { Headers = { IfMatch = { new(tag) } } };
        using var rotated = await client.SendAsync(rotate, TestContext.Current.CancellationToken);
        rotated.EnsureSuccessStatusCode();
        var second = (await rotated.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("secret").GetString()!;
        second.ShouldNotBe(first);
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 2, "the second");
        using var test = await client.PostAsync($"/v1/webhook-endpoints/{id}/test", null, TestContext.Current.CancellationToken);
        test.EnsureSuccessStatusCode();

        await Service.InDatabaseAsync(db => Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(
            db.Database, "UPDATE webhook_endpoints SET previous_until = now() - interval '1 second'"));
        await Service.PublishAsync(_merchant.Event(Merchant.NewId(), 1));
        await Eventually.Within(Service.Deadline, () => Receiver.All.Count == 4, "the last");

        var all = Receiver.All.ToList();
        all[0].Signature.Split(' ').Length.ShouldBe(1);
        all[1].Signature.Split(' ').Length.ShouldBe(2);
        all[3].Signature.Split(' ').Length.ShouldBe(1);
        var forged = all[0] with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(all[0].Body).Replace("placed", "funded", StringComparison.Ordinal)) };
        var said = await VerifyAsync(
            (first, all[0]), (second, all[0]), (first, forged), (first, all[0] with { Id = "evt_other" }),
            (first, all[1]), (second, all[1]), (first, all[2]), (second, all[2]), (first, all[3]), (second, all[3]));
        said.Select(s => s.TryGetProperty("verified", out _)).ShouldBe([true, false, false, false, true, true, true, true, false, true]);
        said[0].GetProperty("verified").GetProperty("type").GetString().ShouldBe("job.placed");
        said[6].GetProperty("verified").GetProperty("type").GetString().ShouldBe("webhook.test");
    }

    private static async Task<List<JsonElement>> VerifyAsync(params (string Secret, Received Received)[] deliveries)
    {
        var folder = await InstalledAsync();
        var input = new StringBuilder();
        foreach (var (secret, received) in deliveries)
        {
            input.Append(JsonSerializer.Serialize(new
            {
                secret,
                headers = new Dictionary<string, string>
                {
                    ["webhook-id"] = received.Id,
                    ["webhook-timestamp"] = received.Timestamp,
                    ["webhook-signature"] = received.Signature,
                },
                body = Encoding.UTF8.GetString(received.Body),
            })).Append('\n');
        }

        var output = await RunAsync("node", folder, input.ToString(), "verify.js");
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>The package as its lock file says, in the folder of the sources.</summary>
    private static async Task<string> InstalledAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Platform.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests do not run below the sources.");
        }

        var folder = Path.Combine(root.FullName, "tests", "Notifications.Tests", "standard-webhooks");
        if (!File.Exists(Path.Combine(folder, "node_modules", "standardwebhooks", "package.json")))
        {
            await RunAsync("npm", folder, "", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }

        return folder;
    }

    private static async Task<string> RunAsync(string program, string folder, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(InstallLimit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }
}
