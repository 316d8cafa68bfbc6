using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Notifications.Domain;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Notifications.Tests;

/// <summary>Each kind on, off or gathered; quiet hours; duties that cannot be switched off; by API, and by a link without signing in.</summary>
public sealed class Preferences_Specs(TestServers servers) : IAsyncLifetime
{
    private readonly Merchant _merchant = Merchant.New();
    private Service _service = null!;
    private HttpClient _client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = await Service.StartAsync(servers);
        _client = _service.ClientOf(_merchant.Id);
        await _service.PublishAsync(_merchant.Registered("en"));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Recipients.AnyAsync()), "the merchant");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task Everything_is_on_until_somebody_says_otherwise_and_a_version_is_needed_to_say_it()
    {
        var (status, body, tag) = await GetAsync();
        status.ShouldBe(200);
        body.GetProperty("kinds").EnumerateObject().ShouldAllBe(k => k.Value.GetString() == "on");
        body.GetProperty("quietHours").ValueKind.ShouldBe(JsonValueKind.Null);
        body.GetProperty("timeZone").GetString().ShouldBe("Europe/Berlin");
        (await PatchAsync("""{"kinds":{"delivery":"off"}}""", null)).Status.ShouldBe(428);
        var changed = await PatchAsync("""{"kinds":{"delivery":"digest","thanks":"off"},"quietHours":{"from":"20:00","to":"07:30"},"digestAt":"16:30"}""", tag);
        changed.Status.ShouldBe(200);
        changed.Body.GetProperty("kinds").GetProperty("delivery").GetString().ShouldBe("digest");
        (await PatchAsync("""{"kinds":{"delivery":"on"}}""", tag)).Status.ShouldBe(412);
        var read = await GetAsync();
        read.Body.GetRawText().ShouldBe(changed.Body.GetRawText());
        read.Tag.ShouldBe(changed.Tag);
        (await PatchAsync("""{"quietHours":{"from":"","to":""}}""", read.Tag)).Body.GetProperty("quietHours").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("""{"kinds":{"invoice":"off","security":"digest","offer":"on","delivery":"weekly"}}""", "/kinds/invoice", "/kinds/security", "/kinds/offer", "/kinds/delivery")]
    [InlineData("""{"quietHours":{"from":"20:00"},"digestAt":"25:00","address":"bounced","colour":"red"}""", "/quietHours", "/digestAt", "/address", "/colour")]
    [InlineData("""{"quietHours":{"from":"8 o'clock","to":"07:00"}}""", "/quietHours/from")]
    public async Task Bad_input_is_named_and_nothing_is_stored(string json, params string[] pointers)
    {
        var (_, _, tag) = await GetAsync();
        var (status, body, _) = await PatchAsync(json, tag);
        status.ShouldBe(422);
        body.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ShouldBe(pointers, ignoreOrder: true);
        (await _service.InDatabaseAsync(db => db.Preferences.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_off_is_not_sent_and_duties_are()
    {
        var (_, _, tag) = await GetAsync();
        (await PatchAsync("""{"kinds":{"payment":"off"}}""", tag)).Status.ShouldBe(200);
        await _service.PublishAsync(new PaymentReceived(Merchant.NewId(), _merchant.Id, "2026-1", 500, "EUR", TimeProvider.System.GetUtcNow()));
        await _service.PublishAsync(new InvoiceIssued(Merchant.NewId(), _merchant.Id, "2026-1", "invoice", 500, "EUR", null, TimeProvider.System.GetUtcNow()));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.CountAsync(m => m.DoneAt != null)).ContinueWith(t => t.Result == 2, TaskScheduler.Default), "both");
        (await _service.MailsAsync()).Single().Subject.ShouldBe("Your invoice 2026-1");
    }

    [Fact]
    public async Task What_is_gathered_comes_in_one_mail_a_day_on_two_replicas_too()
    {
        await using var replica = await _service.ReplicaAsync();
        var (_, _, tag) = await GetAsync();
        (await PatchAsync("""{"kinds":{"payment":"digest"}}""", tag)).Status.ShouldBe(200);
        for (var i = 1; i <= 5; i++)
        {
            await _service.PublishAsync(new PaymentReceived(Merchant.NewId(), _merchant.Id, $"2026-{i}", 500, "EUR", TimeProvider.System.GetUtcNow()));
        }

        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.CountAsync(m => m.State == SendState.Collected)).ContinueWith(t => t.Result == 5, TaskScheduler.Default), "all gathered");
        (await _service.MailsAsync()).ShouldBeEmpty();
        await _service.ExecuteAsync($"UPDATE mails SET due_at = now() WHERE template = 'digest'");
        var digest = (await _service.MailsAsync(1)).Single();
        digest.Subject.ShouldBe("Today for you: 5 pieces of news");
        for (var i = 1; i <= 5; i++)
        {
            digest.TextBody!.ShouldContain($"invoice 2026-{i}");
        }

        digest.Headers["List-Unsubscribe"]!.ShouldEndWith("&kind=digest>");
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AllAsync(m => m.State == SendState.Sent)), "all told");
        (await _service.MailsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_settled_until_the_digest_comes_is_not_in_it_and_the_rest_has_the_merchants_names()
    {
        var (_, _, tag) = await GetAsync();
        (await PatchAsync("""{"kinds":{"question":"digest"}}""", tag)).Status.ShouldBe(200);
        var (job, open, settled) = (Merchant.NewId(), Merchant.NewId(), Merchant.NewId());
        await _service.PublishAsync(_merchant.Event(job, 1));
        await _service.PublishAsync(_merchant.Asks(job, open));
        await _service.PublishAsync(_merchant.Asks(job, settled));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.CountAsync(m => m.State == SendState.Collected)).ContinueWith(t => t.Result == 2, TaskScheduler.Default), "both gathered");
        await _service.PublishAsync(new MerchantWrote(job, _merchant.Id, Merchant.NewId(), settled, _merchant.Seal(settled, "Ja."), TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow()));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Questions.AnyAsync(q => q.AnsweredAt != null)), "the answer");
        await _service.ExecuteAsync($"UPDATE mails SET due_at = now() WHERE template = 'digest'");
        var digest = (await _service.MailsAsync(1)).Single();
        digest.Subject.ShouldBe("Today for you: one piece of news");
        digest.TextBody!.ShouldContain("A question about ORDER-4711");
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AllAsync(m => m.DoneAt != null)), "an end of all");
        (await _service.InDatabaseAsync(db => db.Mails.CountAsync(m => m.State == SendState.Skipped))).ShouldBe(1);
    }

    [Fact]
    public async Task In_quiet_hours_mails_wait_and_safety_does_not()
    {
        var now = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        var (_, _, tag) = await GetAsync();
        (await PatchAsync(JsonSerializer.Serialize(new { quietHours = new { from = $"{now.AddHours(-2):HH:mm}", to = $"{now.AddHours(2):HH:mm}" } }), tag)).Status.ShouldBe(200);
        await _service.PublishAsync(new PaymentReceived(Merchant.NewId(), _merchant.Id, "2026-1", 500, "EUR", TimeProvider.System.GetUtcNow()));
        await _service.PublishAsync(new Contracts.Orders.ApiKeyRevoked(Merchant.NewId(), TimeProvider.System.GetUtcNow(), _merchant.Id, "Shop"));
        (await _service.MailsAsync(1)).Single().Subject.ShouldBe("API key revoked: Shop");
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Mails.AnyAsync(m => m.State == SendState.Waiting && m.DueAt > TimeProvider.System.GetUtcNow().AddHours(1))), "the other waits");
        (await _service.InDatabaseAsync(db => db.Mails.SingleAsync(m => m.State == SendState.Waiting))).Failures.ShouldBe(0, "waiting is no failure");
    }

    [Fact]
    public async Task A_click_in_a_mail_stops_its_kind_and_only_that_and_looking_at_the_link_stops_nothing()
    {
        var links = _service.Services.GetRequiredService<PreferenceLinks>();
        var stop = links.Unsubscribe(_merchant.Id, "delivery");
        using var browser = _service.CreateClient();
        using var look = await browser.GetAsync(stop, Stop);
        look.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await look.Content.ReadAsStringAsync(Stop)).ShouldContain("<form method=\"post\"");
        look.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        look.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        (await _service.InDatabaseAsync(db => db.Preferences.AnyAsync())).ShouldBeFalse("programs that look for viruses follow links");

        // As mail programs do it (RFC 8058).
        using var form = new StringContent("List-Unsubscribe=One-Click", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var done = await browser.PostAsync(stop, form, Stop);
        done.StatusCode.ShouldBe(HttpStatusCode.OK);
        var kinds = (await GetAsync()).Body.GetProperty("kinds");
        kinds.EnumerateObject().Where(k => k.Value.GetString() != "on").Select(k => k.Name).ShouldBe(["delivery"]);
    }

    [Fact]
    public async Task A_link_that_is_not_ours_opens_nothing_and_no_duty_can_be_stopped()
    {
        var links = _service.Services.GetRequiredService<PreferenceLinks>();
        var other = Merchant.New();
        await _service.PublishAsync(other.Registered());
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Recipients.CountAsync()).ContinueWith(t => t.Result == 2, TaskScheduler.Default), "another merchant");
        using var browser = _service.CreateClient();
        var (own, others) = (links.Preferences(_merchant.Id), links.Preferences(other.Id));
        var mixed = others.Split("&key=")[0] + "&key=" + own.Split("&key=")[1];
        foreach (var path in (string[])[mixed, own[..^1], "/notifications/preferences", "/notifications/preferences?of=x&key=y", links.Unsubscribe(_merchant.Id, "invoice"), links.Unsubscribe(_merchant.Id, "offer")])
        {
            using var shown = await browser.GetAsync(path, Stop);
            shown.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            using var content = new FormUrlEncodedContent([]);
            using var posted = await browser.PostAsync(path, content, Stop);
            posted.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }

        (await _service.InDatabaseAsync(db => db.Preferences.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task A_translator_chooses_on_the_page_in_her_language()
    {
        var translator = Merchant.NewId();
        await _service.PublishAsync(new TranslatorRegistered(translator, 1, "Claire Martin", "claire@example.org", "de", "Europe/Paris"));
        await Eventually.Within(Service.Deadline, () => _service.InDatabaseAsync(db => db.Recipients.AnyAsync(r => r.Id == translator)), "the translator");
        var path = _service.Services.GetRequiredService<PreferenceLinks>().Preferences(translator);
        using var browser = _service.CreateClient();
        var page = await browser.GetStringAsync(path, Stop);
        page.ShouldContain("<html lang=\"de\">");
        page.ShouldContain("Auszahlungen");
        page.ShouldContain("<a href=\"/portal\">Zurück zum Portal</a>");
        page.ShouldNotContain("Webhooks");
        page.ShouldNotContain("<script");

        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["offer"] = "off", ["payout"] = "digest", ["security"] = "off", ["from"] = "22:00", ["to"] = "06:00", ["digest"] = "18:15" });
        using var saved = await browser.PostAsync(path, form, Stop);
        (await saved.Content.ReadAsStringAsync(Stop)).ShouldContain("Gespeichert.");
        var preferences = await _service.InDatabaseAsync(db => db.Preferences.SingleAsync(p => p.RecipientId == translator));
        (preferences.Of(MailKind.Offer), preferences.Of(MailKind.Payout), preferences.Of(MailKind.Account)).ShouldBe((MailChoice.Off, MailChoice.Digest, MailChoice.On));
        (preferences.QuietFrom, preferences.QuietTo, preferences.DigestAt).ShouldBe((new TimeOnly(22, 0), new TimeOnly(6, 0), new TimeOnly(18, 15)));

        using var wrong = new FormUrlEncodedContent(new Dictionary<string, string> { ["from"] = "late" });
        using var refused = await browser.PostAsync(path, wrong, Stop);
        ((int)refused.StatusCode).ShouldBe(422);
    }

    [Fact]
    public async Task An_address_that_bounced_is_said_and_can_be_tried_again()
    {
        await _service.ExecuteAsync($"INSERT INTO suppressions (address, code, since) VALUES ('shop@rheinkram.example', '5.1.1', now())");
        var (_, body, tag) = await GetAsync();
        body.GetProperty("address").GetString().ShouldBe("bounced");
        (await PatchAsync("""{"address":"ok"}""", tag)).Body.GetProperty("address").GetString().ShouldBe("ok");
        (await _service.InDatabaseAsync(db => db.Suppressions.AnyAsync())).ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_else_and_no_weaker_key_gets_there()
    {
        using var other = _service.ClientOf(Merchant.NewId());
        using var test = _service.ClientOf(_merchant.Id, "test");
        using var reader = _service.ClientOf(_merchant.Id, "live", "read");
        (await GetAsync(other)).Status.ShouldBe(404);
        (await PatchAsync("""{"kinds":{"delivery":"off"}}""", "\"0\"", other)).Status.ShouldBe(404);
        (await PatchAsync("""{"kinds":{"delivery":"off"}}""", "\"0\"", reader)).Status.ShouldBe(403);
        (await PatchAsync("""{"kinds":{"delivery":"off"}}""", "\"0\"", test)).Status.ShouldBe(422, "a test key changes nothing of what is live");
        (await _service.InDatabaseAsync(db => db.Preferences.AnyAsync())).ShouldBeFalse();
    }

    private async Task<(int Status, JsonElement Body, string? Tag)> GetAsync(HttpClient? client = null)
    {
        using var response = await (client ?? _client).GetAsync("/v1/notification-preferences", Stop);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Stop), response.Headers.ETag?.Tag);
    }

    private async Task<(int Status, JsonElement Body, string? Tag)> PatchAsync(string json, string? tag, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/notification-preferences") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (tag is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(tag));
        }

        using var response = await (client ?? _client).SendAsync(request, Stop);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Stop), response.Headers.ETag?.Tag);
    }
}

