using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Zweizeiler.Portal;

/// <summary>Somebody signed in, who reads pages and takes jobs.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;
    private string _token = "";

    private Browser(Uri portal, Guid id)
    {
        Id = id;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = portal };
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        _http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, br");
    }

    public Guid Id { get; }

    /// <summary>A job that her start page offers.</summary>
    public string SomeJob { get; private set; } = "";

    public static async Task<Browser> SignInAsync(Uri portal, Guid id, string email, string password)
    {
        var browser = new Browser(portal, id);
        var page = await browser._http.GetStringAsync(new Uri("/portal/sign-in", UriKind.Relative));
        using var form = Form(("Email", email), ("Password", password), ("__RequestVerificationToken", TokenPattern().Match(page).Groups[1].Value));
        using var answer = await browser._http.PostAsync(new Uri("/portal/sign-in", UriKind.Relative), form);
        if (answer.StatusCode != HttpStatusCode.Redirect || answer.Headers.Location?.ToString() is not { } start)
        {
            throw new InvalidOperationException("Signing in failed.");
        }

        page = await browser._http.GetStringAsync(new Uri(start, UriKind.Relative));
        browser._token = TokenPattern().Match(page).Groups[1].Value;
        browser.SomeJob = JobPattern().Match(page).Groups[1].Value;
        return browser;
    }

    /// <summary>From the request to the last byte of the page, and what it transfers.</summary>
    public async Task<(TimeSpan Time, long Bytes)> TimeAsync(string path)
    {
        var begun = Stopwatch.GetTimestamp();
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
        var body = await answer.Content.ReadAsByteArrayAsync();
        var time = Stopwatch.GetElapsedTime(begun);
        answer.EnsureSuccessStatusCode();
        return (time, body.Length);
    }

    public async Task<(TimeSpan Time, bool Won)> ClaimAsync(string job)
    {
        using var form = Form(("__RequestVerificationToken", _token));
        var begun = Stopwatch.GetTimestamp();
        using var answer = await _http.PostAsync(new Uri($"/portal/jobs/{job}?handler=Claim", UriKind.Relative), form);
        var time = Stopwatch.GetElapsedTime(begun);
        return answer.StatusCode == HttpStatusCode.Redirect
            ? (time, answer.Headers.Location!.ToString().EndsWith(job, StringComparison.Ordinal))
            : throw new InvalidOperationException($"A claim was answered {answer.StatusCode}.");
    }

    public async Task<OpenPage> OpenLiveAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/portal/live");
        request.Headers.Accept.ParseAdd("text/event-stream");
        return new OpenPage(await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    public void Dispose() => _http.Dispose();

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));

    [GeneratedRegex("__RequestVerificationToken\" (?:type=\"hidden\" )?value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();

    [GeneratedRegex("data-job=\"(job_[^\"]+)\"")]
    private static partial Regex JobPattern();
}
