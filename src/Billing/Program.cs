using Microsoft.EntityFrameworkCore.Diagnostics;
using Zweizeiler.Billing;
using Zweizeiler.Billing.Features.BankFiles;
using Zweizeiler.Billing.Features.BillingProfile;
using Zweizeiler.Billing.Features.ChargeJob;
using Zweizeiler.Billing.Features.CloseJob;
using Zweizeiler.Billing.Features.CreditJob;
using Zweizeiler.Billing.Features.Exports;
using Zweizeiler.Billing.Features.FundJob;
using Zweizeiler.Billing.Features.Invoices;
using Zweizeiler.Billing.Features.KeepMerchants;
using Zweizeiler.Billing.Features.KeepPriceLists;
using Zweizeiler.Billing.Features.KeepTranslators;
using Zweizeiler.Billing.Features.ListLedger;
using Zweizeiler.Billing.Features.MonthEnd;
using Zweizeiler.Billing.Features.Operations;
using Zweizeiler.Billing.Features.Papers;
using Zweizeiler.Billing.Features.Payouts;
using Zweizeiler.Billing.Features.RaiseFee;
using Zweizeiler.Billing.Features.Reconcile;
using Zweizeiler.Billing.Features.SettleJob;
using Zweizeiler.Billing.Features.ShowBalance;
using Zweizeiler.Billing.Features.ShowOpenInvoice;
using Zweizeiler.Billing.Features.Statements;
using Zweizeiler.Billing.Features.VatRegistry;
using Zweizeiler.Billing.Persistence;
using Zweizeiler.Messaging;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Data;
using Zweizeiler.ServiceDefaults.OpenApi;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("billing");
builder.AddServiceDatabase<BillingDbContext>("billingdb", configure: (_, options) =>
    // Postings have no filter of their own: they are only ever reached through their entry.
    options.ConfigureWarnings(w => w.Ignore(CoreEventId.PossibleIncorrectRequiredNavigationWithQueryFilterInteractionWarning)));
builder.AddMessaging<BillingDbContext>("billing", bus => bus
    .AddConsumer<JobPlacedConsumer>()
    .AddConsumer<DeliveryAcceptedConsumer>()
    .AddConsumer<JobCancelledConsumer>()
    .AddConsumer<JobExpiredConsumer>()
    .AddConsumer<JobRefundedConsumer>()
    .AddConsumer<JobEscalatedConsumer>()
    .AddConsumer<ComplaintCreditedConsumer>()
    .AddConsumer<MerchantRegisteredConsumer>()
    .AddConsumer<TranslatorRegisteredConsumer>()
    .AddConsumer<TranslatorTaxDetailsGivenConsumer>());
builder.Services.AddApiDescription();
builder.Services.AddSingleton(TaxRules.Germany);
builder.Services.AddSingleton<PriceLists>();
builder.Services.AddSingleton<BillingMetrics>();
builder.Services.AddScoped<Ledger>();
builder.Services.AddScoped<Settlement>();
builder.Services.AddScoped<JobFunding>();
builder.Services.AddScoped<FundWaitingJob>();
builder.Services.AddSingleton<FundWaitingJobs>();
builder.Services.Configure<Seller>(builder.Configuration.GetSection(Seller.Section));
builder.Services.Configure<DatevOptions>(builder.Configuration.GetSection(DatevOptions.Section));
builder.Services.Configure<VatRegistryOptions>(builder.Configuration.GetSection(VatRegistryOptions.Section));
_ = (builder.Configuration.GetSection(VatRegistryOptions.Section).Get<VatRegistryOptions>() ?? new()).Checked();
builder.Services.AddScoped<IVatRegistry, StoredVatAnswers>();
builder.Services.AddSingleton<PaperRun>();
builder.Services.AddScoped<NumberInvoices>();
builder.Services.AddScoped<WritePapers>();
builder.Services.AddScoped<RemindPayments>();
builder.Services.AddScoped<NumberStatements>();
builder.Services.AddScoped<WriteStatements>();
builder.Services.AddScoped<MakePayouts>();
builder.Services.AddScoped<BookPayments>();
builder.Services.AddScoped<ReturnPayouts>();
builder.Services.AddScoped<ImportBankFile>();
builder.Services.AddScoped<OperatorActions>();
builder.Services.AddHostedService<Reconciliation>();
if (builder.Configuration.GetValue("Rounds:Enabled", true))
{
    builder.Services.AddHostedService<FundingRounds>();
    builder.Services.AddHostedService<MonthRounds>();
    builder.Services.AddHostedService<ReminderRounds>();
    builder.Services.AddHostedService<PayoutRounds>();
    builder.Services.AddHostedService<RetentionRounds>();
}

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
BillingProfile.Map(app);
ReadInvoices.Map(app);
GetPaper.Map(app);
ImportBankFile.Map(app);
ShowMoney.Map(app);
AssignPayment.Map(app);
CorrectBalance.Map(app);
SetCreditLimit.Map(app);
RunMonth.Map(app);
CorrectInvoice.Map(app);
AnswerVatId.Map(app);
EditPriceLists.Map(app);
ExportBooks.Map(app);
TranslatorPapers.Map(app);
await app.RunAsync();
return 0;

/// <summary>Names the entry point for tests.</summary>
public partial class Program;
