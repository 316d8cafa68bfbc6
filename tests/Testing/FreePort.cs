using System.Net;
using System.Net.Sockets;

namespace Zweizeiler.Testing;

/// <summary>Ports on the loopback address that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>
    /// A free port below the range that the kernel hands out by itself: a server stopped and started again by a test finds its
    /// port still free, whatever connections others opened meanwhile.
    /// </summary>
    public static int Next()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
        throw new InvalidOperationException("No free port between 20000 and 32000.");
    }
}
