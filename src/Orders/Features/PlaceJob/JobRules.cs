using System.Globalization;
using Zweizeiler.Orders.Domain;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Checks one item of an order and makes of it what can be priced. Every fault is added; null if there was one that forbids pricing.</summary>
internal sealed class JobRules(PriceList list, DateTimeOffset now, TimeZoneInfo zone, Faults faults)
{
    public JobOrder? Check(string at, JobItem item)
    {
        var before = faults.All.Count;
        if (faults.Required($"{at}/kind", item.Kind))
        {
            faults.OneOf($"{at}/kind", item.Kind, "kind.not_offered", "translation");
        }

        var pair = CheckPair(at, item);
        var count = CheckText($"{at}/text", item.Text);
        var urgency = CheckUrgency($"{at}/urgency", item.Urgency);
        BriefRules.Check($"{at}/brief", item.Brief, faults);
        CheckFiling(at, item);
        CheckMaxPrice($"{at}/maxPrice", item.MaxPrice);

        // A member that could not even be read (an unknown one, a wrong type) is a fault of the same item.
        return faults.All.Count == before && pair is not null && count is not null
            ? JobOrder.Translation(pair, count, urgency)
            : null;
    }

    public void CheckPrice(string at, JobItem item, JobPrice price)
    {
        if (item.MaxPrice?.Amount is { } most && price.Gross.Cents > most)
        {
            faults.Add(
                $"{at}/maxPrice",
                "price.above_maximum",
                $"The job costs {price.Gross} ({price.Net} and {price.Tax.Amount} tax), more than the maximum of {new Money(most, price.Currency)}.");
        }
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

    private LineCount? CheckText(string at, string? text)
    {
        if (!faults.Required(at, text))
        {
            return null;
        }

        faults.NoNul(at, text!);
        var count = LineCounter.Count(text!, list.LineLength);
        if (count.IsEmpty)
        {
            faults.Add(at, LineCount.EmptyCode, "There is nothing to translate: the text is empty, or only white space, markup, quoted history or a signature.");
        }
        else if (count.Characters > Limits.TextCharacters)
        {
            faults.Add(at, "text.too_long", string.Create(
                CultureInfo.InvariantCulture, $"The text has {count.Characters:N0} characters; {Limits.TextCharacters:N0} are permitted. Split it into several jobs."));
        }

        return count;
    }

    private Urgency CheckUrgency(string at, string? name)
    {
        if (name is null)
        {
            return Urgency.Standard;
        }

        if (!ApiNames.TryParse(name, out Urgency urgency))
        {
            faults.OneOf(at, name, "urgency.unknown", [.. Enum.GetValues<Urgency>().Select(u => u.Name())]);
        }
        else if (!PriceList.IsAccepted(urgency, now, zone))
        {
            faults.Add(at, "urgency.not_now", $"'night' is accepted from 21:00 to 07:00 ({zone.Id}) only; take 'standard' or 'express'.");
        }

        return urgency;
    }

    private void CheckFiling(string at, JobItem item)
    {
        faults.Text($"{at}/reference", item.Reference, Limits.Reference);
        faults.Text($"{at}/costCentre", item.CostCentre, Limits.CostCentre);
        if (item.CaseId is not null)
        {
            faults.Add($"{at}/caseId", "case.not_found", "There is no such case, or it belongs to somebody else.");
        }

        if (item.QuoteId is not null)
        {
            faults.Add($"{at}/quoteId", "quote.not_found", "There is no such quote, or it belongs to somebody else.");
        }

        MetadataRules.Check($"{at}/metadata", item.Metadata, faults);
    }

    private void CheckMaxPrice(string at, MoneyItem? max)
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
}
