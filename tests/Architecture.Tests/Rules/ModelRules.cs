using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Zweizeiler.Architecture.Tests.Rules;

internal static class ModelRules
{
    /// <summary>A service's tables are its own: in its database's default schema or in one of its own name, and its entities come from itself.</summary>
    public static IEnumerable<string> Foreign(IModel model, string service) =>
    [
        .. model.GetEntityTypes()
            .Select(entity => (entity, schema: entity.GetSchema() ?? model.GetDefaultSchema()))
            .Where(found => found.schema is not (null or "public") && found.schema != service)
            .Select(found => $"{found.entity.DisplayName()} is kept in the schema {found.schema}"),
        .. model.GetEntityTypes()
            .Where(entity => House.Services.Any(other => !other.Equals(service, StringComparison.OrdinalIgnoreCase)
                && entity.ClrType.Assembly.GetName().Name == $"Zweizeiler.{other}"))
            .Select(entity => $"{entity.DisplayName()} belongs to {entity.ClrType.Assembly.GetName().Name}"),
    ];
}
