using System.Collections.Concurrent;
using MassTransit;

namespace Zweizeiler.Messaging.Tests.Support;

// MassTransit consumes public types only.
public sealed record Counted(Guid Group, int Number);

public sealed record Answered(Guid Group, int Number);

public sealed record Announced(Guid Group, int Number);

/// <summary>Writes an effect for each message.</summary>
internal sealed class CountedConsumer(ShopContext database) : IConsumer<Counted>
{
    public async Task Consume(ConsumeContext<Counted> context)
    {
        database.Add(new Effect { Consumer = "counted", Group = context.Message.Group, Number = context.Message.Number });
        await database.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>Writes an effect and publishes an answer through the scope's endpoint, as a feature does; leaves saving to the pipe.</summary>
internal sealed class AnsweringConsumer(ShopContext database, IPublishEndpoint publisher) : IConsumer<Counted>
{
    public async Task Consume(ConsumeContext<Counted> context)
    {
        database.Add(new Effect { Consumer = "answering", Group = context.Message.Group, Number = context.Message.Number });
        await publisher.Publish(new Answered(context.Message.Group, context.Message.Number), context.CancellationToken);
    }
}

internal sealed class AnsweredConsumer(ShopContext database) : IConsumer<Answered>
{
    public Task Consume(ConsumeContext<Answered> context)
    {
        database.Add(new Effect { Consumer = "answered", Group = context.Message.Group, Number = context.Message.Number });
        return Task.CompletedTask;
    }
}

/// <summary>Saves its effect and an answer, and only then throws, as often as it is told.</summary>
internal sealed class StumblingConsumer(ShopContext database, Stumbles stumbles) : IConsumer<Counted>
{
    public async Task Consume(ConsumeContext<Counted> context)
    {
        database.Add(new Effect { Consumer = "stumbling", Group = context.Message.Group, Number = context.Message.Number });
        await context.Publish(new Answered(context.Message.Group, context.Message.Number), context.CancellationToken);
        await database.SaveChangesAsync(context.CancellationToken);
        stumbles.Next();
    }
}

internal sealed class Stumbles(int times, Func<Exception> exception)
{
    private int _calls;

    public int Calls => _calls;

    public void Next()
    {
        if (Interlocked.Increment(ref _calls) <= times)
        {
            throw exception();
        }
    }
}

internal sealed class AnnouncedConsumer(Heard heard) : IConsumer<Announced>
{
    public Task Consume(ConsumeContext<Announced> context)
    {
        heard.Numbers.Enqueue(context.Message.Number);
        return Task.CompletedTask;
    }
}

internal sealed class Heard
{
    public ConcurrentQueue<int> Numbers { get; } = new();
}
