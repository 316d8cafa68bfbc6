using System.Reflection;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Billing.Persistence;

namespace Zweizeiler.Billing.Tests.Support;

/// <summary>A consume context without a broker: has the message, and remembers what is published. Nothing else of it is used by consumers.</summary>
public class Consumed : DispatchProxy
{
    private readonly List<object> _published = [];
    private readonly Guid _messageId = Jobs.NewId();
    private object _message = null!;

    public static (object Context, IReadOnlyList<object> Published) With(object message)
    {
        var context = Create(typeof(ConsumeContext<>).MakeGenericType(message.GetType()), typeof(Consumed));
        var consumed = (Consumed)context;
        consumed._message = message;
        return (context, consumed._published);
    }

    /// <summary>Has a message worked off by its consumer here and now, in a transaction of its own, and says what the consumer published.</summary>
    public static async Task<IReadOnlyList<object>> WorkOffAsync(IServiceProvider services, object message)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<BillingDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var (context, published) = With(message);
        var contract = typeof(IConsumer<>).MakeGenericType(message.GetType());
        var type = typeof(Program).Assembly.GetTypes().Single(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(contract));
        var consumer = ActivatorUtilities.CreateInstance(scope.ServiceProvider, type);
        await (Task)contract.GetMethod("Consume")!.Invoke(consumer, BindingFlags.DoNotWrapExceptions, null, [context], null)!;
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return published;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case "get_Message":
                return _message;
            case "get_MessageId":
                return _messageId;
            case "get_CancellationToken":
                return CancellationToken.None;
            case "Publish":
                _published.Add(args![0]!);
                return Task.CompletedTask;
            default:
                throw new NotSupportedException(targetMethod.Name);
        }
    }
}
