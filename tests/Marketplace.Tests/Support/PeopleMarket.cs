using System.Net;
using System.Text.RegularExpressions;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests.Support;

/// <summary>What specs of people do again and again: read the mails that go out, invite, join, hand in tests.</summary>
internal static partial class PeopleMarket
{
    private static int _count;

    /// <summary>An address that nobody else in the tests has.</summary>
    public static string NewEmail(string name = "person") => $"{name}.{Interlocked.Increment(ref _count)}.{Environment.ProcessId}@elsewhere.example";

    public static AccountNoticeContent Read(this Market market, AccountNotice notice) =>
        market.Vault.Open<AccountNoticeContent>(notice.DataKey!, notice.NoticeId, TextPurpose.AccountNotice, notice.Link!);

    public static IReadOnlyList<AccountNotice> Mails(this Market market, string email, string? kind = null) =>
        [.. market.Recorder.All<AccountNotice>().Where(n => n.Email == email && (kind is null || n.Kind == kind))];

    /// <summary>The mails to an address, when there are so many of a kind.</summary>
    public static async Task<AccountNotice> MailAsync(this Market market, string email, string kind, int nth = 1)
    {
        await Eventually.Within(TimeSpan.FromSeconds(30), () => Task.FromResult(market.Mails(email, kind).Count >= nth), $"{kind} number {nth}");
        return market.Mails(email, kind)[nth - 1];
    }

    public static async Task<string> LinkAsync(this Market market, string email, string kind, int nth = 1) =>
        market.Read(await market.MailAsync(email, kind, nth)).Path!;

    public static string TokenOf(string link) => link.Split("token=")[1];

    public static async Task<Visitor> OperatorAsync(this Market market, MarketplaceApp? replica = null)
    {
        var visitor = (replica ?? market.App).Visitor();
        await visitor.SignInAsync(Market.OperatorEmail);
        return visitor;
    }

    public static Visitor Stranger(this Market market, MarketplaceApp? replica = null, string? from = null)
    {
        var visitor = (replica ?? market.App).Visitor();
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
        visitor.Http.DefaultRequestHeaders.Add("X-Forwarded-For", from ?? $"198.51.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}");
        return visitor;
    }

    /// <summary>Invites an address; the link of the mail.</summary>
    public static async Task<string> InviteAsync(this Market market, string email, string role = "translator", int nth = 1)
    {
        using var person = await market.OperatorAsync();
        using var answer = await person.PostAsync(
            "/portal/desk/applications", "/portal/desk/applications?handler=Invite", new() { ["Email"] = email, ["Locale"] = "de", ["InviteRole"] = role });
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return await market.LinkAsync(email, "invitation", nth);
    }

    public static Task<HttpResponseMessage> JoinAsync(this Visitor visitor, string link, string name = "Jana Novak", string password = Market.Password) =>
        visitor.PostAsync(link, "/portal/join", new() { ["token"] = TokenOf(link), ["Name"] = name, ["Password"] = password, ["TimeZone"] = "Europe/Berlin" });

    /// <summary>Somebody who was invited and has joined.</summary>
    public static async Task<Visitor> JoinedAsync(this Market market, string email, string name = "Jana Novak")
    {
        var visitor = market.Stranger();
        using var answer = await visitor.JoinAsync(await market.InviteAsync(email), name);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return visitor;
    }

    public static async Task<HttpResponseMessage> HandInTestAsync(this Visitor visitor, string pair, params string[] answers)
    {
        (await visitor.PostAsync("/portal/profile/pairs", "/portal/profile/pairs?handler=Add", new() { ["Source"] = pair.Split('-')[0], ["Target"] = pair.Split('-')[1] })).Dispose();
        return await visitor.PostManyAsync($"/portal/profile/pairs/{pair}", $"/portal/profile/pairs/{pair}?handler=HandIn", [.. answers.Select(a => ("Answers", a))]);
    }

    /// <summary>A form with several fields of one name.</summary>
    public static async Task<HttpResponseMessage> PostManyAsync(this Visitor visitor, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = await visitor.TokenAsync(page);
        return await visitor.Http.PostAsync(
            action, new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)).Append(new("__RequestVerificationToken", token))));
    }

    public static async Task<string> TextAsync(this HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    /// <summary>What is wrong with a field of the page.</summary>
    public static string? ErrorAt(string html, string field) =>
        Regex.Match(html, $"id=\"{field}-error\"[^>]*>([^<]*)<") is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : null;

    public static string MainOf(string html) => MainPart().Match(html).Groups[1].Value;

    [GeneratedRegex("<main[^>]*>(.*)</main>", RegexOptions.Singleline)]
    private static partial Regex MainPart();
}
