using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Zweizeiler.Marketplace.Features.People;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.Marketplace.Portal.Words;
using Zweizeiler.Marketplace.Tests.Support;

namespace Zweizeiler.Marketplace.Tests;

public sealed partial class Two_languages(Market market) : IClassFixture<Market>
{
    private static readonly Dictionary<string, (string De, string En)> Words = Read();

    [Fact]
    public void Both_have_every_key_in_words_of_their_own_with_the_same_values_in_them()
    {
        Words.Count.ShouldBeGreaterThan(150);
        foreach (var (key, (de, en)) in Words)
        {
            de.ShouldNotBeNullOrWhiteSpace(key);
            en.ShouldNotBeNullOrWhiteSpace(key);
            Values(de).ShouldBe(Values(en), ignoreOrder: true, key);
        }

        // Some words are the same in both; most must not be, or somebody forgot to translate.
        Words.Count(w => w.Value.De == w.Value.En).ShouldBeLessThan(Words.Count / 20, string.Join(", ", Words.Where(w => w.Value.De == w.Value.En).Select(w => w.Key)));
    }

    [Fact]
    public void German_is_formal() => Words.Where(w => Informal().IsMatch(w.Value.De)).Select(w => w.Key).ShouldBe(["Formalities.informal"]);

    [Fact]
    public async Task Each_page_speaks_the_readers_language_only()
    {
        var job = await market.OfferAsync();
        using var german = await market.TranslatorAsync(1);
        using var english = await market.TranslatorAsync(0);

        var call = await market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1));
        var reply = await market.OfferFormulationAsync(["Danke"], "Bonjour");
        foreach (var path in new[] { "/portal", $"/portal/jobs/{job}", $"/portal/jobs/{call}", $"/portal/jobs/{reply}", "/portal/work", "/portal/earnings", "/portal/disputes", "/portal/sign-in?lang=x",
            "/portal/profile", "/portal/profile/pairs", "/portal/availability", "/portal/security", "/portal/security/second-factor" })
        {
            using var german2 = market.App.Visitor();
            using var english2 = market.App.Visitor();
            var isSignIn = path.Contains("sign-in", StringComparison.Ordinal);
            german2.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-AT, en;q=0.5");
            english2.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr, en;q=0.8, de;q=0.2");
            var de = Visible(await (isSignIn ? german2 : german).GetAsync(path));
            var en = Visible(await (isSignIn ? english2 : english).GetAsync(path));

            de.ShouldNotBe(en, path);
            Foreign(de, w => w.En, w => w.De).ShouldBeEmpty(path);
            Foreign(en, w => w.De, w => w.En).ShouldBeEmpty(path);
        }
    }

    [Fact]
    public async Task The_workbench_of_each_kind_speaks_the_readers_language_only()
    {
        foreach (var offer in new Func<Task<string>>[]
        {
            () => market.OfferTranslationAsync("Guten Tag", new("Tag", "jour"), new("Gutschein", "bon", Forbidden: true)),
            () => market.OfferFormulationAsync(["Danke"], "Bonjour"),
            () => market.OfferSummaryAsync("Guten Tag"),
            () => market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1)),
        })
        {
            var pages = new List<HashSet<string>>();
            foreach (var who in new[] { 14, 0 })
            {
                var job = await offer();
                using var translator = await market.TranslatorAsync(who);
                await translator.ClaimAsync(job);
                using var held = await translator.SendAsync(job, "Deliver", []);
                pages.Add(Visible(await held.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
                (await translator.SendAsync(job, "HandBack", [])).Dispose();
            }

            pages[0].ShouldNotBe(pages[1]);
            Foreign(pages[0], w => w.En, w => w.De).ShouldBeEmpty();
            Foreign(pages[1], w => w.De, w => w.En).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("/portal/apply")]
    [InlineData("/portal/apply?sent=true")]
    [InlineData("/portal/forgot")]
    [InlineData("/portal/forgot?sent=true")]
    public async Task Pages_for_strangers_speak_the_language_of_their_browser_until_they_choose(string path)
    {
        using var visitor = market.App.Visitor();
        visitor.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-AT");
        Foreign(Visible(await visitor.GetAsync(path)), w => w.En, w => w.De).ShouldBeEmpty();

        using var chosen = await visitor.Http.GetAsync($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}lang=en", TestContext.Current.CancellationToken);

        chosen.Headers.Location!.ToString().ShouldBe(path);
        Foreign(Visible(await visitor.GetAsync(path)), w => w.De, w => w.En).ShouldBeEmpty();
    }

    [Fact]
    public async Task Switching_is_remembered_with_the_account()
    {
        using var translator = await market.TranslatorAsync(13);
        (await translator.GetAsync("/portal/work")).ShouldContain("<html lang=\"de\">");

        (await translator.PostAsync("/portal", "/portal/preferences?handler=Language", new() { ["locale"] = "en", ["returnUrl"] = "/portal/work" })).Dispose();

        (await translator.GetAsync("/portal/work")).ShouldContain("<html lang=\"en\">");
        using var elsewhere = await market.TranslatorAsync(13);
        (await elsewhere.GetAsync("/portal/work")).ShouldContain("<html lang=\"en\">");
    }

    [Theory]
    [InlineData("de", 123456, "1.234,56\u00A0€")]
    [InlineData("en", 123456, "€1,234.56")]
    [InlineData("de", 5, "0,05\u00A0€")]
    public void Money_is_written_as_the_reader_writes_it(string locale, long cents, string expected) =>
        new Reader(locale, null, TimeProvider.System).Money(cents, "EUR").ShouldBe(expected);

    [Theory]
    [InlineData("de", 30, "unter einer Minute")]
    [InlineData("de", 50 * 60, "50 min")]
    [InlineData("de", 3 * 3600, "3 h")]
    [InlineData("en", (3 * 3600) + (20 * 60), "3 h 20 min")]
    [InlineData("en", 3 * 24 * 3600, "3 days")]
    public void Lengths_of_time_are_written_shortly(string locale, int seconds, string expected) =>
        new Reader(locale, null, TimeProvider.System).Span(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);

    [Fact]
    public void Exact_times_are_the_readers_own()
    {
        var at = new DateTimeOffset(2026, 11, 24, 17, 5, 0, TimeSpan.Zero);
        new Reader("de", "Europe/Berlin", TimeProvider.System).Exact(at).ShouldBe("Di, 24. November, 18:05 Uhr");
        new Reader("en", "Europe/London", TimeProvider.System).Exact(at).ShouldBe("Tue, 24 November, 17:05");
    }

    private static List<string> Foreign(HashSet<string> page, Func<(string De, string En), string> foreign, Func<(string De, string En), string> own)
    {
        var ours = Words.Values.Select(own).ToHashSet(StringComparer.Ordinal);
        return [.. Words.Values.Select(foreign).Where(w => !ours.Contains(w) && w.Length > 3 && page.Contains(w)).Where(w => w is not ("In English" or "Auf Deutsch"))];
    }

    /// <summary>The texts between the tags and in the attributes that are read out.</summary>
    private static HashSet<string> Visible(string html) =>
    [
        .. Text().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value).Trim()),
        .. Attribute().Matches(html).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value).Trim()),
    ];

    private static List<string> Values(string words) => [.. Placeholder().Matches(words).Select(m => m.Value).Distinct()];

    private static Dictionary<string, (string, string)> Read()
    {
        var all = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        Add(all, "", WordList.For("de"), WordList.For("en"));
        Add(all, "People.", PeopleWords.For("de"), PeopleWords.For("en"));
        return all;
    }

    private static void Add<T>(Dictionary<string, (string, string)> all, string prefix, T de, T en)
    {
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.Name != nameof(WordList.Locale)))
        {
            if (property.GetValue(de) is IReadOnlyDictionary<string, string> german)
            {
                var english = (IReadOnlyDictionary<string, string>)property.GetValue(en)!;
                german.Keys.ShouldBe(english.Keys, property.Name);
                foreach (var (key, words) in german)
                {
                    all.Add($"{prefix}{property.Name}.{key}", (words, english[key]));
                }
            }
            else if (property.PropertyType == typeof(string))
            {
                all.Add($"{prefix}{property.Name}", ((string)property.GetValue(de)!, (string)property.GetValue(en)!));
            }
        }
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(">([^<>]+)<")]
    private static partial Regex Text();

    [GeneratedRegex("(?:title|aria-label|placeholder)=\"([^\"]*)\"")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\b(du|dein\w*|dir|dich|euch|euer)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Informal();
}
