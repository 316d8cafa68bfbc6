namespace Zweizeiler.Marketplace.Domain;

/// <summary>The four kinds of job, spelt as in the public API, and what sets them apart here.</summary>
public static class JobKinds
{
    public const string Translation = "translation";
    public const string Formulation = "formulation";
    public const string Summary = "summary";
    public const string Call = "call";

    public static readonly IReadOnlyList<string> All = [Translation, Formulation, Summary, Call];

    /// <summary>Whether what is delivered settles the fee, so that the agreed one is the most there can be.</summary>
    public static bool IsFeeAtMost(string kind) => kind is Formulation or Call;
}
