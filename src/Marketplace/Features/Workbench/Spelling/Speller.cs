using System.Collections.Concurrent;
using System.ComponentModel;
using System.Text.RegularExpressions;

namespace Zweizeiler.Marketplace.Features.Workbench.Spelling;

/// <summary>
/// Which words a language's dictionary does not know. A process for each language, started when it is first asked for; nobody waits for it longer than
/// <see cref="SpellingRules.Limit"/>, and whatever becomes of it, the answer is then only that there is none.
/// </summary>
public sealed partial class Speller(SpellingRules rules, TimeProvider time, ILogger<Speller> logger) : IDisposable
{
    /// <summary>A dictionary takes part of a second to load; on a busy machine more.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(20);

    /// <summary>After a failure it is left alone for a while.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>English is right as it is written on either side of the ocean.</summary>
    private static readonly string[] English = ["en_US", "en_GB"];

    private readonly ConcurrentDictionary<string, Tongue> _tongues = new(StringComparer.Ordinal);
    private readonly Lazy<bool> _isThere = new(() => rules.Command.Length > 0 && IsProgram(rules.Command) && IsProgram(SpellingProcess.ByTheLine));

    /// <summary>Whether there is a dictionary for a language.</summary>
    public bool Knows(string language) => DictionaryOf(language) is not null;

    /// <summary>The words, or parts of words, that the language's dictionary does not have; null if nobody can say so now.</summary>
    public async Task<IReadOnlySet<string>?> UnknownAsync(string language, IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        if (DictionaryOf(language) is not { } dictionary)
        {
            return null;
        }

        var tongue = _tongues.GetOrAdd(language, _ => new Tongue());
        using var limit = new CancellationTokenSource(rules.Limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await tongue.Gate.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }

        try
        {
            // Whoever goes away meanwhile, as an editor does with each key, does not break the question off: the process would be lost with it.
            return await AskAsync(tongue, language, dictionary, words, limit.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            tongue.Gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var tongue in _tongues.Values)
        {
            tongue.Forget();
            tongue.Gate.Dispose();
        }
    }

    private async Task<IReadOnlySet<string>?> AskAsync(
        Tongue tongue, string language, string dictionary, IReadOnlyCollection<string> words, CancellationToken cancellationToken)
    {
        if (tongue.NotBefore > time.GetUtcNow())
        {
            return null;
        }

        try
        {
            tongue.Process ??= StartAsync(dictionary);
            // Whoever cannot wait for a dictionary to load leaves it loading.
            var process = await tongue.Process.WaitAsync(cancellationToken);
            try
            {
                return await process.UnknownAsync(words, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Its answer would come to the next question.
                tongue.Forget();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or Win32Exception or TimeoutException)
        {
            tongue.Forget();
            tongue.NotBefore = time.GetUtcNow() + Pause;
            LogAway(language, e.GetType().Name);
            return null;
        }
    }

    private async Task<SpellingProcess> StartAsync(string dictionary)
    {
        var process = SpellingProcess.Start(rules.Command, rules.Folder, dictionary);
        using var limit = new CancellationTokenSource(LongestStart);
        try
        {
            await process.UnknownAsync([], limit.Token);
            return process;
        }
        catch (OperationCanceledException)
        {
            process.Dispose();
            throw new TimeoutException("The dictionary was not loaded in time.");
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    private string? DictionaryOf(string language)
    {
        if (!LanguagePattern().IsMatch(language) || !_isThere.Value)
        {
            return null;
        }

        string[] found = language == "en"
            ? [.. English.Where(IsDictionary)]
            : [.. new[] { $"{language}_{language.ToUpperInvariant()}", language }.Where(IsDictionary).Take(1)];
        return found.Length > 0 ? string.Join(',', found) : null;
    }

    private bool IsDictionary(string name) => File.Exists(Path.Combine(rules.Folder, $"{name}.dic"));

    private static bool IsProgram(string command) => Path.IsPathRooted(command)
        ? File.Exists(command)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, command)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Spelling of {Language} is not looked at for a while: {ExceptionType}")]
    private partial void LogAway(string language, string exceptionType);

    [GeneratedRegex("^[a-z]{2,3}$")]
    private static partial Regex LanguagePattern();

    /// <summary>One language's process. Whoever holds the gate asks alone.</summary>
    private sealed class Tongue
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public Task<SpellingProcess>? Process { get; set; }

        public DateTimeOffset NotBefore { get; set; }

        public void Forget()
        {
            _ = Process?.ContinueWith(
                started =>
                {
                    if (started.IsCompletedSuccessfully)
                    {
                        started.Result.Dispose();
                    }
                    else
                    {
                        _ = started.Exception;
                    }
                },
                TaskScheduler.Default);
            Process = null;
        }
    }
}
