namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>A form for a counter-entry: whose, and with which key, so that a repeated press of the button books once.</summary>
public sealed record Correction(MoneyDeskPage Page, Guid Owner, string Hint)
{
    public string Form => $"correct-{Owner}";

    /// <summary>The same again after a refusal, and a new one for a new form.</summary>
    public string Key => Page.Typed(Form, "key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString())!;
}
