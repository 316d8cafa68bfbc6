using System.Net;
using System.Text.RegularExpressions;

namespace Zweizeiler.Demo;

/// <summary>A translator in the portal, as her browser would do it: pages, forms, cookies. The names of the parts are documented in src/Marketplace/README.md.</summary>
public sealed partial class PortalSession : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _site;

    private PortalSession(HttpClient http, Uri portal, StackTranslator translator)
    {
        _http = http;
        _site = portal;
        Translator = translator;
    }

    public StackTranslator Translator { get; }

    public static async Task<PortalSession> SignInAsync(Uri portal, StackTranslator translator, CancellationToken cancellationToken)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        var http = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var session = new PortalSession(http, new Uri(portal, "/"), translator);
        var (page, html) = await session.GetAsync("portal/sign-in", cancellationToken);
        var form = session.Form(html, page, "data-action=\"sign-in\"", "The sign-in form");
        form.Fields["Email"] = translator.Email;
        form.Fields["Password"] = translator.Password;
        (_, html) = await session.SendAsync(form, cancellationToken);
        return html.Contains("id=\"failed\"", StringComparison.Ordinal)
            ? throw new DemoException($"The portal did not let {translator.Email} in.")
            : session;
    }

    /// <summary>Whether the job is on offer to this translator now.</summary>
    public async Task<bool> SeesAsync(string jobId, CancellationToken cancellationToken) => await OfferAsync(jobId, cancellationToken) is not null;

    /// <summary>Claims the job as soon as it is on offer to this translator, and again if her turn ended while she reached for it.</summary>
    /// <exception cref="DemoException">It could not be claimed in time.</exception>
    public Task ClaimAsync(string jobId, TimeSpan deadline, CancellationToken cancellationToken) => Wait.ForAsync(
        $"The claim of {jobId} by {Translator.Email}",
        deadline,
        async token => await OfferAsync(jobId, token) is { } form
            && (await SendAsync(form, token)).Page.AbsolutePath.EndsWith($"/work/{jobId}", StringComparison.Ordinal) ? "held" : null,
        cancellationToken);

    /// <summary>Types the text into the workbench and delivers it.</summary>
    public Task DeliverAsync(string jobId, string text, CancellationToken cancellationToken) => DeliverAsync(jobId, cancellationToken, ("Text", text));

    /// <summary>Fills in the workbench's fields, whichever the kind of job has, and delivers.</summary>
    public async Task DeliverAsync(string jobId, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var (page, html) = await SubmitAsync($"portal/work/{jobId}", "deliver", cancellationToken, fields);
        if (IsHeldUpByDictionary(page, html))
        {
            // A dictionary does not know every word; a translator who does says so.
            var form = Form(html, page, "data-action=\"deliver\"", "The workbench's form");
            foreach (var (name, value) in fields)
            {
                form.Fields[name] = value;
            }

            foreach (Match finding in Finding().Matches(html))
            {
                form.Fields[$"because:spelling:{WebUtility.HtmlDecode(finding.Groups[2].Value)}"] = "It is spelt like this.";
            }

            (page, html) = await SendAsync(form, cancellationToken);
        }

        if (!page.AbsolutePath.EndsWith("/portal/work", StringComparison.Ordinal))
        {
            var findings = string.Join(", ", Finding().Matches(html).Select(m => $"{m.Groups[1].Value} {WebUtility.HtmlDecode(m.Groups[2].Value)}".Trim()));
            throw new DemoException($"The workbench held up the delivery of {jobId}: {(findings.Length > 0 ? findings : "no reason given")}.");
        }

        // Who comes too late is led there as well; only this says that it was taken.
        if (!html.Contains("data-notice=\"good\"", StringComparison.Ordinal))
        {
            throw new DemoException($"{jobId} was not to be delivered any more.");
        }
    }

    /// <summary>Sends the form of a page that has the button of <paramref name="action"/>; the page that it led to.</summary>
    public async Task<(Uri Page, string Html)> SubmitAsync(
        string path, string action, CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var (page, html) = await GetAsync(path, cancellationToken);
        var form = Form(html, page, $"data-action=\"{action}\"", $"The form to {action}");
        foreach (var (name, value) in fields)
        {
            form.Fields[name] = value;
        }

        return await SendAsync(form, cancellationToken);
    }

    /// <summary>Asks the merchant something from the workbench; the clock stops.</summary>
    public async Task AskAsync(string jobId, string question, CancellationToken cancellationToken)
    {
        var (page, html) = await GetAsync($"portal/work/{jobId}", cancellationToken);
        // The button is outside the editor and sends it along, so that nothing written is lost.
        var form = Form(html, page, "data-action=\"deliver\"", $"The workbench's form for {jobId}");
        form.Fields["Question"] = question;
        await SendAsync(form, cancellationToken, new Uri(page, $"/portal/work/{jobId}?handler=Ask"));
    }

    /// <summary>A page as it is now.</summary>
    public async Task<string> PageAsync(string path, CancellationToken cancellationToken) => (await GetAsync(path, cancellationToken)).Html;

    /// <summary>The sentence at the top of the earnings page.</summary>
    public async Task<string> EarningsAsync(CancellationToken cancellationToken)
    {
        var (_, html) = await GetAsync("portal/earnings", cancellationToken);
        return Sentence().Match(html) is { Success: true } match
            ? WebUtility.HtmlDecode(Tag().Replace(match.Groups[1].Value, "")).Trim()
            : throw new DemoException("The earnings page has no sentence at its top.");
    }

    /// <summary>The stream of live changes that an open page listens to.</summary>
    public async Task<Stream> LiveAsync(CancellationToken cancellationToken)
    {
        var response = await _http.GetAsync(new Uri(_site, "portal/live"), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStreamAsync(cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private static bool IsHeldUpByDictionary(Uri page, string html) =>
        !page.AbsolutePath.EndsWith("/portal/work", StringComparison.Ordinal)
        && Finding().Matches(html) is { Count: > 0 } findings && findings.All(f => f.Groups[1].Value == "spelling");

    private async Task<HtmlForm?> OfferAsync(string jobId, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(_site, $"portal/jobs/{jobId}"), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var (page, html) = await PageOfAsync(response, cancellationToken);
        return HtmlForm.Find(html, page, "data-action=\"claim\"");
    }

    private HtmlForm Form(string html, Uri page, string marker, string what) =>
        HtmlForm.Find(html, page, marker) ?? throw new DemoException($"{what} is not on {page.AbsolutePath} for {Translator.Email}.");

    private async Task<(Uri Page, string Html)> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(new Uri(_site, path), cancellationToken);
        return await PageOfAsync(response, cancellationToken);
    }

    private async Task<(Uri Page, string Html)> SendAsync(HtmlForm form, CancellationToken cancellationToken, Uri? to = null)
    {
        using var content = new FormUrlEncodedContent(form.Fields);
        using var response = await _http.PostAsync(to ?? form.Action, content, cancellationToken);
        return await PageOfAsync(response, cancellationToken);
    }

    private static async Task<(Uri Page, string Html)> PageOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var page = response.RequestMessage!.RequestUri!;
        return response.IsSuccessStatusCode
            ? (page, await response.Content.ReadAsStringAsync(cancellationToken))
            : throw new DemoException($"The portal answered {(int)response.StatusCode} on {page.AbsolutePath}.");
    }

    [GeneratedRegex("""<p[^>]*id="sentence"[^>]*>(.*?)</p>""", RegexOptions.Singleline)]
    private static partial Regex Sentence();

    [GeneratedRegex("data-finding=\"([^\"]*)\" data-detail=\"([^\"]*)\"")]
    private static partial Regex Finding();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
