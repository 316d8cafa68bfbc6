using System.Globalization;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>The words of the pages about money.</summary>
public sealed partial record MoneyWords
{
    public required string Away { get; init; }
    public required string OwnTitle { get; init; }
    public required string ToMoney { get; init; }
    public required string ToEarnings { get; init; }
    public required string Owed { get; init; }
    public required string OutlookDue { get; init; }
    public required string OutlookFriday { get; init; }
    public required string OutlookBelowMinimum { get; init; }
    public required string OutlookNothingOwed { get; init; }
    public required string OutlookOnTheWay { get; init; }
    public required string OutlookDetailsMissing { get; init; }
    public required string OutlookDetailsWrong { get; init; }
    public required string OutlookAccountRefused { get; init; }
    public required string OutlookRefusedShort { get; init; }
    public required string ToDetails { get; init; }
    public required string ToFirstDetails { get; init; }
    public required string Payouts { get; init; }
    public required string NoOwnPayouts { get; init; }
    public required string AccountEndingIn { get; init; }
    public required string Statements { get; init; }
    public required string StatementsHint { get; init; }
    public required string NoStatements { get; init; }
    public required string NoStatementsWithoutDetails { get; init; }
    public required string OfWhichTax { get; init; }
    public required string DetailsTitle { get; init; }
    public required string DetailsLead { get; init; }
    public required string DetailsAway { get; init; }
    public required string DetailsOnTheWay { get; init; }
    public required string DetailsOneFault { get; init; }
    public required string DetailsFaults { get; init; }
    public required string DetailsPerson { get; init; }
    public required string DetailsTax { get; init; }
    public required string DetailsAccount { get; init; }
    public required string LegalName { get; init; }
    public required string LegalNameHint { get; init; }
    public required string Street { get; init; }
    public required string PostCode { get; init; }
    public required string City { get; init; }
    public required string Country { get; init; }
    public required string Scheme { get; init; }
    public required string TaxNumber { get; init; }
    public required string TaxNumberHint { get; init; }
    public required string VatId { get; init; }
    public required string VatIdHint { get; init; }
    public required string AccountHolder { get; init; }
    public required string IbanHint { get; init; }
    public required string IbanAgain { get; init; }
    public required string Bic { get; init; }
    public required string BicHint { get; init; }
    public required string SaveDetails { get; init; }
    public required string Cancel { get; init; }
    public required string DetailsSaved { get; init; }
    public required string DetailsGiven { get; init; }
    public required string DeskTitle { get; init; }
    public required string DeskLead { get; init; }
    public required string ToDesk { get; init; }
    public required string ToDeskMoney { get; init; }
    public required string DeskPayments { get; init; }
    public required string DeskMerchants { get; init; }
    public required string DeskPayouts { get; init; }
    public required string DeskPrices { get; init; }
    public required string Unmatched { get; init; }
    public required string NoneUnmatched { get; init; }
    public required string Amount { get; init; }
    public required string BookedOn { get; init; }
    public required string Payer { get; init; }
    public required string Unknown { get; init; }
    public required string WhyOpen { get; init; }
    public required string WhatTheyWrote { get; init; }
    public required string CustomerNumber { get; init; }
    public required string OrInvoiceNumber { get; init; }
    public required string InvoiceNumber { get; init; }
    public required string Reason { get; init; }
    public required string Assign { get; init; }
    public required string Assigned { get; init; }
    public required string SendBack { get; init; }
    public required string SentBack { get; init; }
    public required string BankFile { get; init; }
    public required string BankFileHint { get; init; }
    public required string ChooseFile { get; init; }
    public required string Import { get; init; }
    public required string FileHasOneFault { get; init; }
    public required string FileHasFaults { get; init; }
    public required string FilePlace { get; init; }
    public required string FileFault { get; init; }
    public required string FileLine { get; init; }
    public required string Months { get; init; }
    public required string MonthsHint { get; init; }
    public required string MonthHead { get; init; }
    public required string MonthIssued { get; init; }
    public required string MonthUnderWay { get; init; }
    public required string MonthBlocked { get; init; }
    public required string MonthVoided { get; init; }
    public required string Run { get; init; }
    public required string MonthRuns { get; init; }
    public required string BlockedIn { get; init; }
    public required string OfMerchant { get; init; }
    public required string OfTranslator { get; init; }
    public required string InvoiceTitle { get; init; }
    public required string InvoiceHint { get; init; }
    public required string CorrectInvoice { get; init; }
    public required string VoidInvoice { get; init; }
    public required string InvoiceCorrected { get; init; }
    public required string InvoiceVoided { get; init; }
    public required string VatTitle { get; init; }
    public required string VatHint { get; init; }
    public required string VatIdShort { get; init; }
    public required string VatAnswer { get; init; }
    public required string VatValid { get; init; }
    public required string VatDenied { get; init; }
    public required string VatConsultation { get; init; }
    public required string VatKept { get; init; }
    public required string Choose { get; init; }
    public required string Keep { get; init; }
    public required string Actions { get; init; }
    public required string NoActions { get; init; }
    public required string When { get; init; }
    public required string Who { get; init; }
    public required string What { get; init; }
    public required string MerchantsLead { get; init; }
    public required string NoMerchants { get; init; }
    public required string Balance { get; init; }
    public required string Reserved { get; init; }
    public required string OpenInvoices { get; init; }
    public required string Limit { get; init; }
    public required string TopUpReference { get; init; }
    public required string SetLimit { get; init; }
    public required string LimitInEuros { get; init; }
    public required string LimitHint { get; init; }
    public required string LimitSet { get; init; }
    public required string Correct { get; init; }
    public required string CorrectionAmount { get; init; }
    public required string CorrectMerchantHint { get; init; }
    public required string CorrectTranslatorHint { get; init; }
    public required string Against { get; init; }
    public required string Corrected { get; init; }
    public required string More { get; init; }
    public required string Accounts { get; init; }
    public required string AccountsHint { get; init; }
    public required string Account { get; init; }
    public required string Sum { get; init; }
    public required string PayoutsLead { get; init; }
    public required string Orders { get; init; }
    public required string NoOrders { get; init; }
    public required string Ordered { get; init; }
    public required string Transfers { get; init; }
    public required string OrderOpen { get; init; }
    public required string OrderPaid { get; init; }
    public required string OrderReturned { get; init; }
    public required string ForTheBank { get; init; }
    public required string ToBankFile { get; init; }
    public required string OwedToTranslators { get; init; }
    public required string NoTranslators { get; init; }
    public required string OwedShort { get; init; }
    public required string CanBePaid { get; init; }
    public required string Yes { get; init; }
    public required string All { get; init; }
    public required string NoPayouts { get; init; }
    public required string Whom { get; init; }
    public required string State { get; init; }
    public required string WhyReturned { get; init; }
    public required string PricesLead { get; init; }
    public required string Versions { get; init; }
    public required string Draft { get; init; }
    public required string ValidFrom { get; init; }
    public required string ValidSince { get; init; }
    public required string LookAt { get; init; }
    public required string GoOnWriting { get; init; }
    public required string ValidFromLabel { get; init; }
    public required string Activate { get; init; }
    public required string Activated { get; init; }
    public required string WriteDraft { get; init; }
    public required string DraftFromHint { get; init; }
    public required string DraftHint { get; init; }
    public required string KeepDraft { get; init; }
    public required string DraftKept { get; init; }
    public required IReadOnlyDictionary<string, string> Schemes { get; init; }
    public required IReadOnlyDictionary<string, string> SchemeHints { get; init; }
    public required IReadOnlyDictionary<string, string> States { get; init; }
    public required IReadOnlyDictionary<string, string> AgainstChoices { get; init; }
    public required IReadOnlyDictionary<string, string> AccountNames { get; init; }
    public required IReadOnlyDictionary<string, string> ActionNames { get; init; }
    public required IReadOnlyDictionary<string, string> Findings { get; init; }
    public required IReadOnlyDictionary<string, string> ReturnReasons { get; init; }
    public required IReadOnlyDictionary<string, string> RefusedWords { get; init; }
    public required IReadOnlyDictionary<string, string> CountryNames { get; init; }

