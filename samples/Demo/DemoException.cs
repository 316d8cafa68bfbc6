namespace Zweizeiler.Demo;

/// <summary>Something that should have happened did not; the message says what, in one sentence.</summary>
public sealed class DemoException(string message) : Exception(message);
