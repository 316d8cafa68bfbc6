using System.Security.Cryptography;

namespace Zweizeiler.Billing.Domain.Documents;

public enum DocumentForm
{
    Xml,
    Pdf,

    /// <summary>A payment order to the bank, sealed.</summary>
    PaymentOrder,
}

/// <summary>A paper as it was given out. It never changes and is kept for eight years (§ 147 AO, § 14b UStG).</summary>
public sealed class StoredDocument
{
    private const int YearsKept = 8;

    public required Guid PaperId { get; init; }

    public required DocumentForm Form { get; init; }

    public required byte[] Content { get; init; }

    public required byte[] Sha256 { get; init; }

    /// <summary>The last day of the eighth year after that of the paper.</summary>
    public required DateOnly KeepUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public static StoredDocument Of(Guid paper, DocumentForm form, byte[] content, DateOnly issuedOn, DateTimeOffset now) => new()
    {
        PaperId = paper,
        Form = form,
        Content = content,
        Sha256 = SHA256.HashData(content),
        KeepUntil = new DateOnly(issuedOn.Year + YearsKept, 12, 31),
        CreatedAt = now,
    };
}

/// <summary>Numbers without a gap in a series and year. The row is taken in the transaction that uses the number, so an aborted one leaves no gap.</summary>
public sealed class NumberSeries
{
    public required string Series { get; init; }

    public required int Year { get; init; }

    public int Last { get; init; }

    /// <summary>For example <c>ZR-2026-000123</c>.</summary>
    public static string Format(string series, int year, int number) => FormattableString.Invariant($"{series}-{year}-{number:000000}");
}
