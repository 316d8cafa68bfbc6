using Zweizeiler.Billing;
using Zweizeiler.Billing.Features.ChargeJob;
using Zweizeiler.Billing.Features.CloseJob;
using Zweizeiler.Billing.Features.CreditJob;
using Zweizeiler.Billing.Features.FundJob;
using Zweizeiler.Billing.Features.KeepPriceLists;
using Zweizeiler.Billing.Features.ListLedger;
using Zweizeiler.Billing.Features.RaiseFee;
using Zweizeiler.Billing.Features.Reconcile;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Features.ShowBalance;
using Zweizeiler.Billing.Features.ShowOpenInvoice;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Messaging;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.OpenApi;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("billing");
builder.AddServiceDatabase<BillingDbContext>("billingdb");
builder.AddMessaging<BillingDbContext>("billing", bus => bus
    .AddConsumer<JobPlacedConsumer>()
    .AddConsumer<DeliveryAcceptedConsumer>()
    .AddConsumer<JobCancelledConsumer>()
    .AddConsumer<JobExpiredConsumer>()
    .AddConsumer<JobRefundedConsumer>()
    .AddConsumer<JobEscalatedConsumer>()
    .AddConsumer<ComplaintCreditedConsumer>());
builder.Services.AddApiDescription();
builder.Services.AddSingleton(TaxRules.Germany);
builder.Services.AddSingleton<PriceLists>();
builder.Services.AddSingleton<BillingMetrics>();
builder.Services.AddScoped<Ledger>();
builder.Services.AddScoped<Settlement>();
builder.Services.AddHostedService<Reconciliation>();

var app = builder.Build();
if (MigrationCommand.Requested(args))
{
    return await MigrationCommand.RunAsync<BillingDbContext>(app, "billingdb", Seed.RunAsync);
}

app.MapServiceDefaults();
app.MapApiDescription();
ShowBalance.Map(app);
ListLedger.Map(app);
ShowOpenInvoice.Map(app);
await app.RunAsync();
return 0;

/// <summary>Names the entry point for tests.</summary>
public partial class Program;
