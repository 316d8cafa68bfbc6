using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Zweizeiler.Client;

namespace Zweizeiler.Load;

/// <summary>
/// The inserts that one order makes, taken down by triggers while one is placed, and turned into a script for pgbench that makes the same inserts in
/// one transaction, into copies of the same tables (schema <c>load</c>: same columns, indexes, checks, foreign keys and storage parameters).
/// </summary>
internal sealed partial class RecordedInserts(ServiceDatabase database)
{
    // Each trigger in a transaction of its own: several at once could wait for a busy service in a circle.
    private const string Record = """
        DROP SCHEMA IF EXISTS load CASCADE;
        CREATE SCHEMA load;
        CREATE TABLE load.recorded (n bigint GENERATED ALWAYS AS IDENTITY, tx xid8 DEFAULT pg_current_xact_id(), tab text, columns jsonb);
        CREATE FUNCTION load.record() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN
            INSERT INTO load.recorded (tab, columns)
            SELECT TG_TABLE_NAME, jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'value', to_jsonb(NEW) ->> a.attname) ORDER BY a.attnum)
            FROM pg_attribute a WHERE a.attrelid = TG_RELID AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '';
            RETURN NULL;
          END $$;
        SELECT format('CREATE TRIGGER load_record AFTER INSERT ON public.%I FOR EACH ROW EXECUTE FUNCTION load.record()', tablename)
        FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\_\_%' \gexec
        """;

    private const string StopRecording = """
        SELECT format('DROP TRIGGER IF EXISTS load_record ON public.%I', tablename) FROM pg_tables WHERE schemaname = 'public' \gexec
        """;

    /// <summary>
    /// Keeps what the order's own transaction wrote (messages that come back while the triggers are there write too), and copies those tables.
    /// Foreign keys between the copies lead to the copies, others to the real tables.
    /// </summary>
    private const string CopyTables = """
        SET search_path = public;
        DELETE FROM load.recorded WHERE tx <> (SELECT tx FROM load.recorded WHERE tab = 'jobs' ORDER BY n LIMIT 1);
        DO $$ DECLARE t text; BEGIN
          FOR t IN SELECT DISTINCT tab FROM load.recorded LOOP
            EXECUTE format('CREATE TABLE load.%I (LIKE public.%I INCLUDING ALL)', t, t);
          END LOOP;
        END $$;
        CREATE TEMP TABLE keys AS
          SELECT c.relname AS tab, pg_get_constraintdef(k.oid) AS definition
          FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE k.contype = 'f' AND n.nspname = 'public' AND c.relname IN (SELECT tab FROM load.recorded);
        SET search_path = load, public, pg_temp;
        DO $$ DECLARE k record; BEGIN
          FOR k IN SELECT * FROM keys LOOP
            EXECUTE format('ALTER TABLE load.%I ADD %s', k.tab, k.definition);
          END LOOP;
        END $$;
        """;

    /// <summary>Writes the script and says what is in it.</summary>
    public async Task<IReadOnlyList<string>> WriteScriptAsync(ZweizeilerClient client, NewJob job, string file, CancellationToken cancellationToken)
    {
        var key = $"load-{TimeProvider.System.GetTimestamp():x}";
        await database.SqlAsync(Record, cancellationToken);
        Job placed;
        try
        {
            placed = await client.Jobs.CreateAsync(job, new CallOptions(key), cancellationToken);
        }
        finally
        {
            await database.SqlAsync(StopRecording, cancellationToken);
        }

        await database.SqlAsync(CopyTables, cancellationToken);
        var json = await database.SqlAsync(
            "SELECT coalesce(jsonb_agg(jsonb_build_object('table', tab, 'columns', columns) ORDER BY n), '[]') FROM load.recorded;", cancellationToken);
        var rows = JsonSerializer.Deserialize<List<Row>>(json, JsonSerializerOptions.Web)!;
        await File.WriteAllTextAsync(file, Script(rows, key), cancellationToken);
        return [.. rows.GroupBy(r => r.Table).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Count()} × {g.Key}")).Prepend(placed.Id)];
    }

    public Task RemoveAsync(CancellationToken cancellationToken) => database.SqlAsync("DROP SCHEMA IF EXISTS load CASCADE;", cancellationToken);

    private static string Script(List<Row> rows, string idempotencyKey)
    {
        // Every id that the order made is made anew by each transaction; what was there before (the merchant) stays.
        var made = rows.SelectMany(r => r.Columns.Take(2)).Where(c => c.Type == "uuid" && c.Value is not null).Select(c => c.Value!).ToHashSet();
        var kept = rows.SelectMany(r => r.Columns).Where(c => c.Name is "merchant_id").Select(c => c.Value!).ToHashSet();
        var fresh = made.Except(kept).Select((id, i) => (id, i)).ToDictionary(x => x.id, x => x.i);

        var script = new StringBuilder();
        // Ids that grow, as UUIDv7 does: one place of growth a client.
        script.Append("\\set n :n + 1\n\\set id (:client_id + 1) * 1000000000 + :n\nBEGIN;\n");
        foreach (var row in rows)
        {
            var names = string.Join(", ", row.Columns.Select(c => $"\"{c.Name}\""));
            var values = string.Join(", ", row.Columns.Select(c => Value(c, fresh, idempotencyKey)));
            script.Append(CultureInfo.InvariantCulture, $"INSERT INTO load.\"{row.Table}\" ({names}) VALUES ({values});\n");
        }

        return script.Append("COMMIT;\n").ToString();
    }

    private static string Value(Column column, Dictionary<string, int> fresh, string idempotencyKey) => column switch
    {
        { Value: null } => "NULL",
        { Type: "uuid" } when fresh.TryGetValue(column.Value, out var n) =>
            string.Create(CultureInfo.InvariantCulture, $"CAST(lpad(to_hex(CAST(:id AS bigint)), 28, '0') || '{n:x4}' AS uuid)"),
        { Type: "timestamp with time zone" } => "now()",
        _ when column.Value == idempotencyKey => "'load-' || CAST(:id AS bigint)",
        _ => $"CAST({Literal(column.Value)} AS {column.Type})",
    };

    /// <summary>pgbench takes a colon for a variable wherever it stands, so that none is written.</summary>
    private static string Literal(string value) =>
        $"E'{Special().Replace(value, m => m.Value switch { "'" => "''", "\\" => @"\\", _ => @"\x3a" })}'";

    [GeneratedRegex(@"['\\:]")]
    private static partial Regex Special();

    private sealed record Row(string Table, IReadOnlyList<Column> Columns);

    private sealed record Column(string Name, string Type, string? Value);
}
