using Microsoft.EntityFrameworkCore;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Orders.Features.Cases;
using Zweizeiler.Orders.Features.PlaceJob;
using Zweizeiler.Orders.Features.Registration;
using Zweizeiler.Orders.Features.Templates;
using Zweizeiler.Orders.Persistence;
using Zweizeiler.ServiceDefaults;
using Zweizeiler.ServiceDefaults.Identity;
using Zweizeiler.ServiceDefaults.Problems;
using Zweizeiler.ServiceDefaults.Texts;

namespace Zweizeiler.Orders.Features.Given;

/// <summary>
/// Fills the items of an order with what the merchant gave once: the text of a template, languages, reference and customer of a case, the default
/// brief, the glossary of the pair, whom to ask first. What an item says itself always wins; then its case, then the preferences.
/// Whatever the number of items, one query for their cases, one for those cases' translators, one for templates; none for what is not used.
/// </summary>
internal sealed class GivenOnce(
    OrdersDbContext db, Caller caller, Merchants merchants, KnownPreferences preferences, KnownGlossaries glossaries, TextVault vault)
{
    public async Task<IReadOnlyList<GivenItem>> FillAsync(
        IReadOnlyList<OrderItem> items, Faults faults, CancellationToken cancellationToken)
    {
        var wishes = await preferences.GetAsync(caller, cancellationToken);
        var merchant = await merchants.GetAsync(caller.MerchantId, cancellationToken);
        var templates = await TemplatesAsync(items, cancellationToken);
        var cases = await CasesAsync(items, cancellationToken);
        var translators = await TranslatorsAsync([.. cases.Keys], cancellationToken);

        var filled = new List<GivenItem>(items.Count);
        foreach (var (at, given) in items)
        {
            var item = FromTemplate(at, given, templates, merchant, faults);
            var its = CaseOf(at, item, cases, faults);
            var customer = its is null ? null : CaseView.CustomerOf(its, vault, merchant.DataKey);
            if (its is not null)
            {
                item = item.With(its, customer);
            }

            item = wishes.Brief is null ? item : item with { Brief = item.Brief.With(wishes.Brief) };
            filled.Add(new GivenItem(at, given, item)
            {
                CaseId = its?.Id,
                Customer = customer,
                Preferences = PreferencesOf(its, wishes, translators),
                Glossary = await GlossaryAsync(at, item, wishes, faults, cancellationToken),
            });
        }

        return filled;
    }

    private async Task<Dictionary<Guid, Template>> TemplatesAsync(IReadOnlyList<OrderItem> items, CancellationToken cancellationToken)
    {
        var ids = Named(items, Ids.Template, i => i.TemplateId);
        return ids.Count == 0 ? [] : await db.Templates.AsNoTracking().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, cancellationToken);
    }

    private async Task<Dictionary<Guid, Case>> CasesAsync(IReadOnlyList<OrderItem> items, CancellationToken cancellationToken)
    {
        var ids = Named(items, Ids.Case, i => i.CaseId);
        return ids.Count == 0 ? [] : await db.Cases.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
    }

    /// <summary>Who delivered the newest job of each case that was delivered and not refunded.</summary>
    private async Task<Dictionary<Guid, Guid>> TranslatorsAsync(List<Guid> cases, CancellationToken cancellationToken) => cases.Count == 0 ? [] :
        (await db.Jobs.AsNoTracking()
            .Where(j => cases.Contains(j.CaseId!.Value) && j.DeliveryId != null && j.TranslatorId != null && j.State != JobState.Refunded)
            .GroupBy(j => j.CaseId!.Value)
            .Select(g => g.OrderByDescending(j => j.CreatedAt).ThenByDescending(j => j.Id).Select(j => new { j.CaseId, j.TranslatorId }).First())
            .ToListAsync(cancellationToken))
        .ToDictionary(j => j.CaseId!.Value, j => j.TranslatorId!.Value);

    private static List<Guid> Named(IReadOnlyList<OrderItem> items, string prefix, Func<JobItem, string?> name)
    {
        var ids = new List<Guid>();
        foreach (var (_, item) in items)
        {
            if (PublicId.TryParse(prefix, name(item), out var id) && !ids.Contains(id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    private JobItem FromTemplate(string at, JobItem item, Dictionary<Guid, Template> templates, Merchant merchant, Faults faults)
    {
        if (item.TemplateId is null)
        {
            if (item.Values is not null)
            {
                faults.Add($"{at}/values", "template.missing", "Values are for a template; name it as 'templateId'.");
            }

            return item;
        }

        if (item.Text is not null)
        {
            faults.Add($"{at}/templateId", "template.and_text", "Send either a text or a template, not both.");
            return item;
        }

        if (item.Kind is not (null or "translation"))
        {
            faults.Add($"{at}/templateId", "field.not_for_kind", "Only a translation can be placed with a template.");
            return item;
        }

        if (!PublicId.TryParse(Ids.Template, item.TemplateId, out var id) || !templates.TryGetValue(id, out var template))
        {
            faults.Add($"{at}/templateId", "template.not_found", "There is no such template, or it belongs to somebody else.");
            // Nobody sent a text, and nobody has to.
            return item with { Text = NoText };
        }

        var text = TemplateRules.Render($"{at}/values", TemplateView.TextOf(template, vault, merchant.DataKey), item.Values, faults);
        return item with { Text = text ?? NoText, Source = item.Source ?? template.Language };
    }

    private static Case? CaseOf(string at, JobItem item, Dictionary<Guid, Case> cases, Faults faults)
    {
        if (item.CaseId is null)
        {
            return null;
        }

        if (!PublicId.TryParse(Ids.Case, item.CaseId, out var id) || !cases.TryGetValue(id, out var found))
        {
            faults.Add($"{at}/caseId", "case.not_found", "There is no such case, or it belongs to somebody else.");
            return null;
        }

        if (!found.IsOpen)
        {
            faults.Add($"{at}/caseId", "case.closed", "The case is closed; open it again to place a job in it.");
        }

        return found;
    }

    private static TranslatorPreferences? PreferencesOf(Case? its, Wishes wishes, Dictionary<Guid, Guid> translators)
    {
        Guid? last = its is not null && translators.TryGetValue(its.Id, out var found) && !wishes.Blocked.Contains(found) ? found : null;
        return last is null && wishes is { Preferred: [], Blocked: [] } ? null : new TranslatorPreferences(wishes.Preferred, wishes.Blocked, last);
    }

    private async Task<KnownGlossary?> GlossaryAsync(string at, JobItem item, Wishes wishes, Faults faults, CancellationToken cancellationToken)
    {
        if (item.Brief?.GlossaryId is not { } named)
        {
            // A default that was deleted a moment ago is no mistake of this request.
            return wishes.Glossaries.TryGetValue($"{item.Source}-{item.Target}", out var usual)
                ? await glossaries.FindAsync(caller, usual, cancellationToken)
                : null;
        }

        var found = PublicId.TryParse(Ids.Glossary, named, out var id) ? await glossaries.FindAsync(caller, id, cancellationToken) : null;
        if (found is null)
        {
            faults.Add($"{at}/brief/glossaryId", "glossary.not_found", "There is no such glossary, or it belongs to somebody else.");
        }
        else if ((found.Source, found.Target) != (item.Source, item.Target))
        {
            faults.Add($"{at}/brief/glossaryId", "glossary.pair", $"This glossary is for {found.Source}-{found.Target}.");
        }

        return found;
    }

    /// <summary>Stands in where the template's faults are told already, and more about the text would only confuse.</summary>
    private const string NoText = "-";
}
