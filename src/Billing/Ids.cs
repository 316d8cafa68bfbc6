namespace Zweizeiler.Billing;

/// <summary>Prefixes of public ids.</summary>
internal static class Ids
{
    public const string Job = "job";
    public const string Entry = "ent";
    public const string Message = "msg";
    public const string InvoiceLine = "inl";
    public const string Invoice = "inv";
    public const string Payment = "pay";
    public const string Payout = "pyo";
}
