namespace Zweizeiler.Demo;

/// <summary>The demo's translators, each signed in once, when first needed.</summary>
internal sealed class Translators(StackDetails details) : IDisposable
{
    private readonly Dictionary<string, PortalSession> _sessions = new(StringComparer.Ordinal);

    public IEnumerable<PortalSession> SignedIn => _sessions.Values;

    public async Task<PortalSession> ForAsync(string source, string target, CancellationToken cancellationToken)
    {
        var translator = details.Translators.FirstOrDefault(t => t.Translates(source, target))
            ?? throw new DemoException($"None of the demo's translators works from {source} into {target}.");
        if (!_sessions.TryGetValue(translator.Email, out var session))
        {
            session = await PortalSession.SignInAsync(details.Portal, translator, cancellationToken);
            _sessions.Add(translator.Email, session);
        }

        return session;
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values)
        {
            session.Dispose();
        }
    }
}
