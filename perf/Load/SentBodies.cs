using Zweizeiler.Client;
using Zweizeiler.Demo;

namespace Zweizeiler.Load;

/// <summary>Takes down the bodies that the client sends, so that what is measured is ordered in exactly its words.</summary>
internal sealed class SentBodies() : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly List<byte[]> _bodies = [];

    /// <summary>Places each sample once and says what went over the wire for it.</summary>
    public static async Task<IReadOnlyList<byte[]>> OfAsync(StackDetails details, IReadOnlyList<Sample> samples, CancellationToken cancellationToken)
    {
        var sent = new SentBodies();
        using var http = new HttpClient(sent) { BaseAddress = details.Gateway };
        using var client = new ZweizeilerClient(http, details.Keys.Test);
        foreach (var sample in samples)
        {
            await client.Jobs.CreateAsync(sample.Job, cancellationToken: cancellationToken);
        }

        return sent._bodies;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _bodies.Add(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        return await base.SendAsync(request, cancellationToken);
    }
}
