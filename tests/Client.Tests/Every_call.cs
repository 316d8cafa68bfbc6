using System.Reflection;
using System.Text.Json;

namespace Zweizeiler.Client.Tests;

/// <summary>Each method of the client, with the request that it makes: a table, and the proof that no method is missing in it.</summary>
public sealed class Every_call : ClientSpecs
{
    private const string Price = """
        {"characters":93,"lines":2,"billedLines":2,"ratePerLine":120,"urgencyFactor":1.00,"repetitionFactor":0.25,"net":240,"currency":"EUR",
         "tax":{"category":"S","rate":19.00,"amount":46},"gross":286,"priceList":"2026-1","counting":1}
        """;

    private const string Job = $$"""
        {"id":"job_1","kind":"translation","state":"placed","mode":"live","source":"de","target":"fr","urgency":"standard","price":{{Price}},
         "promise":{"deliverBy":"2026-11-23T18:00:00Z"},"metadata":{},"createdAt":"2026-11-23T14:00:00Z","updatedAt":"2026-11-23T14:00:00Z"}
        """;

    private const string Complaint = """
        {"id":"cmp_1","state":"open","reason":"tone","note":null,"passages":[],"receivedAt":"2026-11-23T14:00:00Z","correctionDueAt":"2026-11-24T14:00:00Z","decidedAt":null}
        """;

    private const string Message = """
        {"id":"msg_1","from":"translator","text":"Who is she?","question":true,"answers":null,"translator":{"id":"trn_1","displayName":"Amélie"},"sentAt":"2026-11-23T14:00:00Z"}
        """;

    private const string Quote = $$"""
        {"id":"quo_1","mode":"live","items":[{"kind":"translation","source":"de","target":"fr","urgency":"standard","price":{{Price}},"promise":{"deliverBy":"2026-11-23T18:00:00Z"} }],
         "total":{"net":240,"tax":46,"gross":286,"currency":"EUR"},"createdAt":"2026-11-23T14:00:00Z","expiresAt":"2026-11-24T14:00:00Z","usedAt":null}
        """;

    private const string Case = """
        {"id":"case_1","reference":"ORDER-4711","state":"open","mode":"live","language":"de","customer":{"name":"Mme Martin","greeting":null,"language":"fr"},
         "metadata":{},"createdAt":"2026-11-23T14:00:00Z","updatedAt":"2026-11-23T14:00:00Z","closedAt":null}
        """;

    private const string Template = """
        {"id":"tpl_1","name":"Late","language":"de","text":"Es kommt am {{day}}.","placeholders":["day"],"createdAt":"2026-11-23T14:00:00Z","updatedAt":"2026-11-23T14:00:00Z"}
        """;

    private const string Glossary = """
        {"id":"gls_1","name":"Bikes","source":"de","target":"fr","termCount":1,"createdAt":"2026-11-23T14:00:00Z","updatedAt":"2026-11-23T14:00:00Z"}
        """;

    private const string Preferences = """
        {"brief":{"tone":"friendly"},"retentionDays":365,"preferredTranslators":[],"blockedTranslators":[],"glossaries":{},
         "notifications":{"locale":"de","timeZone":"Europe/Berlin"},"updatedAt":null}
        """;

    private const string Key = """
        {"id":"key_1","name":"Shop","prefix":"zz_live_4fGq","mode":"live","scopes":["order"],"createdAt":"2026-11-23T14:00:00Z","expiresAt":null,"lastUsedAt":null,"revokedAt":null,
         "spendingLimit":{"amount":50000,"currency":"EUR","period":"day","spent":286,"resetsAt":"2026-11-23T23:00:00Z"}}
        """;

    private const string Endpoint = """
        {"id":"whe_1","url":"https://shop.example/hooks","types":[],"state":"off","offReason":"failing","failingSince":"2026-11-18T14:00:00Z",
         "previousSecretUntil":null,"createdAt":"2026-11-17T14:00:00Z"}
        """;

    private const string NewSecret = """
        {"id":"whe_1","url":"https://shop.example/hooks","types":["job.delivered"],"createdAt":"2026-11-23T14:00:00Z","secret":"whsec_AAAA"}
        """;

