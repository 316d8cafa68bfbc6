namespace Zweizeiler.ServiceDefaults.OpenApi;

/// <summary>What the groups of operations are about, for the API's description.</summary>
internal static class ApiTags
{
    public static string? Describe(string? tag) => tag switch
    {
        "Jobs" => "Order two-line language jobs, follow them, and say what you think of the result.",
        "Quotes" => "A price before ordering. It binds for 24 hours.",
        "Complaints" => "What is wrong after acceptance: a corrected delivery first, credit where due.",
        "Cases" => "Strings the jobs of one customer's matter together and keeps the same translator.",
        "Templates" => "Replies that you send again and again, with placeholders.",
        "Glossaries" => "Your terms, and how they are to be translated.",
        "Preferences" => "What was given once and is not asked again.",
        "What is offered" => "Languages, prices, and how long it takes now.",
        "API keys" => "Who may do what, for how long and for how much.",
        "Billing" => "Balance, ledger and invoices. Amounts are whole cents.",
        "Events" => "Every step of your jobs, for those who poll.",
        "Webhooks" => "Where we tell you about every step. Standard Webhooks, signed.",
        "Notifications" => "What is told by mail, and when.",
        "Translators" => "The people who do the work.",
        _ => null,
    };
}
