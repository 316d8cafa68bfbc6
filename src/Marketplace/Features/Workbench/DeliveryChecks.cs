using System.Globalization;
using System.Text.RegularExpressions;
using Zweizeiler.Contracts;
using Zweizeiler.Contracts.Marketplace;
using Zweizeiler.Contracts.Orders;
using Zweizeiler.Marketplace.Domain;
using Zweizeiler.Marketplace.Features.Jobs;
using Zweizeiler.Marketplace.Features.Workbench.Checks;
using Zweizeiler.Pricing;

namespace Zweizeiler.Marketplace.Features.Workbench;

/// <summary>What is looked at before something goes to the merchant. A pure function of the job and what was written.</summary>
public static partial class DeliveryChecks
{
    /// <summary>More than anybody tries; keeps a slip of the finger from being told.</summary>
    public const int MostAttempts = 20;

    /// <summary>Errors first; without any, the warnings. The languages are those of the job.</summary>
    public static IReadOnlyList<Finding> Run(string kind, JobContent source, DraftContent written, (string Source, string Target) pair = default)
    {
        var errors = Errors(kind, source, written).ToList();
        return errors.Count > 0 ? errors : [.. Warnings(kind, source, written).Concat(OfText(kind, source, written, (pair.Source ?? "", pair.Target ?? "")))];
    }

    /// <summary>While writing: what is wrong, without what is only not there yet.</summary>
    public static IReadOnlyList<Finding> WhileWriting(string kind, JobContent source, DraftContent written, (string Source, string Target) pair) =>
        IsEmpty(written.Counted(kind))
            ? []
            : [.. Errors(kind, source, written).Where(f => !f.IsOnlyUnfinished).Concat(Warnings(kind, source, written)).Concat(OfText(kind, source, written, pair))];

    /// <summary>What is looked at in a text that goes to the end customer.</summary>
    private static IEnumerable<Finding> OfText(string kind, JobContent source, DraftContent written, (string Source, string Target) pair)
    {
        if (kind is not (JobKinds.Translation or JobKinds.Formulation))
        {
            return [];
        }

        var text = CheckedText.Of(source, written, pair);
        return FormChecks.Run(text).Concat(AddressChecks.Run(text)).Concat(PromiseChecks.Run(text)).DistinctBy(f => f.Key);
    }

    /// <summary>What nobody could use.</summary>
    private static IEnumerable<Finding> Errors(string kind, JobContent source, DraftContent written) => kind switch
    {
        JobKinds.Summary => Summary(source, written.Summary ?? new SummaryContent("", "", "")),
        JobKinds.Call => Call(source.Call, written.Call ?? new CallDraft("", "", "", "")),
        JobKinds.Formulation => Formulation(written),
        _ => Blocking((Finding.Empty, IsEmpty(written.Text)), (Finding.Untranslated, IsCopy(source, written.Text))).Take(1),
    };

    private static IEnumerable<Finding> Formulation(DraftContent written) =>
        Blocking((Finding.Empty, IsEmpty(written.Text)), (Finding.BackGlossEmpty, IsEmpty(written.BackGloss)));

    private static IEnumerable<Finding> Summary(JobContent source, SummaryContent summary) => Blocking(
        (Finding.GistEmpty, IsEmpty(summary.Gist)),
        (Finding.MoodEmpty, string.IsNullOrWhiteSpace(summary.Mood)),
        (Finding.NextStepEmpty, IsEmpty(summary.NextStep)),
        (Finding.Untranslated, !IsEmpty(summary.Gist) && IsCopy(source, summary.Gist)));

    private static IEnumerable<Finding> Call(CallContent? order, CallDraft call)
    {
        var (agreed, most) = (order?.Attempts ?? 1, order?.MaxMinutes ?? 1);
        if (!CallOutcome.All.Contains(call.Outcome, StringComparer.Ordinal))
        {
            yield return new Finding(Finding.OutcomeMissing, "", Blocks: true);
        }

        if (call.Outcome == CallOutcome.Reached && !(call.WholeMinutes >= 1 && call.WholeMinutes <= most))
        {
            yield return new Finding(Finding.MinutesWrong, Text(most), Blocks: true);
        }

        if (call.WholeAttempts is not (>= 1 and <= MostAttempts))
        {
            yield return new Finding(Finding.AttemptsWrong, Text(MostAttempts), Blocks: true);
        }
        else if (call.Outcome == CallOutcome.NotReached && call.WholeAttempts < agreed)
        {
            yield return new Finding(Finding.TooFewAttempts, Text(agreed), Blocks: true);
        }

        if (IsEmpty(call.Report))
        {
            yield return new Finding(Finding.ReportEmpty, "", Blocks: true);
        }
    }

