using Zweizeiler.Contracts;
using Zweizeiler.Orders.Features.Eta;
using Zweizeiler.Orders.Features.Given;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Checks one item of an order and makes of it what can be priced and placed. Every fault is added; null if there was one that forbids it.</summary>
internal sealed class JobRules(PriceList list, DateTimeOffset now, Faults faults, bool quoted)
{
    private readonly ContentRules _content = new(list, now, faults);

    public JobDraft? Check(GivenItem given)
    {
        var (at, item) = (given.At, given.Item);
        var before = faults.All.Count;
        var kind = CheckKind($"{at}/kind", item.Kind);
        var pair = CheckPair(at, item);
        var (content, count) = _content.Check(at, item, kind);
        var urgency = CheckUrgency($"{at}/urgency", item.Urgency);
        BriefRules.Check($"{at}/brief", item.Brief, faults);
        CheckFiling(at, item);
        CheckMaxPrice($"{at}/maxPrice", item.MaxPrice);

        // A member that could not even be read (an unknown one, a wrong type) is a fault of the request already.
        return faults.All.Count == before && kind is { } known && pair is not null && content is not null
            ? new JobDraft(given, known, pair, urgency, count, content with { Terms = given.Terms })
            : null;
    }

    /// <summary>What one job, or all of a request, may cost at most.</summary>
    public void CheckMaxPrice(string at, MoneyItem? max)
    {
        if (max is null)
        {
            return;
        }

        if (max.Amount is null)
        {
            faults.Add($"{at}/amount", "field.required", "This field is required: whole cents.");
        }
        else if (max.Amount < 0)
        {
            faults.Add($"{at}/amount", "field.range", "The amount must not be negative.");
        }

        faults.OneOf($"{at}/currency", max.Currency, "currency.unsupported", list.Currency);
    }

    /// <summary>Whether the price keeps within the merchant's maximum.</summary>
    public void CheckPrice(string at, MoneyItem? max, IReadOnlyCollection<PriceFacts> prices)
    {
        var net = new Money(prices.Sum(p => p.NetCents), list.Currency);
        var tax = new Money(prices.Sum(p => p.TaxCents), list.Currency);
        if (max?.Amount is { } most && (net + tax).Cents > most)
        {
            var what = prices.Count == 1 ? "The job costs" : $"The {prices.Count} jobs cost";
            faults.Add($"{at}/maxPrice", "price.above_maximum", $"{what} {net + tax} ({net} and {tax} tax), more than the maximum of {new Money(most, list.Currency)}.");
        }
    }

    private JobKind? CheckKind(string at, string? name)
    {
        if (faults.Required(at, name) && ApiNames.TryParse(name, out JobKind kind))
        {
            return kind;
        }

        faults.OneOf(at, name, "kind.not_offered", [.. ApiNames.Kinds]);
        return null;
    }

    private LanguagePair? CheckPair(string at, JobItem item)
    {
        var given = faults.Required($"{at}/source", item.Source) & faults.Required($"{at}/target", item.Target);
        if (!given)
        {
            return null;
        }

        if (item.Source == item.Target)
        {
            faults.Add($"{at}/target", "pair.same", "Source and target language are the same.");
            return null;
        }

        if (LanguagePair.TryOf(item.Source, item.Target, out var pair) && list.Offers(pair))
        {
            return pair;
        }

        var targets = list.Pairs.Where(p => p.Source == item.Source).Select(p => p.Target).ToList();
        if (targets.Count > 0)
        {
            faults.Add($"{at}/target", "pair.unsupported", $"From '{item.Source}' we translate into: {string.Join(", ", targets)}.");
        }
        else
        {
            faults.Add($"{at}/source", "pair.unsupported", $"We translate from: {string.Join(", ", list.Pairs.Select(p => p.Source).Distinct())}. Codes are ISO 639-1 in lower case.");
        }

        return null;
    }

    private Urgency CheckUrgency(string at, string? name)
    {
        if (name is null)
        {
            return Urgency.Standard;
        }

        if (!ApiNames.TryParse(name, out Urgency urgency))
        {
            faults.OneOf(at, name, "urgency.unknown", [.. ApiNames.Urgencies]);
        }
        else if (!quoted && !PriceList.IsAccepted(urgency, now, Promises.Zone))
        {
            // A quote of the night binds by day too.
            faults.Add(at, "urgency.not_now", $"'night' is accepted from 21:00 to 07:00 ({Promises.Zone.Id}) only; take 'standard' or 'express'.");
        }

        return urgency;
    }

    private void CheckFiling(string at, JobItem item)
    {
        faults.Text($"{at}/reference", item.Reference, Limits.Reference);
        faults.Text($"{at}/costCentre", item.CostCentre, Limits.CostCentre);
        MetadataRules.Check($"{at}/metadata", item.Metadata, faults);
    }
}
