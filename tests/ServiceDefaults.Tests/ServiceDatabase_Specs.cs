using Zweizeiler.ServiceDefaults.Data;

namespace Zweizeiler.ServiceDefaults.Tests;

public class ServiceDatabase_Specs
{
    [Fact]
    public void A_connection_string_that_says_nothing_gets_a_small_pool_and_prepared_statements()
    {
        var settings = ServiceDatabase.Configure("Host=localhost;Database=ordersdb");
        settings.MaxPoolSize.ShouldBe(20);
        settings.MaxAutoPrepare.ShouldBe(100);
        settings.NoResetOnClose.ShouldBeTrue("a reset would forget the prepared statements");
    }

    [Fact]
    public void What_a_connection_string_says_wins()
    {
        var settings = ServiceDatabase.Configure("Host=localhost;Database=ordersdb;Maximum Pool Size=7;Max Auto Prepare=5");
        settings.MaxPoolSize.ShouldBe(7);
        settings.MaxAutoPrepare.ShouldBe(5);
    }
}
