using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Zweizeiler.Billing.Features.Exports;
using Zweizeiler.Billing.Features.Papers;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Billing.Tests.Support;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Billing.Tests;

[Collection("Months")]
public sealed class Operators(SharedApp shared)
{
    private readonly BillingApp _app = shared.App;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task draft_and_activate_price_lists_that_never_change_again_and_are_told()
    {
        var list = JsonNode.Parse(PriceList.Initial.ToJson())!;
        (list["version"], list["minimumLines"]) = ("2027-1", 3);
        (await PutAsync("2027-1", list)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        list["minimumLines"] = 4;
        (await PutAsync("2027-1", list)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ActivateAsync("2027-1", TimeSpan.FromSeconds(30))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ActivateAsync("2027-2", TimeSpan.FromDays(1))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ActivateAsync("2027-1", TimeSpan.FromDays(1))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var told = await _app.Messages.NextAsync<PriceListActivated>(p => p.PriceList == "2027-1");
        PriceList.FromJson(told.Terms).MinimumLines.ShouldBe(4);
        (await ActivateAsync("2027-1", TimeSpan.FromDays(2))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await PutAsync("2027-1", list)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        _app.Messages.Heard<PriceListActivated>().Count(p => p.PriceList == "2027-1").ShouldBe(1);

        // A job keeps its list: one that was priced with the first list is funded all the same.
        var merchant = await _app.MerchantWithAsync(1000);
        (await _app.ConsumeAsync(Jobs.Placed(merchant))).OfType<JobFunded>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task are_told_what_is_wrong_with_a_price_list()
    {
        var list = JsonNode.Parse(PriceList.Initial.ToJson())!;
        list["version"] = "2027-9";
        (await PutAsync("2027-8", list)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        list["translatorShare"] = 1.5;
        var refused = await PutAsync("2027-9", list);
        (await refused.Content.ReadAsStringAsync(Cancelled)).ShouldContain("share must be 0 to 1");
        (await _app.ScalarAsync<long>("SELECT count(*) FROM price_lists WHERE version LIKE '2027-9%' OR version = '2027-8'")).ShouldBe(0);
    }

    [Fact]
    public async Task export_the_months_bookings_for_the_tax_adviser()
    {
        var merchant = await _app.RegisteredAsync(1000, name: "Süß & Söhne");
        await _app.ChargedAsync(merchant);
        await _app.RunMonthAsync();
        var invoice = (await _app.InvoicesAsync(merchant)).ShouldHaveSingleItem();
        var month = ((string)invoice["issuedOn"]!)[..7];
        var bytes = await _app.AsOperator().GetByteArrayAsync($"/operations/exports/{month}/datev", Cancelled);
        var lines = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes).Split("\r\n");
        lines[0].ShouldStartWith("\"EXTF\";700;21;\"Buchungsstapel\";13;");
        lines[0].Split(';').Length.ShouldBe(31);
        var booking = lines.Single(l => l.Contains((string)invoice["number"]!, StringComparison.Ordinal)).Split(';');
        (booking[0], booking[1], booking[7], booking[13]).ShouldBe(("2,86", "\"S\"", "8400", "\"Süß & Söhne\""));

        var journal = await _app.AsOperator().GetStringAsync("/operations/exports/2026-09/journal.csv", Cancelled);
        journal.Split("\r\n").Single(l => l.StartsWith((string)invoice["number"]!, StringComparison.Ordinal)).ShouldContain("Süß & Söhne,DE,DE136695976,S,19.00,2.40,0.46,2.86");
    }

    [Fact]
    public void are_told_which_signs_the_tax_advisers_files_cannot_carry()
    {
        var faults = new Faults();
        Booking[] bookings = [new(286, "10001", "8400", new DateOnly(2026, 11, 1), "ZR-2026-000001", "Łódź Handel", "Łódź Handel"), new(1, "10002", "8400", default, "ZR-2", "Müßig €", "x")];
        DatevBatch.Write(new DateOnly(2026, 11, 1), bookings, new DatevOptions(), DateTimeOffset.UnixEpoch, faults).ShouldBeEmpty();
        var fault = faults.All.ShouldHaveSingleItem();
        fault.Pointer.ShouldBe("ZR-2026-000001: Łódź Handel");
        fault.Detail.ShouldContain("U+0141");
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData(" +cmd|' /C calc'!A0", "' +cmd|' /C calc'!A0")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("-2", "'-2")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a \"b\", c", "\"a \"\"b\"\", c\"")]
    [InlineData("ORDER-1", "ORDER-1")]
    public void export_texts_that_no_spreadsheet_runs(string text, string cell)
    {
        var csv = new SafeCsv("text", "number");
        csv.Add(text, -1.5m);
        csv.ToString().ShouldBe($"text,number\r\n{cell},-1.50\r\n");
    }

    [Fact]
    public async Task cannot_change_a_paper_nor_remove_it_before_its_time()
    {
        var merchant = await _app.RegisteredAsync(1000);
        await _app.ChargedAsync(merchant);
        await _app.RunMonthAsync();
        var id = await _app.ScalarAsync<Guid>("SELECT id FROM invoices WHERE merchant_id = $1", merchant);
        foreach (var sql in (string[])
        [
            $"UPDATE documents SET content = 'x' WHERE paper_id = '{id}'",
            $"DELETE FROM documents WHERE paper_id = '{id}'",
            $"UPDATE invoices SET gross_cents = 1 WHERE id = '{id}'",
            $"DELETE FROM invoices WHERE id = '{id}'",
            "UPDATE number_series SET last = last + 2",
            "DELETE FROM number_series",
            "UPDATE operator_actions SET reason = 'other'",
            "DELETE FROM credit_limits",
            "TRUNCATE documents",
        ])
        {
            await using var connection = new NpgsqlConnection(_app.Administrator);
            await connection.OpenAsync(Cancelled);
            await using var command = new NpgsqlCommand(sql, connection);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancelled), sql)).SqlState.ShouldBe("23001", sql);
        }
    }

    [Fact]
    public async Task keep_papers_for_eight_years_and_numbers_for_good()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BillingDbContext>();
        var (old, young) = (Jobs.NewId(), Jobs.NewId());
        foreach (var (id, year) in new[] { (old, 2010), (young, 2026) })
        {
            db.Documents.Add(Domain.Documents.StoredDocument.Of(id, Domain.Documents.DocumentForm.Xml, [1], new DateOnly(year, 3, 1), TimeProvider.System.GetUtcNow()));
        }

        await db.SaveChangesAsync(Cancelled);
        await RetentionRounds.RemoveAsync(db, new DateOnly(2026, 11, 26), Cancelled);
        (await _app.ScalarAsync<long>("SELECT count(*) FROM documents WHERE paper_id = $1", old)).ShouldBe(0);
        (await _app.ScalarAsync<DateTime>("SELECT keep_until::timestamp FROM documents WHERE paper_id = $1", young)).Year.ShouldBe(2034);
    }

    private Task<HttpResponseMessage> PutAsync(string version, JsonNode list) =>
        _app.AsOperator().PutAsync($"/operations/price-lists/{version}", new StringContent(list.ToJsonString(), Encoding.UTF8, "application/json"), Cancelled);

    private Task<HttpResponseMessage> ActivateAsync(string version, TimeSpan from) => _app.AsOperator().PostAsJsonAsync(
        $"/operations/price-lists/{version}/activate", new { validFrom = TimeProvider.System.GetUtcNow() + from, reason = "New year, new prices" }, Cancelled);
}
