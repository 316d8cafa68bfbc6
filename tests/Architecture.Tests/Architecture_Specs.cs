using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Architecture.Tests.Offenders;
using Zweizeiler.Architecture.Tests.Offenders.Domain;
using Zweizeiler.Architecture.Tests.Rules;
using Zweizeiler.Gateway.Docs;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Architecture.Tests;

public sealed class Architecture_Specs
{
    public static TheoryData<string> EveryService => House.EveryService;

    [Theory, MemberData(nameof(EveryService))]
    public void A_service_references_no_other(string service)
    {
        ProjectRules.ServiceReferences(House.ProjectFile(service)).ShouldBeEmpty();
        ProjectRules.AssemblyReferences(House.Assembly(service)).ShouldBeEmpty();
    }

    [Fact]
    public void A_service_that_references_another_is_caught()
    {
        const string offender = """<Project><ItemGroup><ProjectReference Include="../Billing/Billing.csproj" /></ItemGroup></Project>""";

        ProjectRules.ServiceReferences(offender).ShouldBe(["Billing"]);
        ProjectRules.AssemblyReferences(typeof(Architecture_Specs).Assembly).ShouldContain("Zweizeiler.Billing");
    }

    [Theory, InlineData("Contracts"), InlineData("Pricing")]
    public void Contracts_and_pricing_stand_on_the_framework_alone(string project) =>
        ProjectRules.AnyReferences(House.ProjectFile(project)).ShouldBeEmpty();

    [Fact]
    public void A_library_with_a_reference_is_caught() =>
        ProjectRules.AnyReferences(House.ProjectFile("Messaging")).ShouldNotBeEmpty();

    [Theory, MemberData(nameof(EveryService))]
    public void The_domain_knows_no_framework(string service) =>
        Code.Types(House.Assembly(service)).Where(TypeRules.IsDomain).SelectMany(TypeRules.DomainMentions).ShouldBeEmpty();

    [Fact]
    public void The_domain_of_every_service_with_one_is_seen() =>
        House.Services.Where(service => Code.Types(House.Assembly(service)).Any(TypeRules.IsDomain))
            .ShouldBe(["Billing", "Marketplace", "Notifications", "Orders"]);

    [Theory, InlineData(typeof(EntityThatQueries)), InlineData(typeof(EntityThatPublishes))]
    public void A_domain_type_that_knows_one_is_caught(Type offender)
    {
        TypeRules.IsDomain(Code.Type(offender)).ShouldBeTrue();
        TypeRules.DomainMentions(Code.Type(offender)).ShouldNotBeEmpty();
        TypeRules.DomainMentions(Code.Type(typeof(Entity))).ShouldBeEmpty();
    }

    [Fact]
    public void No_message_can_be_changed()
    {
        var messages = House.Assembly("Contracts").GetExportedTypes();

        messages.ShouldNotBeEmpty();
        messages.SelectMany(TypeRules.Setters).ShouldBeEmpty();
    }

    [Fact]
    public void A_message_that_can_be_changed_is_caught()
    {
        TypeRules.Setters(typeof(ChangeableMessage)).ShouldBe(["ChangeableMessage.Changed"]);
        TypeRules.Setters(typeof(FieldMessage)).ShouldBe(["FieldMessage.Open"]);
        TypeRules.Setters(typeof(Message)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(EveryService)), InlineData("Messaging"), InlineData("ServiceDefaults")]
    public void No_consumer_configures_its_own_retry(string project) =>
        Code.Types(House.Assembly(project)).SelectMany(TypeRules.ConsumerRetries).ShouldBeEmpty();

    [Theory, InlineData(typeof(RetryingDefinition)), InlineData(typeof(RetryingRegistration))]
    public void A_consumer_that_does_is_caught(Type offender)
    {
        TypeRules.ConsumerRetries(Code.Type(offender)).ShouldContain(found => found.EndsWith("calls UseMessageRetry", StringComparison.Ordinal));
        TypeRules.ConsumerRetries(Code.Type(typeof(Consumer))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(EveryService))]
    public void Nothing_is_published_past_the_outbox_and_nobody_waits_for_an_answer(string service) =>
        Code.Types(House.Assembly(service)).SelectMany(TypeRules.OutboxBypasses).ShouldBeEmpty();