public sealed class Quiet_hours_Specs
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("22:00", "07:00", "2026-11-23T22:30:00Z", "2026-11-24T06:00:00Z")]
    [InlineData("22:00", "07:00", "2026-11-24T05:59:59Z", "2026-11-24T06:00:00Z")]
    [InlineData("22:00", "07:00", "2026-11-24T06:00:00Z", null)]
    [InlineData("22:00", "07:00", "2026-11-23T20:59:59Z", null)]
    [InlineData("12:00", "14:00", "2026-07-01T10:30:00Z", "2026-07-01T12:00:00Z")]
    [InlineData("01:00", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z")] // The clock jumps from 2:00 to 3:00.
    public void End_at_their_time_on_the_recipients_clock(string from, string to, string now, string? until)
    {
        var preferences = new Preferences { RecipientId = Guid.Empty };
        preferences.BeQuiet(TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture));
        preferences.QuietUntil(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), Berlin)
            .ShouldBe(until is null ? null : DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_digest_comes_at_the_next_time_that_it_is_due()
    {
        var preferences = new Preferences { RecipientId = Guid.Empty };
        preferences.NextDigest(new DateTimeOffset(2026, 11, 23, 15, 59, 59, TimeSpan.Zero), Berlin).ShouldBe(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero));
        preferences.NextDigest(new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero), Berlin).ShouldBe(new DateTimeOffset(2026, 11, 24, 16, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void A_duty_cannot_be_chosen_away() =>
        Should.Throw<InvalidOperationException>(() => new Preferences { RecipientId = Guid.Empty }.Choose(MailKind.Invoice, MailChoice.Off));
}
