using System.Net;

namespace Zweizeiler.Client.Tests;

/// <summary>What comes back is read whole, and what is sent has the parts of its kind.</summary>
public sealed class Working_with_jobs : ClientSpecs
{
    private const string Price = """
        {"characters":0,"lines":10,"billedLines":10,"ratePerLine":120,"urgencyFactor":1.00,"repetitionFactor":1.00,"net":1200,"currency":"EUR",
         "tax":{"category":"S","rate":19.00,"amount":228},"gross":1428,"priceList":"2026-1","counting":1}
        """;

    private const string Delivery = """
        {"id":"dlv_1","version":2,"text":"Bonjour","backGloss":"Hello","note":null,"deliveredAt":"2026-11-23T15:00:00Z"}
        """;

    private const string Case = """
        {"id":"case_1","reference":null,"state":"open","mode":"live","language":"de","customer":{"name":"Mme Martin","greeting":"Madame","language":"fr"},
         "metadata":{"shop":"fr"},"createdAt":"2026-11-23T14:00:00Z","updatedAt":"2026-11-23T14:00:00Z","closedAt":null
        """;

    private const string Job = $$"""
        {"id":"job_1","kind":"formulation","state":"on_hold","mode":"live","source":"de","target":"fr","urgency":"standard","price":{{Price}},
         "promise":{"deliverBy":"2026-11-23T18:00:00Z"},"caseId":"case_1","metadata":{},"createdAt":"2026-11-23T14:00:00Z","updatedAt":"2026-11-23T14:00:00Z",
         "translator":{"id":"trn_1","displayName":"Amélie"},"cancellationRequestedAt":"2026-11-23T14:30:00Z","openQuestions":1,
         "complaint":{"id":"cmp_1","state":"corrected","receivedAt":"2026-11-23T14:00:00Z","correctionDueAt":"2026-11-24T14:00:00Z"},
         "deliveries":[{{Delivery}}],"case":{{Case}} } }
        """;

    [Fact]
    public async Task A_job_comes_with_everything_that_was_asked_for()
    {
        Gateway.Answers(200, Job);

        var job = await Merchant.Jobs.GetAsync("job_1", JobExpand.Deliveries | JobExpand.Case, Cancelled);

        (job.State, job.OpenQuestions, job.Translator!.DisplayName, job.Price.RepetitionFactor).ShouldBe((JobState.OnHold, 1, "Amélie", 1.00m));
        job.CancellationRequestedAt.ShouldBe(new DateTimeOffset(2026, 11, 23, 14, 30, 0, TimeSpan.Zero));
        job.Complaint!.State.ShouldBe("corrected");
        job.Deliveries!.Single().BackGloss.ShouldBe("Hello");
        (job.Case!.Customer, job.Case.Metadata["shop"]).ShouldBe((new CaseCustomer("Mme Martin", "Madame", "fr"), "fr"));
    }

    [Fact]
    public async Task Each_kind_is_sent_with_its_own_parts_only()
    {
        for (var i = 0; i < 4; i++)
        {
            Gateway.Answers(201, Job);
        }

        await Merchant.Jobs.CreateAsync(new NewJob { TemplateId = "tpl_1", Values = new Dictionary<string, string> { ["day"] = "Freitag" }, QuoteId = "quo_1" }, cancellationToken: Cancelled);
        await Merchant.Jobs.CreateAsync(
            new NewJob { Kind = JobKind.Formulation, Source = "de", Target = "fr", Points = ["Kommt Freitag"], Message = "Où est mon colis ?", MaxLines = 6 },
            cancellationToken: Cancelled);
        await Merchant.Jobs.CreateAsync(new NewJob { Kind = JobKind.Summary, Source = "fr", Target = "de", Text = "Où est mon colis ?" }, cancellationToken: Cancelled);
        var window = new CallWindow(At(9), At(17), "Europe/Paris");
        await Merchant.Jobs.CreateAsync(
            new NewJob { Kind = JobKind.Call, CaseId = "case_1", Call = new NewCall { Number = "+33123456789", Window = window, Ask = ["Passt Freitag?"], MaxMinutes = 5 } },
            cancellationToken: Cancelled);

        Gateway.Requests.Select(r => r.Body).ShouldBe(
        [
            """{"kind":"translation","templateId":"tpl_1","values":{"day":"Freitag"},"quoteId":"quo_1"}""",
            """{"kind":"formulation","source":"de","target":"fr","points":["Kommt Freitag"],"message":"O\u00F9 est mon colis ?","maxLines":6}""",
            """{"kind":"summary","source":"fr","target":"de","text":"O\u00F9 est mon colis ?"}""",
            """{"kind":"call","call":{"number":"\u002B33123456789","window":{"from":"2026-11-24T09:00:00+01:00","to":"2026-11-24T17:00:00+01:00","timeZone":"Europe/Paris"},"maxMinutes":5,"ask":["Passt Freitag?"]},"caseId":"case_1"}""",
        ]);
    }

    [Fact]
    public async Task Deliveries_have_the_parts_of_their_kind()
    {
        Gateway.Answers(200, """
            {"data":[{"id":"dlv_1","version":1,"note":"A note","summary":{"gist":"Where is it?","mood":"annoyed","nextStep":"Apologise."},"deliveredAt":"2026-11-23T15:00:00Z"},
                     {"id":"dlv_2","version":1,"note":null,"call":{"outcome":"reached","minutes":4,"attempts":1,"report":"Friday suits her."},"deliveredAt":"2026-11-23T15:00:00Z"}]}
            """);

        var deliveries = await Merchant.Jobs.ListDeliveriesAsync("job_1", Cancelled);

        (deliveries[0].Text, deliveries[0].Summary).ShouldBe((null, new DeliveredSummary("Where is it?", "annoyed", "Apologise.")));
        deliveries[1].Call.ShouldBe(new DeliveredCall("reached", 4, 1, "Friday suits her."));
    }

