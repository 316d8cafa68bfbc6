using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Billing;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.ServiceDefaults.Texts;
using Zweizeiler.Testing;

namespace Zweizeiler.Orders.Tests.Support;

/// <summary>What billing and the marketplace would tell about a job of this merchant.</summary>
public sealed class Marketplace(TestMerchant merchant, string publicId, Guid jobId)
{
    public static readonly Guid Anna = Guid.Parse("01932f2c-9a7e-7c3d-8e21-00000000aaaa");

    public const string Text = "Bonjour Madame Martin, votre colis est en route.";

    private int _version;
    private int _deliveries;

    public string PublicId => publicId;

    public Guid JobId => jobId;

    public TestMerchant Merchant => merchant;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private TextVault Vault => merchant.App.Services.GetRequiredService<TextVault>();

    /// <summary>A new job, which has come as far as <paramref name="state"/>.</summary>
    public static async Task<Marketplace> BringAsync(TestMerchant merchant, string state)
    {
        var (publicId, id) = await merchant.PlaceAsync();
        var market = new Marketplace(merchant, publicId, id);
        switch (state)
        {
            case "placed": break;
            case "payment_required": await market.TellAsync(new JobFundingDeclined(id, merchant.Id, "balance.insufficient", Now)); break;
            case "open": await market.TellAsync(new JobFunded(id, merchant.Id, 286, 168, Now)); break;
            case "in_progress": await market.ClaimAsync(); break;
            case "on_hold": await market.AskAsync(); break;
            case "cancelled": await market.TellAsync(new JobCancelled(id, merchant.Id, market.Next(), null, Now)); break;
            case "expired": await market.TellAsync(new JobExpired(id, merchant.Id, market.Next(), Now)); break;
            default: await market.DeliverAsync(); await merchant.StateBecomesAsync(publicId, "in_review"); break;
        }

        switch (state)
        {
            case "in_revision": await market.CommandAsync("revision", """{"note":"Bitte kürzer."}"""); break;
            case "disputed" or "refunded": await market.CommandAsync("reject", """{"reason":"meaning","passages":[{"start":0,"end":7}]}"""); break;
            case "accepted": await market.CommandAsync("accept", "{}"); break;
        }

        if (state == "refunded")
        {
            await market.RuleAsync(stands: false);
        }

        await merchant.StateBecomesAsync(publicId, state);
        return market;
    }

    public int Next() => ++_version;

    public Task TellAsync<T>(T fact)
        where T : class => merchant.App.Messages.PublishAsync(fact);

    public Task ClaimAsync() => TellAsync(new JobClaimed(jobId, merchant.Id, Next(), Anna, "Anna", Now.AddMinutes(30), Now));

    /// <summary>Asks and returns the question's public id.</summary>
    public async Task<string> AskAsync(string text = "Wie heißt die Kundin?", bool beforeClaim = false)
    {
        var id = Guid.CreateVersion7(Now);
        var question = new QuestionAsked(
            jobId, merchant.Id, Next(), id, Anna, "Anna", beforeClaim, Vault.Seal(merchant.DataKey, id, TextPurpose.Message, text), Now);
        await TellAsync(question);
        var publicQuestion = ServiceDefaults.PublicId.Format("msg", id);
        await Eventually.Passes(TestMerchant.Soon, async () => (await MessagesAsync()).Select(m => (string)m!["id"]!).ShouldContain(publicQuestion));
        return publicQuestion;
    }

    public async Task<Guid> DeliverAsync(DeliveryContent? content = null, CallFacts? call = null, bool isCorrection = false)
    {
        var id = Guid.CreateVersion7(Now);
        content ??= new DeliveryContent(Text, null);
        await TellAsync(new JobDelivered(
            jobId, merchant.Id, Next(), id, ++_deliveries, Anna, Vault.Seal(merchant.DataKey, id, TextPurpose.DeliveryContent, content),
            content.Text.Length, 7, Now, call, isCorrection));
        return id;
    }

    public Task RuleAsync(bool stands, Guid? complaint = null)
    {
        var delivery = Guid.CreateVersion7(Now);
        return TellAsync(new RulingGiven(
            jobId, merchant.Id, Next(), delivery, complaint, stands, Vault.Seal(merchant.DataKey, delivery, TextPurpose.Ruling, "Weil."), Now));
    }

    public async Task<JsonArray> MessagesAsync() => (await merchant.GetAsync($"/v1/jobs/{publicId}/messages"))["data"]!.AsArray();

    public Task<JsonObject> JobAsync() => merchant.GetAsync($"/v1/jobs/{publicId}");

    public Task<HttpResponseMessage> PostAsync(string command, string body) => merchant.PostAsync($"/v1/jobs/{publicId}/{command}", body);

    /// <summary>A command that must succeed.</summary>
    public async Task<JsonObject> CommandAsync(string command, string body)
    {
        var response = await PostAsync(command, body);
        ((int)response.StatusCode).ShouldBeInRange(200, 299, await response.Content.ReadAsStringAsync());
        return await TestMerchant.BodyOf(response);
    }

    /// <summary>A command that must be refused by the job's state; returns the problem.</summary>
    public async Task<JsonObject> RefusedAsync(string command, string body)
    {
        var response = await PostAsync(command, body);
        response.StatusCode.ShouldBe(HttpStatusCode.Conflict, await response.Content.ReadAsStringAsync());
        var problem = await TestMerchant.BodyOf(response);
        ((string)problem["code"]!).ShouldBe("job.state");
        return problem;
    }

    public ObjectionContent Open(Guid delivery, SealedText objection) =>
        Vault.Open<ObjectionContent>(merchant.DataKey, delivery, TextPurpose.Objection, objection);

    public SealedText SealMessage(Guid message, string text) => Vault.Seal(merchant.DataKey, message, TextPurpose.Message, text);

    public string OpenMessage(Guid message, SealedText text) => Vault.Open<string>(merchant.DataKey, message, TextPurpose.Message, text);

    public async Task<T> HeardAsync<T>(Func<T, bool> which)
        where T : class => await merchant.App.Messages.NextAsync(which);

    /// <summary>Waits until exactly these steps were told, in this order and without a gap.</summary>
    public Task ToldAsync(params string[] types) => Eventually.Passes(TestMerchant.Soon, () =>
    {
        var told = merchant.App.Messages.Heard<JobStateChanged>().Where(m => m.JobId == jobId).OrderBy(m => m.Sequence).ToList();
        told.Select(m => m.Type["job.".Length..]).ShouldBe(types);
        told.Select(m => m.Sequence).ShouldBe(Enumerable.Range(1, types.Length));
        return Task.CompletedTask;
    });
}
