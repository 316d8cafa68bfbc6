namespace Zweizeiler.Orders.Domain;

/// <summary>Prefixes of public ids.</summary>
public static class Ids
{
    public const string Job = "job";
    public const string Delivery = "dlv";
    public const string Case = "case";
    public const string Quote = "quo";
    public const string Key = "key";
    public const string Translator = "trn";
    public const string Message = "msg";
    public const string Complaint = "cmp";
    public const string Template = "tpl";
    public const string Glossary = "gls";
}
