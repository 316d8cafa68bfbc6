using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Marketplace.Persistence;

namespace Zweizeiler.Marketplace.Features.Live;

/// <summary>
/// What a change tells all replicas: ids and nothing else. Sent with PostgreSQL's NOTIFY inside the transaction, so that it arrives exactly when
/// the change can be seen, and not at all when it is rolled back.
/// </summary>
public sealed record LiveSignal(char Kind, Guid Id)
{
    public const string Channel = "marketplace_live";

    private const char JobKind = 'j';
    private const char PersonKind = 't';

    /// <summary>A job came on offer, was taken or came back.</summary>
    public static LiveSignal Job(Guid jobId) => new(JobKind, jobId);

    /// <summary>Something of a translator's own has changed: her work, her earnings.</summary>
    public static LiveSignal Person(Guid translatorId) => new(PersonKind, translatorId);

    public bool IsJob => Kind == JobKind;

    public static LiveSignal? Parse(string payload) =>
        payload is [JobKind or PersonKind, ':', ..] && Guid.TryParseExact(payload.AsSpan(2), "N", out var id) ? new LiveSignal(payload[0], id) : null;

    public Task SendAsync(MarketplaceDbContext db, CancellationToken cancellationToken)
    {
        var payload = string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Id:N}");
        return db.Database.ExecuteSqlAsync($"SELECT pg_notify({Channel}, {payload})", cancellationToken);
    }
}
