using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Zweizeiler.Marketplace.Features.Shared;
using Zweizeiler.Marketplace.Portal;
using Zweizeiler.ServiceDefaults.Identity;

namespace Zweizeiler.Marketplace.Features.Money;

/// <summary>
/// What the operators' pages about money have in common: they ask and act in the operator's own name, and what Billing refuses is shown at its form, with
/// what was typed.
/// </summary>
[Authorize(Policy = Policies.Operator)]
public abstract class MoneyDeskPage(BillingDesk billing, Reader reader) : PageModel
{
    public MoneyWords Words => MoneyWords.For(reader.Locale);

    /// <summary>Billing does not answer: there is nothing to show.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Which form was refused; null if none was.</summary>
    public string? Refused { get; private set; }

    /// <summary>Why.</summary>
    public IReadOnlyList<Refusal> Refusals { get; private set; } = [];

    protected CallerClaims Me => CallerClaims.Operator(User.TranslatorId());

    protected Reader Reader => reader;

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>What was typed into a field of a form that was refused; else what it begins with.</summary>
    public string? Typed(string form, string field, string? otherwise = null) =>
        Refused == form && Request.HasFormContentType ? Request.Form[field].ToString() : otherwise;

    public FormFaults FaultsOf(string form) => new(form, Refused == form ? [.. Refusals.Select(r => Words.Refusal(r))] : []);

    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Null, and the page says so, if Billing does not answer.</summary>
    protected async Task<T?> ReadAsync<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        if (IsAway)
        {
            return null;
        }

        var reply = await billing.ReadAsync<T>(Me, path, cancellationToken);
        IsAway = !reply.IsThere;
        return reply.Value;
    }

    protected async Task<IActionResult> DoAsync(string form, string done, HttpMethod method, string path, object? item, CancellationToken cancellationToken)
    {
        var answer = await billing.DoAsync(Me, method, path, item is null ? null : JsonContent.Create(item), cancellationToken);
        return answer.IsDone ? Done(done) : await RefuseAsync(form, answer.Refusals, cancellationToken);
    }

    protected IActionResult Done(string words)
    {
        this.Notice(words);
        return LocalRedirect(Request.Path);
    }

    protected async Task<IActionResult> RefuseAsync(string form, IReadOnlyList<Refusal> refusals, CancellationToken cancellationToken)
    {
        (Refused, Refusals) = (form, refusals.Count > 0 ? refusals : [new Refusal("", "away", "")]);
        await LoadAsync(cancellationToken);
        return Page();
    }

    protected async Task<IActionResult> FileAsync(string path, CancellationToken cancellationToken) =>
        await billing.FileAsync(Me, path, cancellationToken) is { } file ? File(file.Content, file.Type, file.Name) : NotFound();

    protected Task<Answer> SendAsync(HttpMethod method, string path, HttpContent content, CancellationToken cancellationToken) =>
        billing.DoAsync(Me, method, path, content, cancellationToken);

    protected static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Why a form was refused, in words.</summary>
public sealed record FormFaults(string Form, IReadOnlyList<string> Words);
