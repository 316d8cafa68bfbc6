using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Zweizeiler.Messaging.Inserts;

/// <summary>How a row of one entity type is inserted: made once from the context's model, so that table, columns and converters are written down in one place.</summary>
internal sealed class InsertStatement
{
    private static readonly ConcurrentDictionary<(Type Context, Type Entity), InsertStatement> Known = new();

    private readonly string _text;
    private readonly Column[] _columns;

    private InsertStatement(DbContext database, Type type)
    {
        var entity = database.Model.FindEntityType(type)
            ?? throw new InvalidOperationException($"{database.GetType().Name} has no {type.Name}.");
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
            ?? throw new InvalidOperationException($"{type.Name} has no table.");
        var sql = database.GetService<ISqlGenerationHelper>();
        var properties = entity.GetFlattenedProperties().Where(IsWritten).ToList();
        _columns = [.. properties.Select(property => new Column(property))];
        var names = properties.Select(property => sql.DelimitIdentifier(property.GetColumnName(table)!));
        var values = _columns.Select((column, i) => string.Create(CultureInfo.InvariantCulture, $"{column.Prefix}${i + 1}"));
        _text = $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", names)}) VALUES ({string.Join(", ", values)})";
        _text += type == typeof(OutboxMessage) ? " RETURNING ctid::text" : "";
    }

    /// <param name="context">The context's type.</param>
    /// <param name="entity">The row's type.</param>
    /// <param name="database">A context of that type; it is asked for its model the first time only.</param>
    public static InsertStatement Of(Type context, Type entity, Func<DbContext> database) =>
        Known.GetOrAdd((context, entity), static (key, make) => new InsertStatement(make(), key.Entity), database);

    /// <summary>Runs a batch of such statements; where the outbox messages among them are, in their order.</summary>
    public static async Task<List<string>> ExecuteAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var disposeReader = reader.ConfigureAwait(false);
        var places = new List<string>();
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                places.Add(reader.GetString(0));
            }
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        return places;
    }

    public NpgsqlBatchCommand For(object row)
    {
        var command = new NpgsqlBatchCommand(_text);
        foreach (var column in _columns)
        {
            command.Parameters.Add(column.ValueOf(row));
        }

        return command;
    }

    private static bool IsWritten(IProperty property)
    {
        if (property.GetComputedColumnSql() is not null || property.GetBeforeSaveBehavior() == PropertySaveBehavior.Ignore)
        {
            return false;
        }

        return property.ValueGenerated.HasFlag(ValueGenerated.OnAdd)
            ? throw new InvalidOperationException($"{property.DeclaringType.DisplayName()}.{property.Name} gets its value from the database; such rows are EF's to insert.")
            : true;
    }

    private sealed class Column
    {
        private readonly IClrPropertyGetter? _getter;
        private readonly Func<object?, object?>? _convert;
        private readonly NpgsqlDbType _type;

        public Column(IProperty property)
        {
            if (property is { Name: nameof(OutboxMessage.LeaseUntil) } && property.DeclaringType.ClrType == typeof(OutboxMessage))
            {
                // By the database's clock, as every lease; from this moment on, not from the transaction's beginning, which may be a while ago.
                (Prefix, _type) = ("clock_timestamp() + ", NpgsqlDbType.Interval);
                return;
            }

            var mapping = property.GetRelationalTypeMapping();
            using var command = new NpgsqlCommand();
            _getter = property.GetGetter();
            _convert = mapping.Converter?.ConvertToProvider;
            _type = ((NpgsqlParameter)mapping.CreateParameter(command, "value", null, nullable: true)).NpgsqlDbType;
        }

        /// <summary>What stands before the value.</summary>
        public string Prefix { get; } = "";

        public NpgsqlParameter ValueOf(object row)
        {
            var value = _getter is null ? ((OutboxMessage)row).LeaseFor : _getter.GetClrValueUsingContainingEntity(row);
            return new NpgsqlParameter { NpgsqlDbType = _type, Value = (_convert is null ? value : _convert(value)) ?? DBNull.Value };
        }
    }
}