    private const string WebhookDelivery = """
        {"id":"whd_1","event":{"id":"evt_1","type":"job.placed","timestamp":"2026-11-23T14:00:00Z","data":{"id":"job_1","state":"placed","reference":null,"caseId":null}},
         "state":"waiting","nextAttemptAt":"2026-11-23T14:05:00Z","createdAt":"2026-11-23T14:00:00Z",
         "attempts":[{"number":1,"startedAt":"2026-11-23T14:00:00Z","durationMilliseconds":12,"status":503,"failure":"status","responseBody":"closed"}]}
        """;

    private const string MailPreferences = """
        {"kinds":{"delivery":"digest","invoice":"on"},"quietHours":{"from":"20:00","to":"07:30"},"digestAt":"07:30","timeZone":"Europe/Berlin","address":"ok"}
        """;

    private const string Profile = """
        {"legalName":"Rheinkram GmbH","street":"Weg 1","postCode":"50667","city":"Köln","country":"DE","vatId":"DE136695976","buyerReference":null,
         "customerNumber":"K-1","complete":true}
        """;

    private const string Invoice = """
        {"id":"inv_1","number":"R-2026-0001","kind":"invoice","state":"issued","month":"2026-11","issuedOn":"2026-12-01","dueOn":null,"lines":1,"net":240,"tax":46,
         "gross":286,"due":0,"open":0,"currency":"EUR","taxes":[{"category":"S","rate":19.00,"net":240,"tax":46}],"paymentReference":"RF181","corrects":[],"note":null,
         "voidReason":null}
        """;

    private const string InvoiceLine = """
        {"id":"inl_1","jobId":"job_1","kind":"charge","description":"Translation de→fr, 2 lines","reference":null,"costCentre":null,"lines":2,"net":240,"taxCategory":"S",
         "taxRate":19.00,"currency":"EUR","createdAt":"2026-11-23T14:00:00Z"}
        """;

    private static readonly NewJob Order = new() { Source = "de", Target = "fr", Text = "Hallo" };

    private static readonly Dictionary<string, string> Values = new() { ["day"] = "Freitag" };

