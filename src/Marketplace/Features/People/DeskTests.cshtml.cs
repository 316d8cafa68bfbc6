using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Persistence;
using Zweizeiler.Marketplace.Portal;

namespace Zweizeiler.Marketplace.Features.People;

public sealed record TestRow(Guid Id, Guid TranslatorId, string Name, IReadOnlyList<string> Native, string Source, string Target, DateTimeOffset AnsweredAt);

/// <summary>Tests that wait to be read, the oldest first.</summary>
[Authorize(Policy = Policies.Operator)]
public sealed class DeskTestsPage(MarketplaceDbContext db) : PageModel
{
    private const int MostListed = 100;

    public IReadOnlyList<TestRow> Tests { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken) => Tests = await (
        from test in db.PairTests.AsNoTracking()
        join account in db.Users on test.TranslatorId equals account.Id
        join translator in db.Translators on test.TranslatorId equals translator.Id
        where test.State == PairTestState.Answered
        orderby test.AnsweredAt
        select new TestRow(test.Id, test.TranslatorId, account.DisplayName, translator.NativeLanguages, test.Source, test.Target, test.AnsweredAt ?? test.GivenAt))
        .Take(MostListed).ToListAsync(cancellationToken);
}
