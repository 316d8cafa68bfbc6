using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Zweizeiler.Notifications.Features.SendWebhooks;

namespace Zweizeiler.Notifications.Tests;

/// <summary>One call of an endpoint: how long it may take, and what is kept of its answer.</summary>
public sealed class WebhookClient_Specs : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero));
    private readonly TaskCompletionSource _called = new();
    private WebhookClient _client = null!;
    private Receiver _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        _client = new WebhookClient(new AddressGuard(["127.0.0.0/8"]), _time);
        _receiver = await Receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Who_does_not_answer_within_fifteen_seconds_has_not_answered()
    {
        _receiver.Say = async http =>
        {
            _called.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        var sending = SendAsync();
        await _called.Task;
        _time.Advance(TimeSpan.FromSeconds(14.9));
        sending.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var outcome = await sending.WaitAsync(Service.Deadline, TestContext.Current.CancellationToken);
        (outcome.Succeeded, outcome.Status, outcome.Failure).ShouldBe((false, null, "timeout"));
        outcome.Duration.ShouldBe(TimeSpan.FromSeconds(15.1));
    }

    [Fact]
    public async Task Who_has_said_the_status_and_never_ends_has_answered_and_its_first_kilobyte_is_kept()
    {
        _receiver.Answer = _ => 200;
        _receiver.Say = async http =>
        {
            await http.Response.WriteAsync(new string('x', 3000), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        var outcome = await SendAsync();
        (outcome.Succeeded, outcome.Status, outcome.Body).ShouldBe((true, 200, new string('x', 1024)));
    }

    [Fact]
    public async Task Who_begins_an_answer_and_stops_is_not_waited_for_longer_either()
    {
        _receiver.Answer = _ => 500;
        _receiver.Say = async http =>
        {
            await http.Response.WriteAsync("some", http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            _called.SetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        var sending = SendAsync();
        await _called.Task;
        // Its head may still be on its way; what counts is that the call ends.
        await Eventually.Within(Service.Deadline, () =>
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            return sending.IsCompleted;
        }, "the end");
        (await sending).Succeeded.ShouldBeFalse();
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("Mon, 23 Nov 2026 18:05:00 GMT", 300)]
    [InlineData("soon", null)]
    public async Task It_hears_how_long_to_wait_as_seconds_and_as_a_date(string said, int? seconds)
    {
        _receiver.Answer = _ => 503;
        _receiver.Say = http =>
        {
            http.Response.Headers.RetryAfter = said;
            return Task.CompletedTask;
        };
        (await SendAsync()).RetryAfter.ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null, said.ToString(CultureInfo.InvariantCulture));
    }

    private Task<WebhookOutcome> SendAsync() =>
        _client.SendAsync(new WebhookTarget(new Uri(_receiver.Url), [new byte[24]]), "evt_1", "{}"u8.ToArray(), TestContext.Current.CancellationToken);
}
