namespace Zweizeiler.Gateway.Routing;

/// <summary>
/// A live feed ends when this gateway is stopping; its page asks again and comes to another one. All other requests are finished, and a feed never is.
/// </summary>
internal sealed class EndlessAnswers(IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await next(context);
            return;
        }

        var client = context.RequestAborted;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(client, lifetime.ApplicationStopping);
        context.RequestAborted = ending.Token;
        try
        {
            await next(context);
        }
        finally
        {
            context.RequestAborted = client;
        }
    }
}
