using System.Text.Json.Serialization;

namespace Zweizeiler.Pricing;

/// <summary>The four kinds of job. In JSON and everywhere else they are spelt in lower case, as in the public API.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<JobKind>))]
public enum JobKind
{
    /// <summary><c>translation</c>: a text into another language, counted on the source text.</summary>
    Translation,

    /// <summary><c>formulation</c>: a reply written from bullet points, counted on the delivered text, never above the ordered maximum.</summary>
    Formulation,

    /// <summary><c>summary</c>: the gist of a foreign message, counted on the source text.</summary>
    Summary,

    /// <summary><c>call</c>: a telephone call, counted in line equivalents.</summary>
    Call,
}

/// <summary>How soon a job must be done, at what surcharge. Spelt in lower case, as in the public API.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<Urgency>))]
public enum Urgency
{
    /// <summary><c>standard</c>: no surcharge.</summary>
    Standard,

    /// <summary><c>express</c>: within the shortest promise.</summary>
    Express,

    /// <summary><c>night</c>: accepted outside the day's hours, delivered before morning.</summary>
    Night,
}

/// <summary>The public API's spelling of <see cref="JobKind"/> and <see cref="Urgency"/>.</summary>
public static class ApiNames
{
    /// <summary>Every kind's name.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetValues<JobKind>().Select(Name)];

    /// <summary>Every urgency's name.</summary>
    public static IReadOnlyList<string> Urgencies { get; } = [.. Enum.GetValues<Urgency>().Select(Name)];

    /// <summary>The kind's name in the public API, for example <c>translation</c>.</summary>
    public static string Name(this JobKind kind) => kind switch
    {
        JobKind.Translation => "translation",
        JobKind.Formulation => "formulation",
        JobKind.Summary => "summary",
        JobKind.Call => "call",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The urgency's name in the public API, for example <c>standard</c>.</summary>
    public static string Name(this Urgency urgency) => urgency switch
    {
        Urgency.Standard => "standard",
        Urgency.Express => "express",
        Urgency.Night => "night",
        _ => throw new ArgumentOutOfRangeException(nameof(urgency)),
    };

    /// <summary>Reads a kind's name, exactly as <see cref="Name(JobKind)"/> writes it.</summary>
    public static bool TryParse(string? name, out JobKind kind)
    {
        kind = Enum.GetValues<JobKind>().FirstOrDefault(k => k.Name() == name);
        return kind.Name() == name;
    }

    /// <summary>Reads an urgency's name, exactly as <see cref="Name(Urgency)"/> writes it.</summary>
    public static bool TryParse(string? name, out Urgency urgency)
    {
        urgency = Enum.GetValues<Urgency>().FirstOrDefault(u => u.Name() == name);
        return urgency.Name() == name;
    }
}
