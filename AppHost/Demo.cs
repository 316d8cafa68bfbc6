using Microsoft.Extensions.Configuration;
using Zweizeiler.AppHost.Infrastructure;

namespace Zweizeiler.AppHost;

/// <summary>The demo's merchant, translators and operator (section <c>Demo</c>), seeded by the migrations of a developer's own stack.</summary>
internal sealed class Demo
{
    private readonly IConfigurationSection _section;
    private readonly Dictionary<string, ReferenceExpression> _secrets;

    private Demo(IDistributedApplicationBuilder builder, IConfigurationSection section)
    {
        _section = section;

        // The prefixes make keys that look like issued ones, and passwords of every kind of character that a password policy may ask for.
        _secrets = new Dictionary<string, ReferenceExpression>(StringComparer.Ordinal)
        {
            ["LiveKey"] = ReferenceExpression.Create($"zz_live_{builder.AddSecret("demo-live-key")}"),
            ["TestKey"] = ReferenceExpression.Create($"zz_test_{builder.AddSecret("demo-test-key")}"),
            ["TranslatorPassword"] = ReferenceExpression.Create($"Zz1-{builder.AddSecret("demo-translator-password")}"),
            ["OperatorPassword"] = ReferenceExpression.Create($"Zz1-{builder.AddSecret("demo-operator-password")}"),
        };
    }

    public ReferenceExpression LiveKey => _secrets["LiveKey"];

    public ReferenceExpression TestKey => _secrets["TestKey"];

    public ReferenceExpression TranslatorPassword => _secrets["TranslatorPassword"];

    public ReferenceExpression OperatorPassword => _secrets["OperatorPassword"];

    public string OperatorEmail => _section["Operator:Email"] ?? "";

    public IEnumerable<(string Email, IReadOnlyList<string> Pairs)> Translators => _section.GetSection("Translators").GetChildren()
        .Select(t => (t["Email"] ?? "", (IReadOnlyList<string>)(t.GetSection("Pairs").Get<string[]>() ?? [])));

    /// <summary>Null when it is switched off. Never in what is published.</summary>
    public static Demo? Add(IDistributedApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection("Demo");
        return builder.ExecutionContext.IsRunMode && section.GetValue<bool>("Enabled") ? new Demo(builder, section) : null;
    }

    public void ApplyTo(IResourceBuilder<ProjectResource> migrate)
    {
        foreach (var (path, value) in _section.AsEnumerable(makePathsRelative: true))
        {
            if (value is not null)
            {
                migrate.WithEnvironment($"Demo__{path.Replace(":", "__", StringComparison.Ordinal)}", value);
            }
        }

        foreach (var (name, value) in _secrets)
        {
            migrate.WithEnvironment($"Demo__{name}", value);
        }
    }
}