    /// <summary>Resource.method, what the gateway answers, the call, the request as method, path and body.</summary>
    public static TheoryData<string, string, Func<ZweizeilerClient, Task>, string> Calls { get; } = new()
    {
        { "Jobs.CreateAsync", Job, c => c.Jobs.CreateAsync(Order), """POST /v1/jobs {"kind":"translation","source":"de","target":"fr","text":"Hallo"}""" },
        { "Jobs.CreateAsync", List(Job), c => c.Jobs.CreateAsync([Order], new Amount(900)), """POST /v1/jobs {"jobs":[{"kind":"translation","source":"de","target":"fr","text":"Hallo"}],"maxPrice":{"amount":900,"currency":"EUR"}}""" },
        { "Jobs.GetAsync", Job, c => c.Jobs.GetAsync("job_1"), "GET /v1/jobs/job_1" },
        { "Jobs.GetAsync", Job, c => c.Jobs.GetAsync("job_1", JobExpand.Deliveries | JobExpand.Case), "GET /v1/jobs/job_1?expand=deliveries%2Ccase" },
        { "Jobs.ListAsync", List(Job), c => c.Jobs.ListAsync(limit: 5), "GET /v1/jobs?limit=5" },
        { "Jobs.EnumerateAsync", List(Job), async c => { await foreach (var job in c.Jobs.EnumerateAsync(new JobFilter { Expand = JobExpand.Case })) { job.Id.ShouldBe("job_1"); } }, "GET /v1/jobs?expand=case&limit=100" },
        { "Jobs.ListDeliveriesAsync", """{"data":[]}""", c => c.Jobs.ListDeliveriesAsync("job_1"), "GET /v1/jobs/job_1/deliveries" },
        { "Jobs.AcceptAsync", Job, c => c.Jobs.AcceptAsync("job_1"), "POST /v1/jobs/job_1/accept {}" },
        { "Jobs.CancelAsync", Job, c => c.Jobs.CancelAsync("job_1"), "POST /v1/jobs/job_1/cancel {}" },
        { "Jobs.ListMessagesAsync", $$"""{"data":[{{Message}}]}""", c => c.Jobs.ListMessagesAsync("job_1"), "GET /v1/jobs/job_1/messages" },
        { "Jobs.WriteMessageAsync", Message, c => c.Jobs.WriteMessageAsync("job_1", new NewMessage("Claire.", "msg_1")), """POST /v1/jobs/job_1/messages {"text":"Claire.","answers":"msg_1"}""" },
        { "Jobs.RequestRevisionAsync", Job, c => c.Jobs.RequestRevisionAsync("job_1", new Objection(Note: "Friendlier.")), """POST /v1/jobs/job_1/revision {"note":"Friendlier."}""" },
        { "Jobs.RejectAsync", Job, c => c.Jobs.RejectAsync("job_1", new Objection(ObjectionReason.Meaning, Passages: [new Passage(0, 4)])), """POST /v1/jobs/job_1/reject {"reason":"meaning","passages":[{"start":0,"end":4}]}""" },
        { "Jobs.ComplainAsync", Complaint, c => c.Jobs.ComplainAsync("job_1", new Objection(ObjectionReason.Tone)), """POST /v1/jobs/job_1/complaint {"reason":"tone"}""" },
        { "Jobs.GetComplaintAsync", Complaint, c => c.Jobs.GetComplaintAsync("job_1"), "GET /v1/jobs/job_1/complaint" },
        { "Jobs.CloseComplaintAsync", Complaint, c => c.Jobs.CloseComplaintAsync("job_1", satisfied: false, "Still wrong."), """POST /v1/jobs/job_1/complaint/close {"satisfied":false,"note":"Still wrong."}""" },
        { "Quotes.CreateAsync", Quote, c => c.Quotes.CreateAsync(Order), """POST /v1/quotes {"kind":"translation","source":"de","target":"fr","text":"Hallo"}""" },
        { "Quotes.CreateAsync", Quote, c => c.Quotes.CreateAsync([Order]), """POST /v1/quotes {"jobs":[{"kind":"translation","source":"de","target":"fr","text":"Hallo"}]}""" },
        { "Quotes.GetAsync", Quote, c => c.Quotes.GetAsync("quo_1"), "GET /v1/quotes/quo_1" },
        { "Cases.CreateAsync", Case, c => c.Cases.CreateAsync(new NewCase { Reference = "ORDER-4711", Customer = new CaseCustomer("Mme Martin", Language: "fr"), Language = "de" }), """POST /v1/cases {"reference":"ORDER-4711","customer":{"name":"Mme Martin","language":"fr"},"language":"de"}""" },
        { "Cases.GetAsync", Case, c => c.Cases.GetAsync("case_1"), "GET /v1/cases/case_1" },
        { "Cases.ListAsync", List(Case), c => c.Cases.ListAsync(new CaseFilter("ORDER 1", "open", At(14), At(15)), "c", 9), "GET /v1/cases?reference=ORDER%201&state=open&created%5Bfrom%5D=2026-11-23T14%3A00%3A00Z&created%5Bto%5D=2026-11-23T15%3A00%3A00Z&cursor=c&limit=9" },
        { "Cases.UpdateAsync", Case, c => c.Cases.UpdateAsync("case_1", "\"3\"", new CaseChange { State = "open" }), """PATCH /v1/cases/case_1 {"state":"open"} "3" """ },
        { "Cases.CloseAsync", Case, c => c.Cases.CloseAsync("case_1"), "POST /v1/cases/case_1/close {}" },
        { "Templates.CreateAsync", Template, c => c.Templates.CreateAsync(new NewTemplate("Late", "Es kommt am {{day}}.", "de")), """POST /v1/templates {"name":"Late","text":"Es kommt am {{day}}.","language":"de"}""" },
        { "Templates.GetAsync", Template, c => c.Templates.GetAsync("tpl_1"), "GET /v1/templates/tpl_1" },
        { "Templates.ListAsync", List(Template), c => c.Templates.ListAsync("c", 9), "GET /v1/templates?cursor=c&limit=9" },
        { "Templates.UpdateAsync", Template, c => c.Templates.UpdateAsync("tpl_1", "\"3\"", new TemplateChange(Language: "")), """PATCH /v1/templates/tpl_1 {"language":""} "3" """ },
        { "Templates.DeleteAsync", "", c => c.Templates.DeleteAsync("tpl_1", "\"3\""), """DELETE /v1/templates/tpl_1  "3" """ },
        { "Templates.RenderAsync", """{"text":"Es kommt am Freitag."}""", async c => (await c.Templates.RenderAsync("tpl_1", Values)).ShouldBe("Es kommt am Freitag."), """POST /v1/templates/tpl_1/render {"values":{"day":"Freitag"}}""" },
        { "Glossaries.CreateAsync", Glossary, c => c.Glossaries.CreateAsync(new NewGlossary("Bikes", "de", "fr", [new Term("Rad", "vélo")])), """POST /v1/glossaries {"name":"Bikes","source":"de","target":"fr","terms":[{"source":"Rad","target":"v\u00E9lo","forbidden":false}]}""" },
        { "Glossaries.GetAsync", Glossary, c => c.Glossaries.GetAsync("gls_1"), "GET /v1/glossaries/gls_1" },
        { "Glossaries.ListAsync", List(Glossary), c => c.Glossaries.ListAsync(), "GET /v1/glossaries" },
        { "Glossaries.RenameAsync", Glossary, c => c.Glossaries.RenameAsync("gls_1", "\"3\"", "Parts"), """PATCH /v1/glossaries/gls_1 {"name":"Parts"} "3" """ },
        { "Glossaries.DeleteAsync", "", c => c.Glossaries.DeleteAsync("gls_1", "\"3\""), """DELETE /v1/glossaries/gls_1  "3" """ },
        { "Glossaries.GetTermsAsync", """{"terms":[{"source":"Rad","target":"vélo","note":null,"forbidden":true}]}""", async c => (await c.Glossaries.GetTermsAsync("gls_1")).ShouldBe([new Term("Rad", "vélo", null, true)]), "GET /v1/glossaries/gls_1/terms" },
        { "Glossaries.ReplaceTermsAsync", Glossary, c => c.Glossaries.ReplaceTermsAsync("gls_1", "\"3\"", []), """PUT /v1/glossaries/gls_1/terms {"terms":[]} "3" """ },
        { "Glossaries.ExportTermsAsync", "source,target\r\nRad,vélo", async c => (await c.Glossaries.ExportTermsAsync("gls_1", GlossaryFormat.Csv)).ShouldBe("source,target\r\nRad,vélo"), "GET /v1/glossaries/gls_1/terms" },
        { "Glossaries.ImportTermsAsync", Glossary, c => c.Glossaries.ImportTermsAsync("gls_1", "\"3\"", "<tbx/>", GlossaryFormat.Tbx), """PUT /v1/glossaries/gls_1/terms <tbx/> "3" """ },
        { "Preferences.GetAsync", Preferences, c => c.Preferences.GetAsync(), "GET /v1/preferences" },
        { "Preferences.ReplaceAsync", Preferences, c => c.Preferences.ReplaceAsync("\"3\"", new NewPreferences { RetentionDays = 30, Brief = new DefaultBrief { Tone = "friendly" } }), """PUT /v1/preferences {"brief":{"tone":"friendly"},"retentionDays":30} "3" """ },
        { "Offers.ListLanguagesAsync", """{"data":[{"code":"de","name":"German","targets":["fr"]}]}""", async c => (await c.Offers.ListLanguagesAsync()).Single().Targets.ShouldBe(["fr"]), "GET /v1/languages" },
        { "Offers.GetPriceListAsync", """{"version":"2026-1","currency":"EUR","lineLength":55,"minimumLines":2,"urgencies":[{"name":"express","factor":1.25,"promiseMinutes":60}],"rates":[{"source":"de","target":"fr","ratePerLine":120}]}""", async c => (await c.Offers.GetPriceListAsync()).Rates.Single().RatePerLine.ShouldBe(120), "GET /v1/price-list" },
        { "Offers.ListDeliveryTimesAsync", """{"data":[{"source":"de","target":"fr","kind":"call","urgency":"express","medianMinutes":24,"p90Minutes":51,"deliverBy":"2026-11-23T14:51:00Z","samples":112}]}""", async c => (await c.Offers.ListDeliveryTimesAsync(new DeliveryTimeFilter("de", "fr", JobKind.Call, "express"))).Single().P90Minutes.ShouldBe(51), "GET /v1/eta?source=de&target=fr&kind=call&urgency=express" },
        { "ApiKeys.CreateAsync", Key.Replace("{\"id\"", "{\"key\":\"zz_live_secret\",\"id\"", StringComparison.Ordinal), async c => (await c.ApiKeys.CreateAsync(new NewApiKey("Shop", ["order"], SpendingLimit: new NewSpendingLimit(50000, "day")))).Key.ShouldBe("zz_live_secret"), """POST /v1/api-keys {"name":"Shop","scopes":["order"],"spendingLimit":{"amount":50000,"period":"day","currency":"EUR"}}""" },
        { "ApiKeys.GetAsync", Key, async c => (await c.ApiKeys.GetAsync("key_1")).SpendingLimit!.Spent.ShouldBe(286), "GET /v1/api-keys/key_1" },
        { "ApiKeys.ListAsync", List(Key), c => c.ApiKeys.ListAsync(limit: 3), "GET /v1/api-keys?limit=3" },
        { "ApiKeys.RevokeAsync", "", c => c.ApiKeys.RevokeAsync("key_1"), "DELETE /v1/api-keys/key_1" },
        { "WebhookEndpoints.CreateAsync", NewSecret, async c => (await c.WebhookEndpoints.CreateAsync(new NewWebhookEndpoint(new Uri("https://shop.example/hooks"), ["job.delivered"]))).Secret.ShouldBe("whsec_AAAA"), """POST /v1/webhook-endpoints {"url":"https://shop.example/hooks","types":["job.delivered"]}""" },
        { "WebhookEndpoints.GetAsync", Endpoint, async c => (await c.WebhookEndpoints.GetAsync("whe_1")).OffReason.ShouldBe("failing"), "GET /v1/webhook-endpoints/whe_1" },
        { "WebhookEndpoints.ListAsync", $$"""{"data":[{{Endpoint}}]}""", c => c.WebhookEndpoints.ListAsync(), "GET /v1/webhook-endpoints" },
        { "WebhookEndpoints.UpdateAsync", Endpoint, c => c.WebhookEndpoints.UpdateAsync("whe_1", "\"3\"", new WebhookEndpointChange(Types: [])), """PATCH /v1/webhook-endpoints/whe_1 {"types":[]} "3" """ },
        { "WebhookEndpoints.DeleteAsync", "", c => c.WebhookEndpoints.DeleteAsync("whe_1"), "DELETE /v1/webhook-endpoints/whe_1" },
        { "WebhookEndpoints.DeleteAsync", "", c => c.WebhookEndpoints.DeleteAsync("whe_1", "\"3\""), """DELETE /v1/webhook-endpoints/whe_1  "3" """ },
        { "WebhookEndpoints.PauseAsync", Endpoint, c => c.WebhookEndpoints.PauseAsync("whe_1"), "POST /v1/webhook-endpoints/whe_1/pause {}" },
        { "WebhookEndpoints.ResumeAsync", Endpoint, c => c.WebhookEndpoints.ResumeAsync("whe_1"), "POST /v1/webhook-endpoints/whe_1/resume {}" },
        { "WebhookEndpoints.RotateSecretAsync", NewSecret, async c => (await c.WebhookEndpoints.RotateSecretAsync("whe_1", "\"3\"")).Secret.ShouldBe("whsec_AAAA"), """POST /v1/webhook-endpoints/whe_1/rotate-secret {} "3" """ },
        { "WebhookEndpoints.TestAsync", """{"id":"evt_1","succeeded":false,"status":503,"failure":"status","durationMilliseconds":12,"responseBody":"closed"}""", async c => (await c.WebhookEndpoints.TestAsync("whe_1")).ShouldBe(new WebhookTest("evt_1", false, 503, "status", 12, "closed")), "POST /v1/webhook-endpoints/whe_1/test {}" },
        { "WebhookEndpoints.ListDeliveriesAsync", List(WebhookDelivery), async c => (await c.WebhookEndpoints.ListDeliveriesAsync("whe_1", new WebhookDeliveryFilter("given_up", "job_1"), "c", 9)).Data.Single().Attempts.Single().Status.ShouldBe(503), "GET /v1/webhook-endpoints/whe_1/deliveries?state=given_up&job=job_1&cursor=c&limit=9" },
        { "WebhookEndpoints.GetDeliveryAsync", WebhookDelivery, async c => (await c.WebhookEndpoints.GetDeliveryAsync("whe_1", "whd_1")).Event.Job!.Id.ShouldBe("job_1"), "GET /v1/webhook-endpoints/whe_1/deliveries/whd_1" },
        { "WebhookEndpoints.ReplayDeliveryAsync", WebhookDelivery, c => c.WebhookEndpoints.ReplayDeliveryAsync("whe_1", "whd_1"), "POST /v1/webhook-endpoints/whe_1/deliveries/whd_1/replay {}" },
        { "WebhookEndpoints.ReplayAsync", """{"events":7}""", async c => (await c.WebhookEndpoints.ReplayAsync("whe_1", new ReplaySpan(At(14), OnlyFailed: true))).ShouldBe(7), """POST /v1/webhook-endpoints/whe_1/replay {"from":"2026-11-23T15:00:00+01:00","onlyFailed":true}""" },
        { "NotificationPreferences.GetAsync", MailPreferences, async c => (await c.NotificationPreferences.GetAsync()).QuietHours.ShouldBe(new QuietHours("20:00", "07:30")), "GET /v1/notification-preferences" },
        { "NotificationPreferences.UpdateAsync", MailPreferences, c => c.NotificationPreferences.UpdateAsync("\"3\"", new MailPreferencesChange { Kinds = new Dictionary<string, string> { ["delivery"] = "digest" } }), """PATCH /v1/notification-preferences {"kinds":{"delivery":"digest"}} "3" """ },
        {
            "Translators.GetAsync",
            """
            {"id":"trn_1","displayName":"Claire M.","about":"","nativeLanguages":["fr"],"workingLanguages":["de"],"pairs":[{"source":"de","target":"fr"}],
             "kinds":["translation"],"specialities":[],"rating":{"average":4.8,"count":41},"jobsForYou":2}
            """,
            async c => (await c.Translators.GetAsync("trn_1")).Rating.ShouldBe(new TranslatorRating(4.8, 41)),
            "GET /v1/translators/trn_1"
        },
        { "Events.ListAsync", """{"data":[{"id":"evt_1","type":"webhook.test","number":7,"timestamp":"2026-11-23T14:00:00Z","data":{}}],"nextCursor":null}""", async c => (await c.Events.ListAsync(new EventFilter("job.question"))).Data.Single().Number.ShouldBe(7), "GET /v1/events?type=job.question" },
        { "Billing.GetBalanceAsync", """{"available":1,"reserved":2,"currency":"EUR"}""", c => c.Billing.GetBalanceAsync(), "GET /v1/balance" },
        { "Billing.ListLedgerAsync", """{"data":[],"nextCursor":null}""", c => c.Billing.ListLedgerAsync(limit: 1), "GET /v1/ledger?limit=1" },
        { "Billing.GetOpenInvoiceAsync", """{"sums":{"month":"2026-11","lines":1,"net":-240,"tax":-46,"gross":-286,"currency":"EUR"},"data":[{"id":"inl_1","jobId":"job_1","kind":"credit_note","description":"Credit note: translation de→fr, 2 lines","reference":null,"costCentre":null,"lines":-2,"net":-240,"taxCategory":"S","taxRate":19.00,"currency":"EUR","createdAt":"2026-11-23T14:00:00Z"}],"nextCursor":null}""", async c => (await c.Billing.GetOpenInvoiceAsync(limit: 2)).Data.Single().Net.ShouldBe(-240), "GET /v1/invoices/open?limit=2" },
        { "Billing.GetProfileAsync", Profile, async c => (await c.Billing.GetProfileAsync()).Complete.ShouldBeTrue(), "GET /v1/billing-profile" },
        { "Billing.ReplaceProfileAsync", Profile, c => c.Billing.ReplaceProfileAsync("\"3\"", new NewBillingProfile { Street = "Weg 1" }), """PUT /v1/billing-profile {"street":"Weg 1"} "3" """ },
        { "Billing.ListInvoicesAsync", List(Invoice), c => c.Billing.ListInvoicesAsync("2026-11", "c", 9), "GET /v1/invoices?month=2026-11&cursor=c&limit=9" },
        { "Billing.GetInvoiceAsync", Invoice, async c => (await c.Billing.GetInvoiceAsync("inv_1")).Taxes.ShouldBe([new InvoiceTax("S", 19.00m, 240, 46)]), "GET /v1/invoices/inv_1" },
        { "Billing.ListInvoiceLinesAsync", $$"""{"data":[{{InvoiceLine}}],"nextCursor":"next"}""", async c => (await c.Billing.ListInvoiceLinesAsync("inv_1", "at", 9)).NextCursor.ShouldBe("next"), "GET /v1/invoices/inv_1/lines?cursor=at&limit=9" },
        { "Billing.GetInvoicePdfAsync", "%PDF", async c => (await c.Billing.GetInvoicePdfAsync("inv_1", "en")).ShouldBe("%PDF"u8.ToArray()), "GET /v1/invoices/inv_1/pdf?language=en" },
        { "Billing.GetInvoiceXmlAsync", "<Invoice/>", async c => (await c.Billing.GetInvoiceXmlAsync("inv_1")).ShouldBe("<Invoice/>"u8.ToArray()), "GET /v1/invoices/inv_1/xml" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task asks_for_what_it_says(string method, string answer, Func<ZweizeilerClient, Task> call, string request)
    {
        Gateway.Answers(answer.Length == 0 ? 204 : 200, answer);

        await call(Merchant);

        var asked = Gateway.Requests.ShouldHaveSingleItem();
        $"{asked.Method} {asked.Path} {asked.Body} {asked.IfMatch}".TrimEnd().ShouldBe(request.TrimEnd(), method);
        asked.Authorization.ShouldBe("Bearer zz_test_secret");
        (asked.IdempotencyKey.Length > 0).ShouldBe(asked.Method == "POST", "every POST has a key, and nothing else");
    }

    [Fact]
    public void is_in_this_table()
    {
        var methods =
            from resource in typeof(ZweizeilerClient).GetProperties()
            from method in resource.PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            select $"{resource.Name}.{method.Name}";
        methods.Distinct().ShouldBe(Calls.Select(row => row.Data.Item1).Distinct(), ignoreOrder: true);
    }

    /// <summary>In both directions: the client can do everything that the API describes, and asks for nothing else.</summary>
    [Fact]
    public async Task is_an_operation_of_the_description_and_each_operation_has_one()
    {
        var operations = await OperationsAsync();
        var asked = Calls.Select(row => (Method: row.Data.Item1, Request: row.Data.Item4.Split(' ', 3))).ToList();

        var unasked = operations.Where(o => !asked.Any(a => o.IsAskedBy(a.Request))).Select(o => o.ToString());
        unasked.ShouldBeEmpty("operations that no method of the client asks for");
        var unknown = asked.Where(a => !operations.Any(o => o.IsAskedBy(a.Request))).Select(a => $"{a.Method}: {a.Request[0]} {a.Request[1]}");
        unknown.ShouldBeEmpty("methods that ask for what is not described");
    }

    [Fact]
    public async Task with_a_key_of_repetition_or_a_tag_is_described_so()
    {
        foreach (var operation in await OperationsAsync())
        {
            var rows = Calls.Where(row => operation.IsAskedBy(row.Data.Item4.Split(' ', 3))).Select(row => row.Data.Item4.TrimEnd()).ToList();
            operation.Headers.Contains("Idempotency-Key").ShouldBe(operation.Method == "POST", operation.ToString());
            if (operation.Headers.Contains("If-Match"))
            {
                rows.ShouldAllBe(request => request.EndsWith("\"3\"", StringComparison.Ordinal), operation.ToString());
            }
        }
    }

    /// <summary>A tag that may be left out is no part of a call.</summary>
    private static bool IsNeeded(JsonElement parameter) => parameter.GetProperty("in").GetString() == "header"
        && (parameter.GetProperty("name").GetString() != "If-Match" || (parameter.TryGetProperty("required", out var required) && required.GetBoolean()));

    private static async Task<List<Operation>> OperationsAsync()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
        }

        await using var file = File.OpenRead(Path.Combine(folder.FullName, "docs", "openapi", "v1.json"));
        using var description = await JsonDocument.ParseAsync(file, cancellationToken: Cancelled);
        return
        [
            .. from path in description.RootElement.GetProperty("paths").EnumerateObject()
               from operation in path.Value.EnumerateObject()
               let headers = operation.Value.TryGetProperty("parameters", out var parameters)
                   ? parameters.EnumerateArray().Where(IsNeeded).Select(p => p.GetProperty("name").GetString()!).ToArray()
                   : []
               select new Operation(operation.Name.ToUpperInvariant(), path.Name, headers),
        ];
    }

    private sealed record Operation(string Method, string Template, string[] Headers)
    {
        /// <summary>By method and path; a word in braces stands for any one part.</summary>
        public bool IsAskedBy(string[] request)
        {
            var parts = request[1].Split('?')[0].Split('/');
            var wanted = Template.Split('/');
            // What is a word of its own in another path is no id.
            return request[0] == Method && parts.Length == wanted.Length
                && wanted.Zip(parts).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Contains('_', StringComparison.Ordinal)));
        }

        public override string ToString() => $"{Method} {Template}";
    }

    private static string List(string one) => $$"""{"data":[{{one}}],"nextCursor":null}""";

    private static DateTimeOffset At(int hour) => new(2026, 11, 23, hour + 1, 0, 0, TimeSpan.FromHours(1));
}
