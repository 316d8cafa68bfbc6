namespace Zweizeiler.Contracts.Orders;

/// <summary>An API key no longer opens anything; every gateway forgets what it has cached of it.</summary>
/// <param name="KeyId">The key's id, never the key or its hash.</param>
/// <param name="RevokedAt">When, UTC.</param>
/// <param name="MerchantId">Whose key it was.</param>
/// <param name="Name">What the merchant calls the key.</param>
public sealed record ApiKeyRevoked(Guid KeyId, DateTimeOffset RevokedAt, Guid? MerchantId = null, string? Name = null);
