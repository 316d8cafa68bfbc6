using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Zweizeiler.Marketplace.Features.Workbench.Spelling;

/// <summary>
/// Hunspell with the dictionary of one language, kept: words go in a line each, and those that it does not know come out. It suggests nothing, because
/// its suggestions take a thousand times as long as its answer.
/// </summary>
internal sealed class SpellingProcess : IDisposable
{
    /// <summary>In no dictionary: when it comes out again, everything before it has been looked at.</summary>
    private const string End = "zzqxwvz";

    /// <summary>Without it the answers would wait in a buffer until there are enough of them.</summary>
    public const string ByTheLine = "stdbuf";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly Process _process;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();

    private SpellingProcess(Process process) => _process = process;

    public static SpellingProcess Start(string command, string folder, string dictionary)
    {
        var start = new ProcessStartInfo(ByTheLine, ["-oL", command, "-l", "-i", "UTF-8", "-d", dictionary])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            UseShellExecute = false,
        };
        // It needs none of the service's secrets.
        var path = start.Environment["PATH"];
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["DICPATH"] = folder;
        start.Environment["LC_ALL"] = "C.UTF-8";
        var process = new SpellingProcess(Process.Start(start) ?? throw new InvalidOperationException("It did not start."));
        _ = process.ReadAsync();
        return process;
    }

    /// <summary>Those of the words, or parts of them, that the dictionary does not have. After a failure the process is of no use any more.</summary>
    public async Task<IReadOnlySet<string>> UnknownAsync(IEnumerable<string> words, CancellationToken cancellationToken)
    {
        var lines = string.Concat(words.Where(w => w != End).Append(End).Select(w => w + '\n'));
        var writing = _process.StandardInput.WriteAsync(lines.AsMemory(), cancellationToken);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        var flushing = FlushAsync(writing, cancellationToken);
        while (await _answers.Reader.ReadAsync(cancellationToken) is var answer && answer != End)
        {
            unknown.Add(answer);
        }

        await flushing;
        return unknown;
    }

    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }

    private async Task FlushAsync(Task writing, CancellationToken cancellationToken)
    {
        await writing;
        await _process.StandardInput.FlushAsync(cancellationToken);
    }

    private async Task ReadAsync()
    {
        try
        {
            // What it complains of might quote a text: it is read, so that it does not block, and forgotten.
            var complaints = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                _answers.Writer.TryWrite(line);
            }

            await complaints;
            _answers.Writer.TryComplete();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            _answers.Writer.TryComplete(e);
        }
    }
}
