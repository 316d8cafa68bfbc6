using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>Billing as the portal meets it: what it is asked, in whose name, and what it says to that.</summary>
public sealed class PlayedBilling : HttpMessageHandler
{
    public ConcurrentQueue<Asked> All { get; } = [];

    public bool IsAway { get; set; }

    /// <summary>The answer to a path; what is not here is an empty list, or done.</summary>
    public ConcurrentDictionary<string, (HttpStatusCode Status, string Type, string Content)> Answers { get; } = [];

    public IEnumerable<Asked> Sent => All.Where(a => a.Method != "GET");

    public void Says(string path, string json, HttpStatusCode status = HttpStatusCode.OK) => Answers[path] = (status, "application/json", json);

    public void Refuses(string path, string pointer, string code, string detail = "In Billing's own words.") => Says(
        path, $$"""{"type": "t", "title": "t", "status": 422, "code": "request.invalid", "traceId": "1", "errors": [{"pointer": "{{pointer}}", "code": "{{code}}", "detail": "{{detail}}"}]}""",
        HttpStatusCode.UnprocessableEntity);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new HttpRequestException("Nobody answers.");
        }

        var token = new JsonWebToken(request.Headers.Authorization!.Parameter);
        var path = request.RequestUri!.PathAndQuery;
        All.Enqueue(new Asked(
            request.Method.Method, path, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken),
            token.GetClaim("scope").Value, token.GetClaim("key").Value));
        var (status, type, content) = Answers.TryGetValue(path, out var said) ? said
            : request.Method != HttpMethod.Get ? (HttpStatusCode.NoContent, "application/json", "")
            : (HttpStatusCode.OK, "application/json", "[]");
        return new HttpResponseMessage(status) { Content = new StringContent(content, Encoding.UTF8, type) };
    }

    public sealed record Asked(string Method, string Path, string Body, string Scope, string Key)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;
    }
}
