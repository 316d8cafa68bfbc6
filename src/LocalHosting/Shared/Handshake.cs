using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Zweizeiler.LocalHosting;

/// <summary>
/// Asks a server the first question of its own protocol. An open port is not enough: both servers listen before they serve. No credentials are
/// needed, and no client library.
/// </summary>
internal static class Handshake
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>A startup message; the answer is a request for authentication ('R'), or an error ('E') while the server starts, recovers or stops.</summary>
    public static Task<HealthCheckResult> PostgresAsync(int port, CancellationToken cancellationToken)
    {
        var parameters = "user\0postgres\0database\0postgres\0\0"u8;
        var message = new byte[8 + parameters.Length];
        BinaryPrimitives.WriteInt32BigEndian(message, message.Length);
        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(4), 3 << 16);
        parameters.CopyTo(message.AsSpan(8));
        return AskAsync(port, message, answer => answer == (byte)'R', cancellationToken);
    }

    /// <summary>The protocol header of AMQP 0-9-1; the answer is a method frame (1), Connection.Start.</summary>
    public static Task<HealthCheckResult> AmqpAsync(int port, CancellationToken cancellationToken) =>
        AskAsync(port, "AMQP\0\0\u0009\u0001"u8.ToArray(), answer => answer == 1, cancellationToken);

    private static async Task<HealthCheckResult> AskAsync(int port, byte[] question, Func<byte, bool> isRight, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token);
            await socket.SendAsync(question, limit.Token);
            var answer = new byte[1];
            return await socket.ReceiveAsync(answer, limit.Token) == 1 && isRight(answer[0])
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The server is not ready.");
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy("The server does not answer.");
        }
    }
}
