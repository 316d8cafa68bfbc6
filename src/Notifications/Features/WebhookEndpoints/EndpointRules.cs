using Zweizeiler.Notifications.Features.SendWebhooks;
using Zweizeiler.ServiceDefaults.Problems;

namespace Zweizeiler.Notifications.Features.WebhookEndpoints;

/// <summary>What an endpoint may be.</summary>
internal static class EndpointRules
{
    public const int MaxUrlLength = 2_000;

    public static Uri? ReadUrl(string text, string mode, AddressGuard guard, Faults faults)
    {
        const string At = "/url";
        if (text.Length > MaxUrlLength || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
        {
            faults.Add(At, "url.invalid", $"Expected an absolute https address of at most {MaxUrlLength} characters.");
        }
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            faults.Add(At, "url.invalid", "The address may contain neither user and password nor a fragment.");
        }
        else if (guard.RefusesLiteral(url))
        {
            faults.Add(At, "url.private", "Private, loopback and link-local addresses are not reached from here; give a public one.");
        }
        else if (url.Scheme != "https" && mode != "test" && !guard.IsOpenedFor(url))
        {
            faults.Add(At, "url.not_https", "Live events are sent by https only. With a test key plain http is permitted.");
        }
        else if (!guard.PermitsPort(url))
        {
            faults.Add(At, "url.port", $"Ports that are called from here: {string.Join(", ", guard.Ports)}.");
        }
        else
        {
            return url;
        }

        return null;
    }

    public static List<string> ReadTypes(IReadOnlyList<string>? types, Faults faults)
    {
        foreach (var (_, at, type) in faults.Placed("/types", types))
        {
            if (!EventTypes.All.Contains(type))
            {
                faults.Add(at, "type.unknown", $"Event types: {string.Join(", ", EventTypes.All)}.");
            }
        }

        return [.. (types ?? []).Distinct(StringComparer.Ordinal)];
    }
}
