using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Aspire.Hosting.Engine;

/// <summary>Gives out free ports below the range from which the system takes the ports of outgoing connections, so that none is lost before its process binds it.</summary>
internal sealed class Ports
{
    private const int First = 15_000;
    private const int Last = 29_999;

    private readonly HashSet<int> _given = [];

    public int Free()
    {
        for (var attempt = 0; attempt < 1_000; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last + 1);
            if (_given.Add(port) && IsFree(port))
            {
                return port;
            }
        }

        throw new DistributedApplicationException($"No free port between {First} and {Last}.");
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var v4 = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            v4.Start();
            if (Socket.OSSupportsIPv6)
            {
                using var v6 = new TcpListener(IPAddress.IPv6Loopback, port) { ExclusiveAddressUse = true };
                v6.Start();
            }

            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported)
        {
            // No IPv6 loopback on this machine: the first listener has decided.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
