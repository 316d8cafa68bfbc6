namespace Zweizeiler.FaultInjection.Running;

/// <summary>
/// What is put into the databases of a running stack, from outside: triggers that can be told to wait at a statement, and notes of what happened that no
/// table of the product keeps. The product has no code for any of it.
/// </summary>
internal static class Instruments
{
    /// <summary>Invoices are due for months that are over: whatever is charged in a run was charged in this one.</summary>
    public const string MonthOfLines = "2025-01-01";

    private const string Everywhere = """
        CREATE SCHEMA faults;
        GRANT USAGE ON SCHEMA faults TO PUBLIC;

        -- Waits while somebody holds the point's lock, which is what stops a transaction there.
        CREATE FUNCTION faults.wait() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock_shared(4711, TG_ARGV[0]::int);
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$;
        CREATE TRIGGER faults_confirmed BEFORE DELETE ON outbox_message FOR EACH ROW EXECUTE FUNCTION faults.wait('1');
        CREATE CONSTRAINT TRIGGER faults_published AFTER INSERT ON outbox_message DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION faults.wait('2');
        CREATE CONSTRAINT TRIGGER faults_consumed AFTER INSERT ON inbox DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION faults.wait('3');

        -- Each message that came, and each effect of one that was committed.
        CREATE SEQUENCE faults.arrivals;
        CREATE TABLE faults.effects (message_id uuid NOT NULL, consumer text NOT NULL);
        CREATE FUNCTION faults.note_arrival() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            PERFORM nextval('faults.arrivals'), set_config('faults.message', NEW.message_id::text, true);
            RETURN NEW;
        END $$;
        CREATE TRIGGER faults_1_arrival BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION faults.note_arrival();
        CREATE FUNCTION faults.note_effect() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            INSERT INTO faults.effects VALUES (current_setting('faults.message')::uuid, NEW.consumer);
            RETURN NULL;
        END $$;
        CREATE TRIGGER faults_9_effect AFTER INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION faults.note_effect();
        """;

    // Who hands a job back within a minute leaves no trace in the product's own table. The order is right, because who begins to hold a job has locked it.
    private const string InMarketplace = """
        CREATE TABLE faults.holds (id bigserial PRIMARY KEY, job_id uuid NOT NULL, translator_id uuid NOT NULL, claim_id uuid NOT NULL, begins boolean NOT NULL);
        CREATE FUNCTION faults.note_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO faults.holds (job_id, translator_id, claim_id, begins) VALUES (NEW.job_id, NEW.translator_id, NEW.id, true);
            ELSIF TG_OP = 'DELETE' OR NEW.ended_at IS NOT NULL THEN
                INSERT INTO faults.holds (job_id, translator_id, claim_id, begins) VALUES (OLD.job_id, OLD.translator_id, OLD.id, false);
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER faults_hold AFTER INSERT OR DELETE OR UPDATE OF ended_at ON claims FOR EACH ROW EXECUTE FUNCTION faults.note_hold();
        """;

    private const string InBilling = $"""
        CREATE TRIGGER faults_document BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION faults.wait('4');
        CREATE FUNCTION faults.long_ago() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.month := '{MonthOfLines}';
            RETURN NEW;
        END $$;
        CREATE TRIGGER faults_long_ago BEFORE INSERT ON invoice_lines FOR EACH ROW EXECUTE FUNCTION faults.long_ago();
        """;

    public static async Task InstallAsync(StackUnderTest stack, CancellationToken cancellationToken)
    {
        foreach (var database in stack.Databases.Values)
        {
            await database.ExecuteAsync(Everywhere, cancellationToken);
        }

        await stack.Databases["marketplace"].ExecuteAsync(InMarketplace, cancellationToken);
        await stack.Databases["billing"].ExecuteAsync(InBilling, cancellationToken);
    }
}
