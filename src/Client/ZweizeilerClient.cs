namespace Zweizeiler.Client;

/// <summary>
/// A merchant's view of Zweizeiler: order language jobs, read deliveries, accept them, receive webhooks, read the ledger.
/// Thread-safe; make one and keep it.
/// </summary>
/// <example>
/// <code>
/// using var client = new ZweizeilerClient(new Uri("http://localhost:8080"), "zz_test_…");
/// var job = await client.Jobs.CreateAsync(new NewJob { Source = "de", Target = "fr", Text = "Guten Tag, …" });
/// </code>
/// </example>
public sealed class ZweizeilerClient : IDisposable
{
    private readonly HttpClient? _ownHttp;

    /// <summary>A client with an <see cref="HttpClient"/> of its own.</summary>
    /// <param name="gateway">The gateway's base address, for example <c>http://localhost:8080</c>.</param>
    /// <param name="apiKey">The API key, <c>zz_live_…</c> or <c>zz_test_…</c>. It travels in the Authorization header and nowhere else.</param>
    /// <param name="options">Retries and clock; the defaults suit most.</param>
    public ZweizeilerClient(Uri gateway, string apiKey, ZweizeilerClientOptions? options = null)
        : this(new HttpClient { BaseAddress = gateway }, apiKey, options)
    {
        _ownHttp = Http;
    }

    /// <summary>A client on an <see cref="HttpClient"/> that the caller owns, for example one of <c>IHttpClientFactory</c>.</summary>
    /// <param name="http">Its <see cref="HttpClient.BaseAddress"/> must be the gateway.</param>
    /// <param name="apiKey">The API key.</param>
    /// <param name="options">Retries and clock.</param>
    /// <exception cref="ArgumentException">The key or the base address is missing.</exception>
    public ZweizeilerClient(HttpClient http, string apiKey, ZweizeilerClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        if (http.BaseAddress is null)
        {
            throw new ArgumentException("The HttpClient needs the gateway's address as its BaseAddress.", nameof(http));
        }

        Http = http;
        var transport = new ApiTransport(http, apiKey, options ?? new ZweizeilerClientOptions());
        Jobs = new JobsResource(transport);
        Quotes = new QuotesResource(transport);
        Cases = new CasesResource(transport);
        Templates = new TemplatesResource(transport);
        Glossaries = new GlossariesResource(transport);
        Preferences = new PreferencesResource(transport);
        Translators = new TranslatorsResource(transport);
        Offers = new OffersResource(transport);
        ApiKeys = new ApiKeysResource(transport);
        WebhookEndpoints = new WebhookEndpointsResource(transport);
        NotificationPreferences = new NotificationPreferencesResource(transport);
        Events = new EventsResource(transport);
        Billing = new BillingResource(transport);
    }

    /// <summary>Order, follow, review and accept jobs.</summary>
    public JobsResource Jobs { get; }

    /// <summary>Binding prices before ordering.</summary>
    public QuotesResource Quotes { get; }

    /// <summary>Threads of jobs about one customer's matter.</summary>
    public CasesResource Cases { get; }

    /// <summary>Reply templates.</summary>
    public TemplatesResource Templates { get; }

    /// <summary>Your terms.</summary>
    public GlossariesResource Glossaries { get; }

    /// <summary>What holds for every job unless it says otherwise.</summary>
    public PreferencesResource Preferences { get; }

    /// <summary>Languages, price list and delivery times.</summary>
    public OffersResource Offers { get; }

    /// <summary>Your API keys.</summary>
    public ApiKeysResource ApiKeys { get; }

    /// <summary>Where events are sent.</summary>
    public WebhookEndpointsResource WebhookEndpoints { get; }

    /// <summary>What we tell you by mail.</summary>
    public NotificationPreferencesResource NotificationPreferences { get; }

    /// <summary>The event log, for those who poll.</summary>
    public EventsResource Events { get; }

    /// <summary>The people who do the work.</summary>
    public TranslatorsResource Translators { get; }

    /// <summary>Balance, ledger, invoices and your billing profile.</summary>
    public BillingResource Billing { get; }

    private HttpClient Http { get; }

    /// <inheritdoc/>
    public void Dispose() => _ownHttp?.Dispose();
}
