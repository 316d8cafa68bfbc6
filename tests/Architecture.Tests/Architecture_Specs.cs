using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Zweizeiler.Architecture.Tests.Offenders;
using Zweizeiler.Architecture.Tests.Offenders.Domain;
using Zweizeiler.Architecture.Tests.Rules;

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