    [Theory, InlineData(typeof(Publisher)), InlineData(typeof(Asker))]
    public void Who_publishes_past_it_or_waits_is_caught(Type offender)
    {
        TypeRules.OutboxBypasses(Code.Type(offender)).ShouldNotBeEmpty();
        TypeRules.OutboxBypasses(Code.Type(typeof(Consumer))).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(EveryService))]
    public void Every_endpoint_says_who_may_call_it(string service)
    {
        using var host = ServiceHost.Of(service);

        host.Endpoints.Count.ShouldBeGreaterThan(2);
        EndpointRules.WithoutAuthorization(host.Endpoints).ShouldBeEmpty();
    }

    [Fact]
    public void An_endpoint_that_does_not_is_caught()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/open", () => "text");
        app.MapGet("/said", () => "text").AllowAnonymous();
        app.MapGet("/closed", () => "text").RequireAuthorization();

        var endpoints = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToList();

        endpoints.Count.ShouldBe(3);
        EndpointRules.WithoutAuthorization(endpoints).ShouldHaveSingleItem().ShouldStartWith("/open");
    }

    [Theory, InlineData("Billing", 3), InlineData("Marketplace", 0), InlineData("Notifications", 5), InlineData("Orders", 11)]
    public void Every_endpoint_for_programs_names_the_scope_it_needs(string service, int atLeast)
    {
        using var host = ServiceHost.Of(service);

        host.Endpoints.OfType<RouteEndpoint>().Count(e => e.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(atLeast);
        EndpointRules.WithoutScope(host.Endpoints).ShouldBeEmpty();
    }

    [Fact]
    public void An_endpoint_for_programs_that_names_none_is_caught()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        app.MapGet("/v1/signed-in", () => "text").RequireAuthorization();
        app.MapGet("/v1/opened-again", () => "text").RequireScope(Scope.Read).AllowAnonymous();
        app.MapGet("/internal/said", () => "text").RequireScope(Scope.Internal);
        app.MapGet("/portal", () => "text").RequireAuthorization();

        EndpointRules.WithoutScope(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints)).ShouldBe(["/v1/signed-in", "/v1/opened-again"]);
    }

    [Fact]
    public void The_gateway_lets_nobody_to_the_API_without_a_key()
    {
        using var gateway = ServiceHost.Of("Gateway");

        gateway.Endpoints.OfType<RouteEndpoint>().Count(e => e.RoutePattern.RawText!.StartsWith("/v1/", StringComparison.Ordinal)).ShouldBeGreaterThan(15);
        EndpointRules.WithoutKey(gateway.Endpoints).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("anonymous")]
    [InlineData("default")]
    public void A_route_of_the_gateway_that_does_is_caught(string policy)
    {
        using var gateway = ServiceHost.Of("Gateway", new()
        {
            ["ReverseProxy:Routes:open:ClusterId"] = "orders",
            ["ReverseProxy:Routes:open:Match:Path"] = "/v1/open",
            ["ReverseProxy:Routes:open:AuthorizationPolicy"] = policy,
            ["ReverseProxy:Routes:open:Timeout"] = "00:00:10",
        });

        EndpointRules.WithoutKey(gateway.Endpoints).ShouldBe(["/v1/open"]);
    }

    [Fact]
    public async Task Every_path_of_the_described_API_has_a_route_to_the_service_that_serves_it()
    {
        using var gateway = ServiceHost.Of("Gateway");
        var merger = new DescriptionMerger("https://api.example");
        var servedBy = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in House.Services.Where(s => s != "Gateway"))
        {
            using var host = ServiceHost.Of(service);
            if (await host.DescriptionAsync() is not { } description)
                continue;
            var name = service.ToLowerInvariant();
            merger.Add(name, description);
            foreach (var (path, _) in description["paths"]!.AsObject())
                servedBy[path] = name;
        }

        var paths = JsonNode.Parse(merger.ToJson())!["paths"]!.AsObject().Select(p => p.Key).ToList();
        paths.Count.ShouldBeGreaterThan(10);
        foreach (var path in paths)
            EndpointRules.ServiceOf(Sample(path), gateway.Endpoints).ShouldBe(servedBy[path], path);
        EndpointRules.ServiceOf("/v1/nowhere", gateway.Endpoints).ShouldBeNull();
        EndpointRules.ServiceOf("/v1/jobsx", gateway.Endpoints).ShouldBeNull();

        static string Sample(string path) => Regex.Replace(path, "{[^}]+}", "x");
    }

    [Theory, InlineData("Billing"), InlineData("Marketplace"), InlineData("Notifications"), InlineData("Orders")]
    public void No_model_uses_the_schema_of_another(string service)
    {
        using var host = ServiceHost.Of(service);

        host.Model.ShouldNotBeNull();
        ModelRules.Foreign(host.Model, service.ToLowerInvariant()).ShouldBeEmpty();
    }

    [Fact]
    public void A_model_that_does_is_caught()
    {
        using var context = new ForeignSchema(new DbContextOptionsBuilder<ForeignSchema>().UseNpgsql("Host=127.0.0.1").Options);

        ModelRules.Foreign(context.Model, "orders").ShouldNotBeEmpty();
        ModelRules.Foreign(context.Model, "billing").ShouldBeEmpty();
    }
}
