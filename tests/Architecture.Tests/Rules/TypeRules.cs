using System.Reflection;
using System.Runtime.CompilerServices;
using MassTransit;
using Mono.Cecil;

namespace Zweizeiler.Architecture.Tests.Rules;

/// <summary>Rules about types. Each returns what breaks it.</summary>
internal static class TypeRules
{
    private static readonly string[] Outside = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "MassTransit", "Npgsql", "RabbitMQ"];

    // Who a person is, is ASP.NET's: the marketplace's account is one of its users and has no rules of our own.
    private static readonly string[] AllowedInDomain = ["Microsoft.AspNetCore.Identity.IdentityUser`1"];

    private static readonly string[] AroundTheOutbox =
        [typeof(IBus).FullName!, typeof(IBusControl).FullName!, typeof(IRequestClient<>).FullName!, typeof(IClientFactory).FullName!];

    private static readonly string[] Retries =
        ["UseMessageRetry", "UseRetry", "UseScheduledRedelivery", "UseDelayedRedelivery", "UseInMemoryOutbox"];

    /// <summary>Entities and their invariants know neither EF nor ASP.NET nor MassTransit.</summary>
    public static IEnumerable<string> DomainMentions(TypeDefinition type) =>
        Code.Mentions(type)
            .Select(mentioned => mentioned.FullName)
            .Where(name => Outside.Any(outside => name.StartsWith(outside + ".", StringComparison.Ordinal)))
            .Except(AllowedInDomain)
            .Select(name => $"{type.FullName} -> {name}");

    public static bool IsDomain(TypeDefinition type) => type.Namespace.Split('.').Contains("Domain");

    /// <summary>A message is what it was when it was published: no setters but init, no fields to write to.</summary>
    public static IEnumerable<string> Setters(Type message) =>
    [
        .. message.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            .Select(property => $"{message.Name}.{property.Name}"),
        .. message.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(field => !field.IsInitOnly)
            .Select(field => $"{message.Name}.{field.Name}"),
    ];

    /// <summary>
    /// Retries belong to the endpoint and are set up in Messaging. One on a consumer would repeat it inside the transaction that its first
    /// attempt has written to.
    /// </summary>
    public static IEnumerable<string> ConsumerRetries(TypeDefinition type) =>
    [
        .. Code.Calls(type)
            .Where(call => Retries.Contains(call.Name) && call.DeclaringType.Namespace == nameof(MassTransit))
            .Where(call => type.Module.Assembly.Name.Name != "Zweizeiler.Messaging" || TakesConsumer(call))
            .Select(call => $"{type.FullName} calls {call.Name}"),
        .. Code.WithNested(type)
            .Where(one => one.BaseType?.GetElementType().FullName == typeof(ConsumerDefinition<>).FullName)
            .Select(one => $"{one.FullName} is a consumer definition"),
    ];

    /// <summary>IBus publishes past the outbox; a request client waits for another service.</summary>
    public static IEnumerable<string> OutboxBypasses(TypeDefinition type) =>
        Code.Mentions(type)
            .Select(mentioned => mentioned.FullName)
            .Intersect(AroundTheOutbox)
            .Select(name => $"{type.FullName} -> {name}");

    private static bool TakesConsumer(MethodReference call) =>
        call.Parameters.FirstOrDefault()?.ParameterType.FullName.Contains("ConsumerConfigurator", StringComparison.Ordinal) ?? false;
}
