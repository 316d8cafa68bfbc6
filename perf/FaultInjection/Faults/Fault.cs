namespace Zweizeiler.FaultInjection.Faults;

/// <summary>One thing that goes wrong.</summary>
/// <param name="Name">What the schedule prints.</param>
/// <param name="DoAsync">Does it and undoes it; says what came of it.</param>
internal sealed record Fault(string Name, Func<Random, CancellationToken, Task<string>> DoAsync);
