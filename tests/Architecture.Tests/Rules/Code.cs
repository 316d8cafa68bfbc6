using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Zweizeiler.Architecture.Tests.Rules;

/// <summary>Reads compiled types: what they mention anywhere, bodies of methods and compiler-made types included.</summary>
internal static class Code
{
    public static IReadOnlyList<TypeDefinition> Types(System.Reflection.Assembly assembly) =>
        [.. AssemblyDefinition.ReadAssembly(assembly.Location).MainModule.Types.Where(type => type.Name != "<Module>")];

    public static TypeDefinition Type(Type type) => Types(type.Assembly).SelectMany(WithNested).Single(found => found.FullName == type.FullName!.Replace('+', '/'));

    public static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    /// <summary>Every call in the type.</summary>
    public static IEnumerable<MethodReference> Calls(TypeDefinition type) =>
        Bodies(type).SelectMany(body => body.Instructions).Select(instruction => instruction.Operand).OfType<MethodReference>();

    /// <summary>Every type that the type mentions, generic arguments taken apart.</summary>
    public static IEnumerable<TypeReference> Mentions(TypeDefinition type) => WithNested(type).SelectMany(Direct).SelectMany(Parts).DistinctBy(found => found.FullName);

    private static IEnumerable<MethodBody> Bodies(TypeDefinition type) =>
        WithNested(type).SelectMany(one => one.Methods).Where(method => method.HasBody).Select(method => method.Body);

    private static IEnumerable<TypeReference?> Direct(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.SelectMany(Signature),
        .. Attributes(type),
        .. type.Methods.Where(method => method.HasBody).SelectMany(method => InBody(method.Body)),
    ];

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
        [method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType)];

    private static IEnumerable<TypeReference> Attributes(TypeDefinition type) =>
        new[] { type.CustomAttributes }
            .Concat(type.Fields.Select(member => member.CustomAttributes))
            .Concat(type.Properties.Select(member => member.CustomAttributes))
            .Concat(type.Methods.Select(member => member.CustomAttributes))
            .SelectMany(attributes => attributes)
            .Select(attribute => attribute.AttributeType);

    private static IEnumerable<TypeReference?> InBody(MethodBody body)
    {
        foreach (var variable in body.Variables)
            yield return variable.VariableType;
        foreach (var operand in body.Instructions.Select(instruction => instruction.Operand))
        {
            switch (operand)
            {
                case TypeReference type:
                    yield return type;
                    break;
                case MethodReference method:
                    yield return method.DeclaringType;
                    foreach (var part in Signature(method))
                        yield return part;
                    foreach (var argument in (method as GenericInstanceMethod)?.GenericArguments ?? [])
                        yield return argument;
                    break;
                case FieldReference field:
                    yield return field.DeclaringType;
                    yield return field.FieldType;
                    break;
            }
        }
    }

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification made => Parts(made.ElementType),
        _ => [type],
    };
}
