using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Tests.Support;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Marketplace.Tests;

public sealed class Sealed_texts(Market market) : IClassFixture<Market>
{
    [Fact]
    public async Task No_table_holds_a_readable_word_of_source_draft_note_delivery_reason_or_thanks()
    {
        string[] secrets = ["Zitronenkuchen", "Brouillonsecret", "Livraisonsecrete", "Notesecrete", "Grundgeheim", "Dankgeheim", "Kundinsecret", "Mustsecret"];
        var placed = market.Placed("Zitronenkuchen für 12 Personen", brief: new JobBrief("formal", null, null, "Kundinsecret", null, null, null, null, ["Mustsecret"], []));
        await market.Recorder.PublishAsync(placed);
        await market.Recorder.PublishAsync(market.Funded(placed));
        await market.IsAsync(placed.JobId, JobState.Open);
        var job = PublicId.Format("job", placed.JobId);
        using var translator = await market.TranslatorAsync(1);
        (await translator.ClaimAsync(job)).ShouldContain("Kundinsecret");
        (await translator.PostAsync($"/portal/work/{job}", $"/portal/work/{job}?handler=Save", new() { ["Text"] = "Brouillonsecret", ["Note"] = "Notesecrete" })).Dispose();
        var before = await SearchAsync(secrets);
        using var done = await translator.DeliverAsync(job, "Livraisonsecrete", ("number_missing:12", "Grundgeheim"));
        done.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        var delivery = await market.App.ReadAsync(db => db.Deliveries.SingleAsync(d => d.JobId == placed.JobId));
        await market.Recorder.PublishAsync(new DeliveryAccepted(
            placed.JobId, Market.MerchantId, delivery.Id, Market.TranslatorId(1), 4,
            market.Vault.Seal(market.DataKey, delivery.Id, TextPurpose.Thanks, "Dankgeheim"), PreferTranslator: false, Automatic: false, market.Time.GetUtcNow()));
        await Eventually.Within(TimeSpan.FromSeconds(30), () => market.App.ReadAsync(db => db.DeliveryTexts.AnyAsync(t => t.DeliveryId == delivery.Id && t.Thanks != null)));

        before.ShouldBeEmpty();
        (await SearchAsync(secrets)).ShouldBeEmpty();
        // The search would find a word if there were one.
        (await SearchAsync(["Translator 1"])).ShouldContain(found => found.StartsWith("accounts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_table_holds_a_readable_word_of_the_other_kinds()
    {
        string[] secrets = ["Punktgeheim", "Nachrichtgeheim", "Glossgeheim", "Kerngeheim", "Launegeheim", "Rathgeheim", "33123456789", "Fraggeheim", "Berichtgeheim", "Begriffgeheim"];
        var jobs = new[]
        {
            await market.OfferFormulationAsync(["Punktgeheim"], "Nachrichtgeheim", 2, new GlossaryTerm("Begriffgeheim", "x")),
            await market.OfferSummaryAsync("Nachrichtgeheim"),
            await market.OfferCallAsync(market.Time.GetUtcNow(), TimeSpan.FromHours(1), ask: ["Fraggeheim"]),
        };
        var written = new Dictionary<string, string>
        {
            ["Text"] = "Bonjour",
            ["BackGloss"] = "Glossgeheim",
            ["Gist"] = "Kerngeheim",
            ["Mood"] = "Launegeheim",
            ["NextStep"] = "Rathgeheim",
            ["Outcome"] = "reached",
            ["Minutes"] = "3",
            ["Attempts"] = "1",
            ["Report"] = "Berichtgeheim",
            ["because:name_missing:Mme Odile Martin-Brunet"] = "so",
            ["because:must_say_missing:Erstattung ist möglich"] = "so",
        };
        using var translator = await market.TranslatorAsync(2);
        foreach (var job in jobs)
        {
            await translator.ClaimAsync(job);
            (await translator.SendAsync(job, "Save", written)).Dispose();
        }

        (await SearchAsync(secrets)).ShouldBeEmpty();
        foreach (var job in jobs)
        {
            using var done = await translator.SendAsync(job, "Deliver", written);
            done.StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        }

        (await SearchAsync(secrets)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_for_cookies_rest_sealed()
    {
        var keys = await market.App.ReadAsync(db => db.DataProtectionKeys.Select(k => k.Xml).ToListAsync());

        keys.ShouldNotBeEmpty();
        keys.ShouldAllBe(xml => xml!.Contains("OpenKeys", StringComparison.Ordinal) && !xml.Contains("masterKey", StringComparison.Ordinal));
    }

    /// <summary>Looks through every row of every table, as text and as the bytes of binary columns.</summary>
    private Task<List<string>> SearchAsync(IReadOnlyList<string> words) => market.App.InScopeAsync(async services =>
    {
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", connection))
        await using (var rows = await command.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                tables.Add(rows.GetString(0));
            }
        }

        tables.Count.ShouldBeGreaterThan(15);
        var found = new List<string>();
        foreach (var table in tables)
        {
            foreach (var word in words)
            {
                var hex = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word));
                await using var command = new NpgsqlCommand($"SELECT count(*) FROM \"{table}\" t WHERE t::text LIKE $1 OR t::text LIKE $2", connection)
                {
                    Parameters = { new() { Value = $"%{word}%" }, new() { Value = $"%{hex}%" } },
                };
                if ((long)(await command.ExecuteScalarAsync())! > 0)
                {
                    found.Add($"{table}: {word}");
                }
            }
        }

        return found;
    });
}
