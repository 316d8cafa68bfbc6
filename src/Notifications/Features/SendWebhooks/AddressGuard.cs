using System.Net;
using System.Net.Sockets;

namespace Zweizeiler.Notifications.Features.SendWebhooks;

/// <summary>What a host's name leads to; replaced in tests.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>
/// Keeps webhooks from reaching what only we can reach: private networks, this machine, cloud metadata. It judges the addresses that are
/// really connected to, after DNS, so that a name which answers differently the second time does not get past it; and all of them, so that none
/// is hidden behind another.
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
            // Metadata and wire servers of clouds that live among public addresses.
            "168.63.129.16/32",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>Global unicast; within IPv6 nothing else is reachable from outside. NAT64 (64:ff9b::/96, 64:ff9b:1::/48), link-local, unique local and mapped addresses lie outside.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    /// <summary>Within global unicast, but for protocols (Teredo among them), documentation, or with an IPv4 address inside that would go where IPv4 may not (6to4).</summary>
    private static readonly IPNetwork[] RefusedV6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48" }.Select(n => IPNetwork.Parse(n))];

    private readonly IPNetwork[] _opened;
    private readonly ResolveHost _resolve;
    private readonly int[] _ports;

    public AddressGuard(IConfiguration configuration, ResolveHost? resolve = null)
        : this(
            configuration.GetSection("Webhooks:AllowedNetworks").Get<string[]>() ?? [], resolve,
            configuration.GetSection("Webhooks:AllowedPorts").Get<int[]>())
    {
    }

    public AddressGuard(IEnumerable<string> opened, ResolveHost? resolve = null, int[]? ports = null)
    {
        _opened = [.. opened.Select(n => IPNetwork.Parse(n))];
        _resolve = resolve ?? Dns.GetHostAddressesAsync;
        _ports = ports is { Length: > 0 } ? ports : [80, 443, 8080, 8443];
    }

    /// <summary>Ports that may be called, unless the network is one that was opened.</summary>
    public IReadOnlyList<int> Ports => _ports;

    public bool Permits(IPAddress address) => IsOpened(address) || IsPublic(address);

    /// <summary>An address written out in the URL can be refused at once; names are judged when connecting.</summary>
    public bool RefusesLiteral(Uri url) => Literal(url) is { } address && !Permits(address);

    /// <summary>Whether the configuration has opened this very address, as a developer's own machine does for itself.</summary>
    public bool IsOpenedFor(Uri url) => Literal(url) is { } address && IsOpened(address);

    public bool PermitsPort(Uri url) => _ports.Contains(url.Port) || IsOpenedFor(url);

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="AddressRefusedException">One of the host's addresses may not be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(context.DnsEndPoint, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // The addresses that were judged, not the name: asked again it might lead elsewhere.
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>All addresses of a host, each of which may be called at its port.</summary>
    /// <exception cref="AddressRefusedException">One of them may not.</exception>
    public async Task<IPAddress[]> AddressesAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = await _resolve(host.Host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return addresses.All(a => IsOpened(a) || (IsPublic(a) && _ports.Contains(host.Port))) ? addresses : throw new AddressRefusedException();
    }

    private static bool IsPublic(IPAddress address)
    {
        address = Plain(address);
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Refused.Any(n => n.Contains(address)),
            // A scope id means link-local, whatever the digits say.
            AddressFamily.InterNetworkV6 => address.ScopeId == 0 && GlobalUnicast.Contains(address) && !RefusedV6.Any(n => n.Contains(address)),
            _ => false,
        };
    }

    private bool IsOpened(IPAddress address) => _opened.Any(n => n.Contains(Plain(address)));

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static IPAddress? Literal(Uri url) =>
        IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) ? address
        : url.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : null;
}

/// <summary>The endpoint's address is one that webhooks must not reach.</summary>
public sealed class AddressRefusedException() : IOException("The address is not a public one.");
