namespace Zweizeiler.Load;

/// <summary>A measurement could not be made; the message says why, in one sentence.</summary>
public sealed class LoadException(string message) : Exception(message);