    /// <summary>What may be right all the same.</summary>
    private static IEnumerable<Finding> Warnings(string kind, JobContent source, DraftContent written)
    {
        var (own, text) = (SourceText.Own(source.Text), written.Text);
        IEnumerable<Finding> findings = kind switch
        {
            JobKinds.Translation =>
            [
                .. Warning(Finding.PlaceholderMissing, Missing(SourceText.Placeholders(), own, text)),
                .. Warning(Finding.NumberMissing, MissingNumbers(own, text)).Select(f => f with { About = AboutNumber(own, f.Detail) }),
                .. Terms(source.Terms, own, text),
            ],
            JobKinds.Formulation when source.Formulation is { } order =>
            [
                .. Warning(Finding.TooManyLines, LineCounter.Count(text).Lines > order.MaxLines ? [Text(order.MaxLines)] : []),
                .. Terms(source.Terms, string.Join('\n', order.Points), text),
            ],
            _ => [],
        };
        return kind != JobKinds.Call && source.Brief.MaxLength is { } most && LineCounter.Count(written.Counted(kind)).Characters > most
            ? findings.Append(new Finding(Finding.TooLong, Text(most), Blocks: false))
            : findings;
    }

    /// <summary>
    /// A term of the source wants one of its translations in the text, and none that the merchant does not want. What another term of the
    /// source asks for is not held against the text.
    /// </summary>
    private static IEnumerable<Finding> Terms(IReadOnlyList<GlossaryTerm>? terms, string source, string text)
    {
        var used = Glossary.In(source, terms).Select(t => t with { Source = t.Source.Normalize(), Target = t.Target.Normalize() }).ToList();
        var there = Glossary.Found(text, used.Select(t => t.Target));
        var right = used.Where(t => !t.Forbidden).ToList();
        var missing = right.GroupBy(t => t.Source, StringComparer.OrdinalIgnoreCase)
            .Where(group => !group.Any(t => there.Contains(t.Target)))
            .Select(group => $"{group.Key} → {string.Join(" / ", group.Select(t => t.Target))}");
        var wrong = used.Where(t => t.Forbidden && there.Contains(t.Target))
            .Select(t => t.Target)
            .Except(right.Select(t => t.Target), StringComparer.OrdinalIgnoreCase);
        return [.. Warning(Finding.TermMissing, missing), .. Warning(Finding.TermForbidden, wrong)];
    }

    private static IEnumerable<Finding> Blocking(params (string Code, bool IsSo)[] errors) =>
        errors.Where(e => e.IsSo).Select(e => new Finding(e.Code, "", Blocks: true));

    private static IEnumerable<Finding> Warning(string code, IEnumerable<string> details) => details.Select(d => new Finding(code, d, Blocks: false));

    private static bool IsEmpty(string? text) => LineCounter.Count(text ?? "").IsEmpty;

    private static bool IsCopy(JobContent source, string text) =>
        SourceText.Own(source.Text) is var own && Squeeze(own) == Squeeze(text) && own.Any(char.IsLetter);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Missing(Regex pattern, string source, string text)
    {
        var there = pattern.Matches(text).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        return pattern.Matches(source).Select(m => m.Value).Distinct(StringComparer.Ordinal).Where(value => !there.Contains(value));
    }

    /// <summary>
    /// Numbers keep their digits, not their punctuation: 1.000,50 may become 1 000,50 and 3.12. may become 03/12. So a number is there when its
    /// digits are, or when each of its groups is.
    /// </summary>
    private static IEnumerable<string> MissingNumbers(string source, string text)
    {
        var numbers = NumberPattern().Matches(SourceText.Placeholders().Replace(text, " ")).Select(m => m.Value).ToList();
        var whole = numbers.Select(Digits).ToHashSet(StringComparer.Ordinal);
        var groups = numbers.SelectMany(Groups).ToHashSet(StringComparer.Ordinal);
        return NumberPattern().Matches(SourceText.Placeholders().Replace(source, " "))
            .Select(m => m.Value)
            .Distinct(StringComparer.Ordinal)
            .Where(number => !whole.Contains(Digits(number)) && !Groups(number).All(groups.Contains));
    }

    /// <summary>Whether a number of the source is an amount of money or a date, to be called so.</summary>
    private static string? AboutNumber(string source, string number)
    {
        var at = source.IndexOf(number, StringComparison.Ordinal);
        var around = source[Math.Max(0, at - 5)..Math.Min(source.Length, at + number.Length + 5)];
        return MoneyPattern().IsMatch(around) ? Finding.Amount : DatePattern().IsMatch(number) ? Finding.Date : null;
    }

    private static string Digits(string number) => Plain(string.Concat(number.Where(char.IsDigit)));

    private static IEnumerable<string> Groups(string number) => DigitsPattern().Matches(number).Select(m => Plain(m.Value));

    private static string Plain(string digits) => digits.TrimStart('0') is { Length: > 0 } rest ? rest : "0";

    private static string Squeeze(string text) =>
        string.Join(' ', text.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    [GeneratedRegex(@"\d+(?:[.,:/\-'’\u00A0\u202F ]\d+)*")]
    private static partial Regex NumberPattern();

    [GeneratedRegex(@"[€$£¥]|\b(?:EUR|USD|GBP|CHF|PLN|zł|Euro)\b", RegexOptions.IgnoreCase)]
    private static partial Regex MoneyPattern();

    [GeneratedRegex(@"^\d{1,4}[./-]\d{1,2}(?:[./-]\d{2,4})?\.?$")]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"\d+")]
    private static partial Regex DigitsPattern();
}
