using System.Net;
using System.Net.Sockets;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>
/// Keeps webhooks from reaching what only we can reach: private networks, this machine, cloud metadata. It judges the address that is
/// really connected to, after DNS, so that a name which answers differently the second time does not get past it.
/// </summary>
/// <remarks>The ranges are IANA's special-purpose registries (RFC 6890 and its successors) where they are not globally reachable.</remarks>
public sealed class AddressGuard
{
    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>Global unicast; within IPv6 nothing else is reachable from outside.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Within global unicast, but for documentation, or with an IPv4 address inside that would go where IPv4 may not.</summary>
    private static readonly IPNetwork[] RefusedV6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48" }.Select(n => IPNetwork.Parse(n))];

    private readonly IPNetwork[] _opened;

    public AddressGuard(IConfiguration configuration)
        : this(configuration.GetSection("Webhooks:AllowedNetworks").Get<string[]>() ?? [])
    {
    }

    public AddressGuard(IEnumerable<string> opened) => _opened = [.. opened.Select(n => IPNetwork.Parse(n))];

    public bool Permits(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (_opened.Any(n => n.Contains(address)))
        {
            return true;
        }

        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Refused.Any(n => n.Contains(address)),
            // A scope id means link-local, whatever the digits say.
            AddressFamily.InterNetworkV6 => address.ScopeId == 0 && GlobalUnicast.Contains(address) && !RefusedV6.Any(n => n.Contains(address)),
            _ => false,
        };
    }

    /// <summary>An address written out in the URL can be refused at once; names are judged when connecting.</summary>
    public bool RefusesLiteral(Uri url) => Literal(url) is { } address && !Permits(address);

    /// <summary>Whether the configuration has opened this very address, as a developer's own machine does for itself.</summary>
    public bool IsOpenedFor(Uri url) => Literal(url) is { } address && _opened.Any(n => n.Contains(address));

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">None of the host's addresses may be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var permitted = addresses.Where(Permits).ToArray();
        if (permitted.Length == 0)
        {
            throw new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress? Literal(Uri url) =>
        IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) ? address
        : url.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : null;
}

/// <summary>The endpoint's address is one that webhooks must not reach.</summary>
public sealed class AddressRefusedException() : IOException("The address is not a public one.");
