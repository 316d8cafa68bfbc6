using Npgsql;
using Zweizeiler.Billing.Tests.Support;

namespace Zweizeiler.Billing.Tests;

public sealed class Billing_migrate(SharedApp shared)
{
    [Fact]
    public async Task from_several_places_and_again_seeds_once()
    {
        var settings = await BillingApp.SettingsAsync(shared.Servers);
        var merchant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        settings["Demo:Enabled"] = "true";
        settings["Demo:Merchant:Id"] = merchant.ToString();
        settings["Demo:Merchant:OpeningBalanceCents"] = "50000";
        var administrator = await shared.Servers.PostgresAdministratorAsync();

        (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => BillingApp.MigrateAsync(settings, administrator)))).ShouldAllBe(code => code == 0);
        (await BillingApp.MigrateAsync(settings, administrator)).ShouldBe(0);

        await using var source = NpgsqlDataSource.Create(settings["ConnectionStrings:billingdb"]);
        (await ScalarAsync(source, "SELECT count(*) FROM price_lists WHERE version = '2026-1' AND status = 'active'")).ShouldBe(1L);
        (await ScalarAsync(source, "SELECT count(*) FROM entries WHERE kind = 'opening'")).ShouldBe(1L);
        (await ScalarAsync(source, "SELECT balance_cents FROM balances")).ShouldBe(50_000L);
        (await ScalarAsync(source, "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND NOT rolsuper AND NOT rolcreaterole")).ShouldBe(1L);
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
