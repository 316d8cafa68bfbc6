using System.Net;
using System.Text.RegularExpressions;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>Somebody with a browser without script: pages and forms, cookies and redirects.</summary>
public sealed partial class Visitor(HttpClient http) : IDisposable
{
    public HttpClient Http { get; } = http;

    public async Task<string> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        var html = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, $"{path} {response.Headers.Location}");
        return html;
    }

    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return response.StatusCode;
    }

    public async Task SignInAsync(string email, string password = Market.Password)
    {
        using var answer = await PostAsync("/portal/sign-in", "/portal/sign-in", new() { ["Email"] = email, ["Password"] = password });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    /// <summary>Sends a form, with the token of the page that it stands on.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string action, Dictionary<string, string> fields, bool asScript = false)
    {
        var html = await GetAsync(page);
        return await PostWithAsync(TokenPattern().Match(html).Groups[1].Value, action, fields, asScript);
    }

    public async Task<HttpResponseMessage> PostWithAsync(string token, string action, Dictionary<string, string> fields, bool asScript = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, action)
        {
            Content = new FormUrlEncodedContent(fields.Append(new("__RequestVerificationToken", token))),
        };
        if (asScript)
        {
            request.Headers.Add("X-Portal-Script", "1");
        }

        return await Http.SendAsync(request);
    }

    public async Task<string> TokenAsync(string page) => TokenPattern().Match(await GetAsync(page)).Groups[1].Value;

    /// <summary>Takes a job from the start page; the words of the page that follows.</summary>
    public async Task<string> ClaimAsync(string job)
    {
        using var answer = await PostAsync("/portal", $"/portal/jobs/{job}?handler=Claim", []);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return WebUtility.HtmlDecode(await GetAsync(answer.Headers.Location!.ToString()));
    }

    public async Task<HttpResponseMessage> DeliverAsync(string job, string text, params (string Key, string Because)[] because)
    {
        var fields = because.ToDictionary(b => $"because:{b.Key}", b => b.Because);
        fields["Text"] = text;
        return await SendFromBenchAsync(job, "Deliver", fields);
    }

    /// <summary>As the page's form does, with the draft's version unless another is given.</summary>
    public async Task<HttpResponseMessage> SendFromBenchAsync(string job, string handler, Dictionary<string, string> fields)
    {
        var page = await GetAsync($"/portal/work/{job}");
        fields.TryAdd("Version", VersionPattern().Match(page).Groups[1].Value);
        return await PostWithAsync(TokenPattern().Match(page).Groups[1].Value, $"/portal/work/{job}?handler={handler}", fields);
    }

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("__RequestVerificationToken\" (?:type=\"hidden\" )?value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();

    [GeneratedRegex("name=\"Version\" id=\"version\" value=\"([0-9]+)\"")]
    private static partial Regex VersionPattern();
}
