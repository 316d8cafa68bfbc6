using System.Reflection;

namespace Zweizeiler.ServiceDefaults.OpenApi;

/// <summary>The values that a text, or each text of a list, can have: those of the code's own list, so that the description cannot say others.</summary>
/// <param name="type">Whose static member the list is.</param>
/// <param name="member">Its name.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValuesOfAttribute(Type type, string member = "All") : Attribute
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public IReadOnlyList<string> Values => (type.GetField(member, Static)?.GetValue(null) ?? type.GetProperty(member, Static)?.GetValue(null)) as IReadOnlyList<string>
        ?? throw new InvalidOperationException($"{type.Name} has no list {member}.");
}
