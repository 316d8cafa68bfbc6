using Microsoft.Extensions.Configuration;

namespace Zweizeiler.ServiceDefaults;

/// <summary>The demo's merchant, translators and operator; only for a developer's own stack, and only read by <c>migrate</c>.</summary>
public sealed class DemoOptions
{
    public bool Enabled { get; init; }

    public DemoMerchant Merchant { get; init; } = new();

    public string LiveKey { get; init; } = "";

    public string TestKey { get; init; } = "";

    public IReadOnlyList<DemoTranslator> Translators { get; init; } = [];

    public string TranslatorPassword { get; init; } = "";

    public DemoOperator Operator { get; init; } = new();

    public string OperatorPassword { get; init; } = "";

    /// <summary>Null unless the demo is switched on.</summary>
    public static DemoOptions? From(IConfiguration configuration) =>
        configuration.GetSection("Demo").Get<DemoOptions>() is { Enabled: true } demo ? demo : null;
}

public sealed class DemoMerchant
{
    public Guid Id { get; init; }

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public string Locale { get; init; } = "de";

    public string TimeZone { get; init; } = "Europe/Berlin";

    public string Country { get; init; } = "DE";

    public string? VatId { get; init; }

    public string Street { get; init; } = "Hohe Straße 1";

    public string PostCode { get; init; } = "50667";

    public string City { get; init; } = "Köln";

    public long OpeningBalanceCents { get; init; }
}

public sealed class DemoTranslator
{
    public Guid Id { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Locale { get; init; } = "de";

    public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>Language pairs such as <c>de-fr</c>.</summary>
    public IReadOnlyList<string> Pairs { get; init; } = [];
}

public sealed class DemoOperator
{
    public string Email { get; init; } = "";
}
