using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Aspire.Hosting.Engine;

/// <summary>The resources' output, each line with its resource's name in front, and the engine's own announcements.</summary>
internal sealed class Output(LocalHostingOptions options, TimeProvider time) : IDisposable
{
    private const int TailLength = 15;

    private static readonly string[] Colours = ["36", "32", "33", "35", "34", "96", "92", "93", "95", "94"];
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    private readonly Lock _console = new();
    private readonly bool _colour = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private readonly ConcurrentDictionary<string, Log> _logs = new(StringComparer.Ordinal);

    public int NameWidth { get; set; }

    /// <summary>A line of a resource.</summary>
    public void Line(string source, string line)
    {
        var log = _logs.GetOrAdd(source, Open);
        if (log.Write(line) || !options.Quiet)
        {
            lock (_console)
            {
                Console.WriteLine($"{Paint(log.Colour, source.PadRight(NameWidth))} | {line}");
            }
        }
    }

    /// <summary>Something that the engine has to say about a resource.</summary>
    public void Say(string source, string text)
    {
        lock (_console)
        {
            Console.WriteLine($"{Paint("90", source.PadRight(NameWidth))} : {text}");
        }
    }

    /// <summary>Something that must not be overlooked.</summary>
    public void Shout(string source, string text)
    {
        lock (_console)
        {
            Console.Error.WriteLine($"{Paint("1;31", "!!! " + source)} : {Paint("1;31", text)}");
        }
    }

    /// <summary>The last lines of a resource, for a message about its end.</summary>
    public IReadOnlyList<string> Tail(string source) => _logs.TryGetValue(source, out var log) ? log.Tail() : [];

    public string? FileOf(string source) => options.LogFolder is { } folder ? Path.Combine(folder, source + ".log") : null;

    public void Dispose()
    {
        foreach (var log in _logs.Values)
        {
            log.Dispose();
        }
    }

    private Log Open(string source)
    {
        StreamWriter? file = null;
        if (FileOf(source) is { } path)
        {
            Directory.CreateDirectory(options.LogFolder!);
            file = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite), Utf8) { AutoFlush = true };
        }

        return new Log(file, Colours[_logs.Count % Colours.Length], time);
    }

    private string Paint(string colour, string text) => _colour ? $"\e[{colour}m{text}\e[0m" : text;

    private sealed class Log(StreamWriter? file, string colour, TimeProvider time) : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly Queue<string> _tail = new();
        private bool _inError;

        public string Colour => colour;

        /// <returns>Whether the line belongs to an error.</returns>
        public bool Write(string line)
        {
            lock (_lock)
            {
                file?.WriteLine($"{time.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)} {line}");
                _tail.Enqueue(line);
                if (_tail.Count > TailLength)
                {
                    _tail.Dequeue();
                }

                // .NET's console logger starts an entry with its level and indents what belongs to it.
                _inError = line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)
                    || line.StartsWith("Unhandled exception", StringComparison.Ordinal) || (_inError && line.StartsWith(' '));
                return _inError;
            }
        }

        public IReadOnlyList<string> Tail()
        {
            lock (_lock)
            {
                return [.. _tail];
            }
        }

        public void Dispose() => file?.Dispose();
    }
}
