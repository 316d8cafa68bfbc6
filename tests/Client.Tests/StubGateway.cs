using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Zweizeiler.Client.Tests;

/// <summary>Answers on a real port what the test has lined up, and remembers what it was asked.</summary>
internal sealed class StubGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();

    private StubGateway(WebApplication app) => _app = app;

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public Uri Address => new(_app.Urls.Single());

    public static async Task<StubGateway> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StubGateway(app);
        app.Run(stub.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public StubGateway Answers(int status, string body, string contentType = "application/json", int? retryAfter = null, string? eTag = null)
    {
        _answers.Enqueue(async context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            if (retryAfter is { } seconds)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }

            if (eTag is not null)
            {
                context.Response.Headers.ETag = eTag;
            }

            await context.Response.WriteAsync(body);
        });
        return this;
    }

    public StubGateway AnswersProblem(int status, string code, int? retryAfter = null) =>
        Answers(status, $$"""{"type":"urn:zweizeiler:problem:{{code}}","title":"A title","status":{{status}},"code":"{{code}}","traceId":"abc"}""", "application/problem+json", retryAfter);

    public StubGateway DropsTheConnection()
    {
        _answers.Enqueue(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        return this;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue(new Asked(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString.Value,
            context.Request.Headers.Authorization.ToString(),
            context.Request.Headers["Idempotency-Key"].ToString(),
            await reader.ReadToEndAsync())
        {
            IfMatch = context.Request.Headers.IfMatch.ToString(),
            Accept = context.Request.Headers.Accept.ToString(),
            ContentType = context.Request.Headers.ContentType.ToString(),
        });
        if (_answers.TryDequeue(out var answer))
        {
            await answer(context);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status501NotImplemented;
        }
    }

    public sealed record Asked(string Method, string Path, string Authorization, string IdempotencyKey, string Body)
    {
        public string IfMatch { get; init; } = "";

        public string Accept { get; init; } = "";

        public string ContentType { get; init; } = "";
    }
}