    [Fact]
    public async Task Lists_are_filtered_by_everything_that_the_API_filters_by()
    {
        Gateway.Answers(200, """{"data":[],"nextCursor":null}""");

        await Merchant.Jobs.ListAsync(
            new JobFilter(Kind: JobKind.Call)
            {
                States = [JobState.Open, JobState.OnHold],
                CaseId = "case_1",
                CostCentre = "FR",
                Metadata = new Dictionary<string, string> { ["shop"] = "fr&de" },
                CreatedFrom = At(9),
                CreatedTo = At(17),
                Expand = JobExpand.Deliveries,
            },
            cancellationToken: Cancelled);

        Gateway.Requests.Single().Path.ShouldBe(
            "/v1/jobs?state=open&state=on_hold&kind=call&case=case_1&costCentre=FR&created%5Bfrom%5D=2026-11-24T08%3A00%3A00Z&created%5Bto%5D=2026-11-24T16%3A00%3A00Z"
            + "&metadata%5Bshop%5D=fr%26de&expand=deliveries");
    }

    [Fact]
    public async Task What_a_state_does_not_permit_says_what_is_possible()
    {
        Gateway.Answers(409, """
            {"type":"urn:zweizeiler:problem:job.state","title":"Not possible in this state","status":409,"code":"job.state","state":"in_review","possible":["accept","revision","reject"]}
            """, "application/problem+json");

        var error = await Should.ThrowAsync<ApiException>(Merchant.Jobs.CancelAsync("job_1", cancellationToken: Cancelled));

        (error.Status, error.Problem.State).ShouldBe((HttpStatusCode.Conflict, "in_review"));
        error.Problem.Possible.ShouldBe(["accept", "revision", "reject"]);
    }

    [Fact]
    public async Task A_case_is_changed_by_the_tag_that_it_was_read_with()
    {
        Gateway.Answers(200, Case + ",\"thread\":[{\"type\":\"delivery\",\"at\":\"2026-11-23T15:00:00Z\",\"jobId\":\"job_1\",\"delivery\":" + Delivery + "}]}", eTag: "\"3\"")
            .Answers(200, Case + "}", eTag: "\"4\"");

        var read = await Merchant.Cases.GetAsync("case_1", Cancelled);
        var changed = await Merchant.Cases.UpdateAsync(read.Id, read.ETag!, new CaseChange { Reference = "" }, Cancelled);

        read.Thread!.Single().Delivery!.Text.ShouldBe("Bonjour");
        (read.ETag, changed.ETag).ShouldBe(("\"3\"", "\"4\""));
        Gateway.Requests.Last().IfMatch.ShouldBe("\"3\"");
    }

    [Theory]
    [InlineData(502, 1)]
    [InlineData(504, 1)]
    [InlineData(503, 2)]
    [InlineData(429, 2)]
    public async Task A_change_is_repeated_only_if_it_surely_was_not_made(int status, int requests)
    {
        Gateway.AnswersProblem(status, "service.unavailable").Answers(200, Case + "}");

        var change = Merchant.Cases.UpdateAsync("case_1", "\"3\"", new CaseChange { State = "open" }, Cancelled);
        if (requests == 1)
        {
            await Should.ThrowAsync<ApiException>(change);
        }
        else
        {
            await change;
        }

        Gateway.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task A_change_whose_connection_was_lost_is_not_repeated()
    {
        Gateway.DropsTheConnection();

        await Should.ThrowAsync<HttpRequestException>(Merchant.Templates.DeleteAsync("tpl_1", "\"3\"", Cancelled));

        Gateway.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Terms_travel_as_the_file_that_they_are()
    {
        Gateway.Answers(200, "source,target\r\nRad,vélo", "text/csv")
            .Answers(200, """{"id":"gls_1","name":"Bikes","source":"de","target":"fr","termCount":1,"createdAt":"2026-11-23T14:00:00Z","updatedAt":"2026-11-23T14:00:00Z"}""", eTag: "\"2\"");

        var csv = await Merchant.Glossaries.ExportTermsAsync("gls_1", GlossaryFormat.Csv, Cancelled);
        (await Merchant.Glossaries.ImportTermsAsync("gls_1", "\"1\"", csv, GlossaryFormat.Csv, Cancelled)).ETag.ShouldBe("\"2\"");

        var (export, import) = (Gateway.Requests.First(), Gateway.Requests.Last());
        (export.Accept, import.ContentType, import.Body).ShouldBe(("text/csv", "text/csv; charset=utf-8", "source,target\r\nRad,vélo"));
    }

    [Fact]
    public void A_new_key_does_not_show_itself_in_a_log()
    {
        var key = new CreatedApiKey { Id = "key_1", Key = "zz_live_secret", Name = "Shop", Prefix = "zz_live_4fGq", Mode = "live", Scopes = [] };
        $"{key}".ShouldNotContain("secret");
    }

    private static DateTimeOffset At(int hour) => new(2026, 11, 24, hour, 0, 0, TimeSpan.FromHours(1));
}
