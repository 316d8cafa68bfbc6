// What the rules are there to catch: each rule is held against one of these, so that a rule that sees nothing fails.
#pragma warning disable CA1051, CA1822 // Fields to write to and members that could be static are part of the show.
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.Architecture.Tests.Offenders
{
    public sealed record ChangeableMessage(int Kept)
    {
        public int Changed { get; set; }
    }

    public sealed class FieldMessage
    {
        public int Open;
    }

    public sealed record Message(int Kept)
    {
        public int Initial { get; init; }
    }

    public sealed class Consumer : IConsumer<Message>
    {
        public Task Consume(ConsumeContext<Message> context) => Task.CompletedTask;
    }

    public sealed class RetryingDefinition : ConsumerDefinition<Consumer>
    {
        protected override void ConfigureConsumer(
            IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<Consumer> consumerConfigurator, IRegistrationContext context) =>
            consumerConfigurator.UseMessageRetry(retry => retry.Immediate(3));
    }

    public static class RetryingRegistration
    {
        public static void Add(IBusRegistrationConfigurator bus) => bus.AddConsumer<Consumer>(consumer => consumer.UseMessageRetry(retry => retry.Immediate(3)));
    }

    public sealed class Publisher(IBus bus)
    {
        public Task PublishAsync() => bus.Publish(new Message(1));
    }

    public sealed class Asker(IServiceProvider services)
    {
        public async Task<Message> AskAsync()
        {
            var client = (IRequestClient<Message>)services.GetService(typeof(IRequestClient<Message>))!;
            return (await client.GetResponse<Message>(new Message(1))).Message;
        }
    }

    public static class Neighbour
    {
        public static Type Database => typeof(Billing.Persistence.BillingDbContext);
    }

    public sealed class ForeignSchema(DbContextOptions<ForeignSchema> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Row>().ToTable("jobs", "billing");

        public sealed class Row
        {
            public int Id { get; set; }
        }
    }
}

namespace Zweizeiler.Architecture.Tests.Offenders.Domain
{
    public sealed class EntityThatQueries
    {
        // Only in the body of an async method: the compiler moves it to a type of its own.
        public async Task<int> CountAsync(object source) => await ((IQueryable<int>)source).CountAsync();
    }

    public sealed class EntityThatPublishes
    {
        public Uri? Address { get; init; }

        public Type Kind => typeof(IPublishEndpoint);
    }

    public sealed class Entity
    {
        public required string Name { get; init; }

        public Entity Renamed(string name) => new() { Name = name };
    }
}
