using System.Reflection;
using MassTransit;

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
