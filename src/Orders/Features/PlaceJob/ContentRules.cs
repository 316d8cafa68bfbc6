using System.Globalization;
using System.Text.RegularExpressions;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Pricing;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Orders.Features.PlaceJob;

/// <summary>Checks what a job is made of, which its kind decides.</summary>
internal sealed partial class ContentRules(PriceList list, DateTimeOffset now, Faults faults)
{
    /// <param name="at">Where the item stands.</param>
    /// <param name="item">The item.</param>
    /// <param name="kind">Null if that was faulty itself: then only what was sent is checked.</param>
    public (JobContent? Content, LineCount? Count) Check(string at, JobItem item, JobKind? kind)
    {
        var (isText, isFormulation, isCall) = (kind is JobKind.Translation or JobKind.Summary, kind is JobKind.Formulation, kind is JobKind.Call);
        if (kind is null && item is { Text: null, Points: null, Call: null })
        {
            faults.Add($"{at}/text", "field.required", "A job needs 'text' (translation, summary), 'points' (formulation) or 'call', as its kind says.");
        }
        else if (kind is { } known)
        {
            OnlyFor(isText, $"{at}/text", item.Text, known);
            OnlyFor(isFormulation, $"{at}/points", item.Points, known);
            OnlyFor(isFormulation, $"{at}/message", item.Message, known);
            OnlyFor(isFormulation, $"{at}/maxLines", item.MaxLines, known);
            OnlyFor(isCall, $"{at}/call", item.Call, known);
        }

        var brief = BriefRules.ToContract(item.Brief);
        if (isFormulation)
        {
            return CheckFormulation(at, item) is { } formulation ? (new JobContent("", brief, formulation), null) : default;
        }

        if (isCall)
        {
            return CheckCall($"{at}/call", item.Call) is { } call ? (new JobContent("", brief, Call: call), null) : default;
        }

        return (isText || item.Text is not null) && CheckText($"{at}/text", item.Text) is { } count
            ? (new JobContent(item.Text!, brief), count)
            : default;
    }

    private void OnlyFor(bool belongs, string at, object? value, JobKind kind)
    {
        if (!belongs && value is not null)
        {
            faults.Add(at, "field.not_for_kind", $"A job of kind '{kind.Name()}' does not have this field.");
        }
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
            faults.Add(at, LineCount.EmptyCode, "There is nothing in the text that counts: it is empty, or only white space, markup, quoted history or a signature.");
        }
        else if (count.Characters > Limits.TextCharacters)
        {
            faults.Add(at, "text.too_long", string.Create(
                CultureInfo.InvariantCulture, $"The text has {count.Characters:N0} characters; {Limits.TextCharacters:N0} are permitted. Split it into several jobs."));
        }

        return count;
    }

    private FormulationContent? CheckFormulation(string at, JobItem item)
    {
        faults.Texts($"{at}/points", item.Points, Limits.Points, Limits.BriefPoint, required: true);
        faults.Range($"{at}/maxLines", item.MaxLines, 1, Limits.FormulationLines);
        faults.Text($"{at}/message", item.Message, Limits.TextCharacters);
        return item.Points is { } points
            ? new FormulationContent(points, item.Message, item.MaxLines ?? Limits.FormulationLinesNotGiven)
            : null;
    }

    private CallContent? CheckCall(string at, CallItem? call)
    {
        if (!faults.Required(at, call))
        {
            return null;
        }

        if (faults.Required($"{at}/number", call!.Number) && !E164().IsMatch(call.Number!))
        {
            faults.Add($"{at}/number", "call.number", "A number in the form of E.164: a plus sign, the country code and the number, 7 to 15 digits without spaces, for example +33123456789.");
        }

        faults.Range($"{at}/attempts", call.Attempts, 1, Limits.CallAttempts);
        faults.Range($"{at}/maxMinutes", call.MaxMinutes, 1, Limits.CallMinutes);
        faults.Texts($"{at}/ask", call.Ask, Limits.CallQuestions, Limits.BriefPoint, required: true);
        CheckWindow($"{at}/window", call.Window);
        return call is { Number: { } number, Window: { From: { } from, To: { } to, TimeZone: { } zone }, Ask: { } ask }
            ? new CallContent(
                number, from.ToUniversalTime(), to.ToUniversalTime(), zone,
                call.Attempts ?? Limits.CallAttemptsNotGiven, call.MaxMinutes ?? Limits.CallMinutesNotGiven, ask)
            : null;
    }

    private void CheckWindow(string at, CallWindowItem? window)
    {
        if (!faults.Required(at, window))
        {
            return;
        }

        if (faults.Required($"{at}/timeZone", window!.TimeZone) && !IsZone(window.TimeZone!))
        {
            faults.Add($"{at}/timeZone", "timezone.unknown", "The IANA name of a time zone, for example Europe/Paris.");
        }

        var given = faults.Required($"{at}/from", window.From) & faults.Required($"{at}/to", window.To);
        if (window.To <= now)
        {
            faults.Add($"{at}/to", "call.window_past", "The window is over already.");
        }
        else if (window.To > now.AddDays(Limits.CallDaysAhead))
        {
            faults.Add($"{at}/to", "call.window_too_far", $"The window ends at most {Limits.CallDaysAhead} days ahead.");
        }
        else if (given && window.From >= window.To)
        {
            faults.Add($"{at}/to", "call.window_empty", "The window ends before it begins.");
        }
    }

    // Names are looked up as they stand: Windows' own names and other spellings mean nothing to whoever gets the job.
    private static bool IsZone(string name) =>
        name.Length <= Limits.TimeZone
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
        && zone.HasIanaId
        && (name == "UTC" || !TimeZoneInfo.TryConvertWindowsIdToIanaId(name, out _));

    [GeneratedRegex(Limits.E164, RegexOptions.CultureInvariant)]
    private static partial Regex E164();
}