    /// <summary>The bank file's result in a sentence; its parts by how often they came.</summary>
    public required IReadOnlyList<string> ImportParts { get; init; }

    /// <summary>Countries by name; those without one here by their code, at the end.</summary>
    public IReadOnlyList<(string Code, string Name)> CountryChoices => field ??=
    [
        .. CountryNames.Select(c => (Code: c.Key, Name: c.Value)).OrderBy(c => c.Name, StringComparer.Create(CultureInfo.GetCultureInfo(Locale), ignoreCase: true)),
        .. Countries.All.Where(c => !CountryNames.ContainsKey(c)).Select(c => (c, c)),
    ];

    public required string Locale { get; init; }

    public static MoneyWords For(string locale) => locale == "en" ? English : German;

    /// <summary>A finding in words, or its code if there are none for it.</summary>
    public string Finding(string code) => Findings.GetValueOrDefault(code, code);

    /// <summary>What Billing refused in the reader's words; in Billing's own where there are none.</summary>
    public string Refusal(Refusal refusal) =>
        RefusedWords.GetValueOrDefault($"{refusal.Pointer} {refusal.Code}") ?? RefusedWords.GetValueOrDefault(refusal.Code)
        ?? (refusal.Pointer.Length > 0 ? $"{refusal.Pointer}: {refusal.Detail}" : refusal.Detail);

    /// <summary>Why a payout came back, with the bank's code.</summary>
    public string ReturnReasonOf(string code) => ReturnReasons.TryGetValue(code, out var words) ? $"{words} ({code})" : code;

    /// <summary>A place in a file, as Billing names it: <c>line 42: …</c>.</summary>
    public string Place(string pointer) => pointer.StartsWith("line ", StringComparison.Ordinal) ? $"{FileLine} {pointer[5..]}" : pointer;

    /// <summary>For example "October 2026".</summary>
    public string Month(string month, CultureInfo culture) =>
        DateOnly.TryParseExact(month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("MMMM yyyy", culture) : month;

    /// <summary>What came of a bank's file, in a sentence.</summary>
    public string ImportedAs(BankFileRow result)
    {
        if (result.AlreadyImported)
        {
            return ImportParts[0];
        }

        int[] counts = [result.Booked, result.Unmatched, result.PayoutsPaid, result.PayoutsReturned, result.Known, result.Outgoing, result.NotBooked, result.PayoutsUnknown];
        var parts = counts.Select((count, i) => (count, Words: ImportParts[i + 2])).Where(p => p.count > 0).ToList();
        return parts.Count == 0
            ? $"{result.Form}: {ImportParts[1]}"
            : $"{result.Form}: {string.Join(", ", parts.Select(p => string.Format(CultureInfo.InvariantCulture, p.Words, p.count)))}.";
    }
}
