using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Zweizeiler.ServiceDefaults.Data;

/// <summary>Enumerations rest and travel by name, so that a query in psql reads like the documentation and a reordered enumeration changes nothing.</summary>
public static class SnakeCase
{
    public static string Name<TEnum>(TEnum value)
        where TEnum : struct, Enum => SnakeCase<TEnum>.Names[value];
}

/// <summary>Stores an enumeration as its name in snake_case.</summary>
public sealed class SnakeCase<TEnum>() : ValueConverter<TEnum, string>(value => Names[value], name => Values[name])
    where TEnum : struct, Enum
{
    internal static readonly Dictionary<TEnum, string> Names =
        Enum.GetValues<TEnum>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    private static readonly Dictionary<string, TEnum> Values = Names.ToDictionary(pair => pair.Value, pair => pair.Key);
}
