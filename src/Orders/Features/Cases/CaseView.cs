using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Zweizeiler.Contracts;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Conversation;
using Zweizeiler.Orders.Features.ReadJobs;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Cases;

/// <summary>A case as it appears everywhere in the API.</summary>
public sealed record CaseView(
    string Id,
    string? Reference,
    [property: AllowedValues(CaseStates.Open, CaseStates.Closed)] string State,
    [property: AllowedValues("live", "test")] string Mode,
    [property: Description("The language that you write in.")] string? Language,
    CustomerView Customer,
    IReadOnlyDictionary<string, string> Metadata,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ClosedAt)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What happened, the oldest first: the newest 100 jobs with their messages and deliveries. Only where a single case is fetched.")]
    public IReadOnlyList<ThreadEntry>? Thread { get; init; }

    public static CaseView Of(Case found, TextVault vault, WrappedDataKey dataKey)
    {
        var customer = CustomerOf(found, vault, dataKey);
        return new CaseView(
            PublicId.Format(Ids.Case, found.Id),
            found.Reference,
            found.IsOpen ? CaseStates.Open : CaseStates.Closed,
            found.Mode,
            found.Language,
            new CustomerView(customer?.Name, customer?.Greeting, found.CustomerLanguage),
            found.Metadata,
            found.CreatedAt,
            found.UpdatedAt,
            found.ClosedAt);
    }

    public static CaseCustomer? CustomerOf(Case found, TextVault vault, WrappedDataKey dataKey) =>
        found.Customer is { } customer ? vault.Open<CaseCustomer>(dataKey, found.Id, TextPurpose.Customer, customer) : null;
}

/// <summary>The customer of a case.</summary>
public sealed record CustomerView(string? Name, string? Greeting, string? Language);

/// <summary>One thing that happened in a case.</summary>
public sealed record ThreadEntry(
    [property: AllowedValues("job", "message", "delivery")] string Type,
    DateTimeOffset At,
    [property: Description("The job that it is about.")] string JobId)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("The job as it is now; only with `type` `job`, at the time when it was placed.")]
    public JobView? Job { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What was asked or written; only with `type` `message`.")]
    public MessageView? Message { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("What was delivered; only with `type` `delivery`.")]
    public DeliveryView? Delivery { get; init; }
}
