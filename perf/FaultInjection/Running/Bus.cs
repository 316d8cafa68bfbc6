using System.Net.Http.Json;
using System.Text.Json;
using Zweizeiler.Demo;
using Zweizeiler.FaultInjection.Oracle;

namespace Zweizeiler.FaultInjection.Running;

/// <summary>The broker, by its management API: what waits in queues, and a queue beside all others that gets a copy of every message.</summary>
internal sealed class Bus(StackUnderTest stack)
{
    private const string Copies = "faults-copies";
    private const int Portion = 500;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>From now on each message of the services is kept once more.</summary>
    public async Task CopyAsync(CancellationToken cancellationToken)
    {
        await SendAsync(HttpMethod.Put, $"queues/%2F/{Copies}", new { durable = true }, cancellationToken);
        // MassTransit's exchange of a message is named after its namespace and type.
        foreach (var exchange in (await GetAsync("exchanges", cancellationToken)).EnumerateArray().Select(e => e.GetProperty("name").GetString()!).Where(n => n.Contains(':', StringComparison.Ordinal)))
        {
            await SendAsync(HttpMethod.Post, $"bindings/%2F/e/{Uri.EscapeDataString(exchange)}/q/{Copies}", new { routing_key = "" }, cancellationToken);
        }
    }

    /// <summary>Messages in each queue of the services.</summary>
    public async Task<IReadOnlyList<Leftover>> QueuesAsync(CancellationToken cancellationToken) =>
    [
        .. (await GetAsync("queues", cancellationToken)).EnumerateArray()
            .Where(q => q.GetProperty("name").GetString() != Copies)
            .Select(q => new Leftover($"queue {q.GetProperty("name").GetString()}", q.TryGetProperty("messages", out var n) ? n.GetInt64() : 0)),
    ];

    /// <summary>Everything that went over the bus, and what lies in error queues, searched for a text.</summary>
    public async Task<IReadOnlyList<SearchedPlace>> SearchAsync(string text, CancellationToken cancellationToken)
    {
        var places = new List<SearchedPlace> { await SearchAsync(Copies, "ack_requeue_false", text, cancellationToken) };
        foreach (var queue in (await QueuesAsync(cancellationToken)).Where(q => q.Count > 0))
        {
            places.Add(await SearchAsync(queue.Place["queue ".Length..], "ack_requeue_true", text, cancellationToken));
        }

        return places;
    }

    private async Task<SearchedPlace> SearchAsync(string queue, string afterwards, string text, CancellationToken cancellationToken)
    {
        var (bytes, isThere) = (0L, false);
        while (true)
        {
            using var answer = await stack.Management.PostAsync(
                new Uri($"queues/%2F/{queue}/get", UriKind.Relative), JsonContent.Create(new { count = Portion, ackmode = afterwards, encoding = "auto" }), cancellationToken);
            answer.EnsureSuccessStatusCode();
            var page = await answer.Content.ReadAsStringAsync(cancellationToken);
            bytes += page.Length;
            isThere |= page.Contains(text, StringComparison.Ordinal);
            // What is put back would come again.
            if (page.Length < 3 || afterwards == "ack_requeue_true")
            {
                return new SearchedPlace($"queue {queue}", bytes, isThere);
            }
        }
    }

    private async Task<JsonElement> GetAsync(string what, CancellationToken cancellationToken)
    {
        JsonElement answer = default;
        await Wait.ForAsync(
            "An answer of the broker's management",
            Patience,
            async token =>
            {
                try
                {
                    answer = await stack.Management.GetFromJsonAsync<JsonElement>(new Uri(what, UriKind.Relative), token);
                    return "answered";
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            },
            cancellationToken);
        return answer;
    }

    private async Task SendAsync(HttpMethod method, string what, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(what, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await stack.Management.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
