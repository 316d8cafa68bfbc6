using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Orders.Domain;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests.Support;

/// <summary>A merchant with a live key that may everything and a test key, and what she does most.</summary>
public sealed class TestMerchant(OrdersApp app, Merchant merchant)
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    public Guid Id => merchant.Id;

    public OrdersApp App => app;

    public Contracts.WrappedDataKey DataKey => merchant.DataKey;

    public HttpClient Live { get; } = app.As(new CallerClaims(merchant.Id, merchant.Id, "live", [.. Scope.All]));

    public HttpClient Test { get; } = app.As(new CallerClaims(merchant.Id, merchant.Id, "test", [.. Scope.All]));

    public HttpClient With(params string[] scopes) => app.As(new CallerClaims(merchant.Id, merchant.Id, "live", scopes));

    public static JsonObject Item(string text = "Guten Tag Frau Martin, Ihr Paket ist unterwegs und kommt morgen an.") => new()
    {
        ["kind"] = "translation",
        ["source"] = "de",
        ["target"] = "fr",
        ["text"] = text,
    };

    public Task<HttpResponseMessage> PostAsync(string path, JsonNode body, string? key = null, HttpClient? client = null) =>
        PostAsync(path, body.ToJsonString(), key, client);

    public Task<HttpResponseMessage> PostAsync(string path, string body, string? key = null, HttpClient? client = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return (client ?? Live).SendAsync(request);
    }

    /// <summary>Places a job and returns its id, public and inner.</summary>
    public async Task<(string PublicId, Guid Id)> PlaceAsync(JsonObject? item = null, HttpClient? client = null)
    {
        var response = await PostAsync("/v1/jobs", item ?? Item(), client: client);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        var id = (string)(await BodyOf(response))["id"]!;
        PublicId.TryParse(Ids.Job, id, out var guid).ShouldBeTrue();
        return (id, guid);
    }

    /// <summary>Tells Orders that a translator delivered, as the marketplace would.</summary>
    public async Task<Guid> DeliverAsync(Guid jobId, string text = "Bonjour Madame Martin, …", int version = 3, Guid? translator = null)
    {
        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        var delivery = Guid.CreateVersion7(now);
        var sealedText = app.Services.GetRequiredService<TextVault>()
            .Seal(merchant.DataKey, delivery, TextPurpose.DeliveryContent, new DeliveryContent(text, "Ein Wort zur Anrede."));
        await app.Messages.PublishAsync(new JobDelivered(jobId, merchant.Id, version, delivery, 1, translator ?? Guid.CreateVersion7(now), sealedText, 24, 1, now));
        return delivery;
    }

    public Task StateBecomesAsync(string publicId, string state) =>
        Eventually.Passes(Soon, async () => ((string)(await GetAsync($"/v1/jobs/{publicId}"))["state"]!).ShouldBe(state));

    public async Task<JsonObject> GetAsync(string path) => (await Live.GetFromJsonAsync<JsonObject>(path))!;

    public static async Task<JsonObject> BodyOf(HttpResponseMessage response) => (await response.Content.ReadFromJsonAsync<JsonObject>())!;
}
