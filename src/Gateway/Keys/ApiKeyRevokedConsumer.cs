using MassTransit;
using Zweizeiler.Contracts.Orders;

namespace Zweizeiler.Gateway.Keys;

/// <summary>Every gateway hears of a revoked key and forgets what it kept.</summary>
internal sealed class ApiKeyRevokedConsumer(KeyResolver keys) : IConsumer<ApiKeyRevoked>
{
    public Task Consume(ConsumeContext<ApiKeyRevoked> context)
    {
        keys.Forget();
        return Task.CompletedTask;
    }
}
