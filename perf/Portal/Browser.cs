using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Zweizeiler.Load;

namespace Zweizeiler.Portal;

/// <summary>Somebody signed in, who reads pages and takes jobs.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly Uri _portal;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;
    private Wire? _wire;
    private string _token = "";

    private Browser(Uri portal, Guid id)
    {
        (_portal, Id) = (portal, id);
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = portal };
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

    /// <summary>Whatever can be made ready before a claim, so that the claim's time is the server's.</summary>
    public async Task<byte[]> ReadyToClaimAsync(string job)
    {
        _wire ??= await Wire.OpenAsync(_portal, CancellationToken.None);
        using var form = Form(("__RequestVerificationToken", _token));
        var body = await form.ReadAsByteArrayAsync();
        return
        [
            .. Encoding.ASCII.GetBytes(
                $"POST /portal/jobs/{job}?handler=Claim HTTP/1.1\r\nHost: {_portal.Authority}\r\nCookie: {_cookies.GetCookieHeader(new Uri(_portal, "/portal"))}\r\nAccept-Language: de\r\n"
                + string.Create(CultureInfo.InvariantCulture, $"Content-Type: {form.Headers.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n")),
            .. body,
        ];
    }

    /// <param name="job">What is claimed.</param>
    /// <param name="request">What was made ready for it.</param>
    public async Task<(TimeSpan Time, bool Won)> ClaimAsync(string job, byte[] request)
    {
        var begun = Stopwatch.GetTimestamp();
        var status = await _wire!.SendAsync(request, CancellationToken.None);
        var time = Stopwatch.GetElapsedTime(begun);
        return status == (int)HttpStatusCode.Redirect
            ? (time, _wire.HasRead(Encoding.ASCII.GetBytes($"/{job}\r\n")))
            : throw new InvalidOperationException($"A claim was answered {status}.");
    }

    public async Task<OpenPage> OpenLiveAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/portal/live");
        request.Headers.Accept.ParseAdd("text/event-stream");
        return new OpenPage(await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
    }

    public void Dispose()
    {
        _wire?.Dispose();
        _http.Dispose();
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));

    [GeneratedRegex("__RequestVerificationToken\" (?:type=\"hidden\" )?value=\"([^\"]+)\"")]
    private static partial Regex TokenPattern();

    [GeneratedRegex("data-job=\"(job_[^\"]+)\"")]
    private static partial Regex JobPattern();
}
