using Zweizeiler.Client;

namespace Zweizeiler.FaultInjection.Traffic;

/// <summary>
/// What is ordered and written. Each text has a word in it that stands nowhere else in the world: found in a log, a queue or a trace, it is a leak. No
/// digits, names or promises, so that the checks before delivery hold nothing up.
/// </summary>
internal static class Texts
{
    public const string Mark = "Quirlzwang";

    private const string German = "de";
    private const string French = "fr";

    public static NewJob Order(Random random, string reference, DateTimeOffset now)
    {
        var job = random.Next(10) switch
        {
            < 5 => new NewJob { Source = German, Target = French, Text = $"Guten Tag, Ihr {Mark} kommt leider etwas später. Wir melden uns {Word(random)}." },
            5 or 6 => new NewJob
            {
                Kind = JobKind.Formulation,
                Source = German,
                Target = French,
                Points = [$"{Mark} kommt bald, {Word(random)}"],
                Message = $"Bonjour, où est mon {Mark} ?",
                MaxLines = 5,
            },
            7 or 8 => new NewJob { Kind = JobKind.Summary, Source = French, Target = German, Text = $"Bonjour, mon {Mark} n'est pas arrivé. Merci de me répondre {Word(random)}." },
            _ => new NewJob
            {
                Kind = JobKind.Call,
                Source = German,
                Target = French,
                Call = new NewCall { Number = "+33123456789", Window = new CallWindow(now, now.AddHours(3), "Europe/Paris"), Attempts = 2, MaxMinutes = 10, Ask = [$"Ist {Mark} morgen zu Hause?"] },
            },
        };
        return job with
        {
            Reference = reference,
            CostCentre = random.Next(2) == 0 ? "FR" : null,
            Brief = job.Kind == JobKind.Call ? null : new Brief { Audience = Mark + Word(random), Tone = "friendly", Channel = "email" },
        };
    }

    /// <summary>An item that is refused, for a batch that must then be refused as a whole.</summary>
    public static NewJob Wrong(string reference) => new() { Source = German, Target = German, Text = Mark, Reference = reference };

    /// <summary>The workbench's fields of a kind, filled in.</summary>
    public static (string Name, string Value)[] Delivery(string kind, Random random) => kind switch
    {
        JobKind.Formulation => [("Text", $"Bonjour, votre {Mark} arrivera bientôt."), ("BackGloss", $"{Mark} kommt bald.")],
        JobKind.Summary => [("Gist", $"Jemand fragt nach {Mark}."), ("Mood", "besorgt"), ("NextStep", $"Wegen {Mark} antworten.")],
        JobKind.Call => [("Outcome", "reached"), ("Minutes", "4"), ("Attempts", "1"), ("Report", $"{Mark} ist morgen da.")],
        _ => [("Text", $"Bonjour, votre {Mark} arrivera un peu plus tard. Nous reviendrons vers vous {Word(random)}.")],
    };

    /// <summary>Letters only, so that few texts are the same.</summary>
    private static string Word(Random random) => string.Create(8, random, (span, from) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = (char)('a' + from.Next(26));
        }
    });
}
