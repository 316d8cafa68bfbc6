namespace Zweizeiler.Marketplace.Features.Cat;

/// <summary>Something that keeps a file from being taken over.</summary>
/// <param name="Code">What.</param>
/// <param name="Line">Where in the file; null if it is about the file as a whole.</param>
/// <param name="Field">Which element or attribute.</param>
/// <param name="Detail">What was expected, or which one it is.</param>
public sealed record CatFinding(string Code, int? Line, string Field, string Detail = "")
{
    public const string NoFile = "no_file";
    public const string TooLarge = "too_large";
    public const string Malformed = "malformed";
    public const string TooDeep = "too_deep";
    public const string NotXliff = "not_xliff";
    public const string Version = "version";
    public const string Language = "language";
    public const string OtherJob = "other_job";
    public const string UnitMissing = "unit_missing";
    public const string UnitUnknown = "unit_unknown";
    public const string UnitTwice = "unit_twice";
    public const string SourceChanged = "source_changed";
    public const string CodeUnknown = "code_unknown";
    public const string OrderWrong = "order_wrong";
    public const string NothingTranslated = "nothing_translated";
    public const string TooLong = "too_long";

    /// <summary>All of them, for those who word them.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        NoFile, TooLarge, Malformed, TooDeep, NotXliff, Version, Language, OtherJob, UnitMissing, UnitUnknown, UnitTwice, SourceChanged, CodeUnknown, OrderWrong,
        NothingTranslated, TooLong,
    ];
}

/// <summary>What a file holds: the text, and how many of its sentences have none yet; or what is wrong with it.</summary>
public sealed record CatRead(string Text, int Sentences, int Missing, IReadOnlyList<CatFinding> Findings)
{
    public static CatRead Refused(params IReadOnlyList<CatFinding> findings) => new("", 0, 0, findings);
}
