using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Zweizeiler.Messaging.Outbox;

/// <summary>Remembers which contexts hold messages that a commit will make durable, so that other commits do not wake the relay.</summary>
internal sealed class PendingCommits
{
    private readonly ConditionalWeakTable<DbContext, object> _contexts = [];

    public void Mark(DbContext context) => _contexts.TryAdd(context, this);

    public bool Take(DbContext? context) => context is not null && _contexts.Remove(context);
}
