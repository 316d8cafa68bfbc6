using System.Text.RegularExpressions;

namespace Zweizeiler.Marketplace.Features.Workbench.Checks;

/// <summary>
/// What a text must say and must not promise. The brief is in the merchant's language, the text in another: so what can be promised is told by its
/// subject, in all languages at once, and what was to be said is looked for in the back-gloss.
/// </summary>
internal static partial class PromiseChecks
{
    private const int ShortestWord = 4;
    private const int Stem = 5;

    private static readonly (Regex Subject, Regex Words)[] Subjects =
    [
        (DateSubject(), DateWords()),
        (RefundWords(), RefundWords()),
        (DiscountWords(), DiscountWords()),
        (WarrantyWords(), WarrantyWords()),
        (ReplacementWords(), ReplacementWords()),
        (FreeWords(), FreeWords()),
    ];

    public static IEnumerable<Finding> Run(CheckedText checkedText) => [.. MustNotPromise(checkedText), .. MustSay(checkedText)];

    private static IEnumerable<Finding> MustNotPromise(CheckedText checkedText)
    {
        foreach (var point in checkedText.Brief.MustNotPromise)
        {
            // What the source says already is said by the merchant, not by the translator.
            var hit = Subjects.Where(s => s.Subject.IsMatch(point) && !s.Words.IsMatch(checkedText.Source))
                .Select(s => s.Words.Match(checkedText.Text))
                .FirstOrDefault(m => m.Success);
            if (hit is not null)
            {
                yield return new Finding(Finding.MayPromise, hit.Value, Blocks: false) { Start = hit.Index, Length = hit.Length, About = point };
            }
        }
    }

    private static IEnumerable<Finding> MustSay(CheckedText checkedText) => checkedText is { IsReply: true, BackGloss: { Length: > 0 } gloss }
        ? checkedText.Brief.MustSay
            .Where(point => !IsSaid(point, gloss) && !Subjects.Any(s => s.Subject.IsMatch(point) && s.Words.IsMatch(checkedText.Text)))
            .Select(point => new Finding(Finding.MustSayMissing, point, Blocks: false))
        : [];

    /// <summary>Half of its words that mean something, in whatever form.</summary>
    private static bool IsSaid(string point, string gloss)
    {
        var words = WordPattern().Matches(point.Normalize()).Select(m => m.Value).Where(w => w.Length >= ShortestWord || char.IsDigit(w[0])).ToList();
        var said = words.Count(w => gloss.Normalize().Contains(w.Length > Stem ? w[..Stem] : w, StringComparison.OrdinalIgnoreCase));
        return words.Count == 0 || said * 2 >= words.Count;
    }

    [GeneratedRegex(@"\p{L}+|\d+")]
    private static partial Regex WordPattern();

    [GeneratedRegex(@"termin|datum|\bdat[ea]\b|liefer|delivery|livraison|délai|fecha|entrega|plazo|consegna|scadenza|lever|dostaw|zeit|frist|deadline", RegexOptions.IgnoreCase)]
    private static partial Regex DateSubject();

    [GeneratedRegex(
        @"\b(?:morgen|übermorgen|heute|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|innerhalb von \d+|binnen \d+|in \d+ tagen"
        + @"|tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|within \d+|in \d+ (?:days|hours)"
        + @"|demain|aujourd['’]hui|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|sous \d+|dans (?:les )?\d+ (?:jours|heures)"
        + @"|domani|dopodomani|oggi|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|entro \d+|fra \d+ giorni"
        + @"|mañana|hoy|lunes|martes|miércoles|jueves|viernes|sábado|domingo|en \d+ (?:días|horas)"
        + @"|overmorgen|vandaag|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
        + @"|jutro|pojutrze|dziś|dzisiaj|poniedział\w+|wtor\w+|środ[aęy]|czwart\w+|piąt\w+|sobot\w+|niedziel\w+|w ciągu \d+)\b"
        + @"|\b\d{1,2}\.? ?(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|january|february|march|may|june|july|october|december"
        + @"|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre"
        + @"|de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre))\b|\b\d{1,2}[./]\d{1,2}\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex DateWords();

    [GeneratedRegex(@"erstatt|rückzahl|geld zurück|refund|money back|rembours|reembols|devol\w+ (?:el|del|su) (?:dinero|importe)|rimbors|terugbetal|geld terug|zwrot|zwróc", RegexOptions.IgnoreCase)]
    private static partial Regex RefundWords();

    [GeneratedRegex(@"rabatt|nachlass|gutschein|discount|voucher|coupon|\bremise|réduction|bon d['’]achat|sconto|buono|descuento|\bvale\b|korting|tegoedbon|rabat|zniżk", RegexOptions.IgnoreCase)]
    private static partial Regex DiscountWords();

    [GeneratedRegex(@"garant|gewährleist|warrant|guarantee|garanzia|gwaranc", RegexOptions.IgnoreCase)]
    private static partial Regex WarrantyWords();

    [GeneratedRegex(@"ersatz|umtausch|replacement|exchange|remplac|échang|sostitu|reemplaz|cambiar|vervang|omruil|wymian", RegexOptions.IgnoreCase)]
    private static partial Regex ReplacementWords();

    [GeneratedRegex(@"kostenlos|kostenfrei|gratis|free of charge|for free|gratuit|bezpłatn|darmow", RegexOptions.IgnoreCase)]
    private static partial Regex FreeWords();
}
