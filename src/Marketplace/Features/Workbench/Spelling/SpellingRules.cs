namespace Zweizeiler.Marketplace.Features.Workbench.Spelling;

/// <summary>Where the speller is and how long anybody waits for it.</summary>
public sealed record SpellingRules
{
    public const string Section = "Spelling";

    /// <summary>Hunspell's program; empty turns the check off. Where it is not installed nothing is checked.</summary>
    public string Command { get; init; } = "hunspell";

    /// <summary>Where the dictionaries lie, as <c>de_DE.dic</c> or <c>fr.dic</c>.</summary>
    public string Folder { get; init; } = "/usr/share/hunspell";

    /// <summary>An answer that takes longer is done without.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(1);
}
