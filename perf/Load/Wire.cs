using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Zweizeiler.Load;

/// <summary>
/// One connection that sends requests made beforehand and reads of each answer no more than its status and length. pgbench, which it is compared
/// with, is as lean; a client's comforts would be measured as the server's.
/// </summary>
internal sealed class Wire : IDisposable
{
    private const int LongestAnswer = 512 * 1024;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[16 * 1024];
    private int _filled;

    public static async Task<Wire> OpenAsync(Uri server, CancellationToken cancellationToken)
    {
        var wire = new Wire();
        await wire._socket.ConnectAsync(server.Host, server.Port, cancellationToken);
        return wire;
    }

    /// <summary>A request up to the value of its <c>Idempotency-Key</c>, and the rest of it.</summary>
    public static (byte[] Head, byte[] Tail) Post(Uri server, string path, string key, byte[] body) => (
        Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
            + string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\nIdempotency-Key: ")),
        [.. "\r\n\r\n"u8, .. body]);

    /// <summary>A request without a body.</summary>
    public static byte[] Get(Uri server, string path, string? key) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\n{(key is null ? "" : $"Authorization: Bearer {key}\r\n")}\r\n");

    /// <returns>The answer's status.</returns>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        while (request.Length > 0)
        {
            request = request[await _socket.SendAsync(request, cancellationToken)..];
        }

        return await ReadAsync(cancellationToken);
    }

    /// <summary>Whether the last answer says so somewhere.</summary>
    public bool HasRead(ReadOnlySpan<byte> text) => _buffer.AsSpan(0, _filled).IndexOf(text) >= 0;

    public void Dispose() => _socket.Dispose();

    private async ValueTask<int> ReadAsync(CancellationToken cancellationToken)
    {
        _filled = 0;
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            await ReceiveAsync(cancellationToken);
        }

        var (status, length) = Read(_buffer.AsSpan(0, end + 2));
        while (length is { } known ? _filled < end + 4 + known : !_buffer.AsSpan(end + 2, _filled - end - 2).EndsWith("\r\n0\r\n\r\n"u8))
        {
            await ReceiveAsync(cancellationToken);
        }

        return status;
    }

    private async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_filled == _buffer.Length && _filled < LongestAnswer)
        {
            Array.Resize(ref _buffer, _filled * 2);
        }

        var read = _filled < _buffer.Length ? await _socket.ReceiveAsync(_buffer.AsMemory(_filled), cancellationToken) : 0;
        if (read == 0)
        {
            throw new LoadException("The connection ended in the middle of an answer, or the answer is longer than expected.");
        }

        _filled += read;
    }

    /// <summary>Without a length, it comes in pieces until an empty one.</summary>
    private static (int Status, int? Length) Read(ReadOnlySpan<byte> head)
    {
        var status = int.Parse(head.Slice(9, 3), CultureInfo.InvariantCulture);
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
        {
            return head.IndexOf("Transfer-Encoding: chunked"u8) >= 0 ? (status, null) : throw new LoadException("An answer does not say its length.");
        }

        var digits = head[(at + "Content-Length: "u8.Length)..];
        return (status, int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture));
    }
}
