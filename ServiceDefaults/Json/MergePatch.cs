namespace Zweizeiler.ServiceDefaults.Json;

/// <summary>
/// Marks the body of a PATCH: <c>null</c> takes a value away (RFC 7396) where that is possible, and is a fault where it is not. In other bodies it means that
/// nothing was given.
/// </summary>
public interface IMergePatch;

/// <summary>
/// The member of a <see cref="IMergePatch"/> can be taken away. To its handler <c>null</c> looks like an empty value, which takes away too: an empty text, an
/// empty list, no pairs, an object all of whose members are to go.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RemovableAttribute : Attribute;
