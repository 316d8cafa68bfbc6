using Microsoft.AspNetCore.Identity;

namespace Zweizeiler.Marketplace.Domain;

/// <summary>Somebody who signs in to the portal: a translator or an operator.</summary>
public sealed class Account : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    /// <summary><c>de</c> or <c>en</c>.</summary>
    public string Locale { get; set; } = "de";

    /// <summary>IANA time zone.</summary>
    public string TimeZone { get; set; } = "Europe/Berlin";
}

public static class Role
{
    public const string Translator = "translator";
    public const string Operator = "operator";
}

/// <summary>The translator behind an account of the same id.</summary>
public sealed class Translator
{
    public required Guid Id { get; init; }

    /// <summary>Whether jobs are offered to her now.</summary>
    public bool IsAvailable { get; set; } = true;

    /// <summary>Grows with each change of name, address, language or time zone that others are told.</summary>
    public int Version { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public List<TranslatorPair> Pairs { get; init; } = [];
}

/// <summary>A direction of languages that a translator works in.</summary>
public sealed class TranslatorPair
{
    public required Guid TranslatorId { get; init; }

    public required string Source { get; init; }

    public required string Target { get; init; }
}
