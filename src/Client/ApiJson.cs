using System.Text.Json;
using System.Text.Json.Serialization;

namespace Zweizeiler.Client;

/// <summary>How bodies are written and read; generated, so that the client works trimmed and ahead-of-time compiled.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Acceptance))]
[JsonSerializable(typeof(Balance))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(JobEventData))]
[JsonSerializable(typeof(NewJob))]
[JsonSerializable(typeof(NewJobs))]
[JsonSerializable(typeof(NewWebhookEndpoint))]
[JsonSerializable(typeof(Page<Delivery>))]
[JsonSerializable(typeof(Page<Event>))]
[JsonSerializable(typeof(Page<Job>))]
[JsonSerializable(typeof(Page<LedgerEntry>))]
[JsonSerializable(typeof(Page<WebhookEndpoint>))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhookEndpoint))]
internal sealed partial class ApiJson : JsonSerializerContext;
