using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Zweizeiler.LocalHosting.Tests.Surface;

/// <summary>
/// Writes the public surface of an assembly as lines that can be compared: a line for each type, each thing that it is, and each member, with
/// parameter names, default values, constraints, nullability, and the attributes that make the compiler complain.
/// </summary>
internal static class Signatures
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(IEnumerable<Type> types) => types.SelectMany(OfType).Distinct().Order(StringComparer.Ordinal);

    public static IEnumerable<string> OfType(Type type)
    {
        var name = Name(type);
        yield return $"{name}: {Marks(type)}{Kind(type)}{Constraints(type.GetGenericArguments())}";
        if (type.IsEnum)
        {
            foreach (var value in Enum.GetValuesAsUnderlyingType(type))
            {
                yield return $"{name}: value {Enum.GetName(type, value)} = {value}";
            }

            yield break;
        }

        for (var parent = type.BaseType; parent is not null && parent != typeof(object) && parent != typeof(ValueType); parent = parent.BaseType)
        {
            yield return $"{name}: is {Name(parent)}";
        }

        foreach (var contract in type.GetInterfaces().Where(i => i.IsVisible))
        {
            yield return $"{name}: is {Name(contract)}";
        }

        foreach (var member in type.GetMembers(Declared).Where(IsOffered))
        {
            if (Text(member) is { } text)
            {
                yield return $"{name}: {Marks(member)}{text}";
            }
        }
    }

    private static bool IsOffered(MemberInfo member) =>
        !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member switch
        {
            MethodBase method => IsVisible(method) && !IsOverrideOfObject(method),
            FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
            PropertyInfo => true,
            _ => false,
        };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOverrideOfObject(MethodBase method) => method is MethodInfo { IsVirtual: true } m && m.GetBaseDefinition().DeclaringType == typeof(object);

    private static string? Text(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: true } method when !method.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method => $"{Access(method)}{(method.IsStatic ? "static " : "")}{Returned(method)} {method.Name}{Arguments(method)}({Parameters(method)}){Constraints(method.IsGenericMethod ? method.GetGenericArguments() : [])}",
        PropertyInfo property => Property(property),
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static string? Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsVisible(get) ? "get; " : "";
        var init = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var setter = property.SetMethod is { } set && IsVisible(set) ? init ? "init; " : "set; " : "";
        var accessor = property.GetMethod ?? property.SetMethod!;
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        var mark = new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType ? "?" : "";
        return getter + setter is { Length: > 0 } accessors
            ? $"{required}{(accessor.IsStatic ? "static " : "")}{Name(property.PropertyType)}{mark} {property.Name} {{ {accessors}}}"
            : null;
    }

    private static string Returned(MethodInfo method)
    {
        var nullable = new NullabilityInfoContext().Create(method.ReturnParameter).ReadState == NullabilityState.Nullable && !method.ReturnType.IsValueType;
        return Name(method.ReturnType) + (nullable ? "?" : "");
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select((parameter, index) =>
    {
        var type = parameter.ParameterType;
        var by = type.IsByRef ? parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref " : "";
        type = type.IsByRef ? type.GetElementType()! : type;
        var self = index == 0 && method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        var many = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var nullable = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable && !type.IsValueType ? "?" : "";
        return $"{self}{many}{by}{Name(type)}{nullable} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter)}" : "")}";
    }));

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool yes => yes ? "true" : "false",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(a => a.IsGenericParameter).Select(argument =>
    {
        var flags = argument.GenericParameterAttributes & GenericParameterAttributes.SpecialConstraintMask & ~GenericParameterAttributes.AllowByRefLike;
        var parts = argument.GetGenericParameterConstraints().Select(Name).Order(StringComparer.Ordinal)
            .Concat(flags == GenericParameterAttributes.None ? [] : [flags.ToString()]).ToList();
        return parts.Count == 0 ? "" : $" where {argument.Name} : {string.Join(", ", parts)}";
    }));

    private static string Arguments(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => type.IsByRefLike ? "ref struct" : "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => "class",
    };

    /// <summary>What makes the compiler complain about a use.</summary>
    private static string Marks(MemberInfo member) =>
        (member.GetCustomAttribute<ExperimentalAttribute>() is { } experimental ? $"[Experimental {experimental.DiagnosticId}] " : "")
        // The compiler itself marks members of ref structs and required members as obsolete for compilers that know neither.
        + (member.GetCustomAttribute<ObsoleteAttribute>() is { } obsolete && member is not Type && !(obsolete.Message ?? "").Contains("not supported", StringComparison.Ordinal) ? "[Obsolete] " : "");

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Name(value) + "?";
        }

        var full = (type.IsNested ? $"{Name(type.DeclaringType!)}." : type.Namespace is { Length: > 0 } space ? $"{space}." : "") + type.Name.Split('`')[0];
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).ToList();
        return own.Count == 0 ? full : $"{full}<{string.Join(", ", own.Select(Name))}>";
    }
}
