using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.Orders.Tests.Support;

namespace Zweizeiler.Orders.Tests;

public class Lent_contexts_Specs(SharedApp shared)
{
    /// <summary>More than are kept: they are lent in turn, so that the first comes back only after all that others have filled the store with.</summary>
    private const int Loans = 300;

    [Fact]
    public async Task Whoever_gets_a_context_gets_it_as_if_nobody_had_asked_it_for_anything()
    {
        var seen = new HashSet<OrdersDbContext>(ReferenceEqualityComparer.Instance);
        var isLentAgain = false;
        for (var i = 0; i < Loans; i++)
        {
            await using var scope = shared.App.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();

            // Otherwise what a request adds is saved by the change tracker, which costs a multiple.
            db.IsTouched.ShouldBeFalse();
            await db.Merchants.AnyAsync(TestContext.Current.CancellationToken);
            isLentAgain |= !seen.Add(db);
        }

        isLentAgain.ShouldBeTrue();
    }
}
