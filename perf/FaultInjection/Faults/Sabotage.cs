using Zweizeiler.Demo;
using Zweizeiler.FaultInjection.Running;

namespace Zweizeiler.FaultInjection.Faults;

/// <summary>Takes one protection away, from outside, to show that the oracle sees what it protects from.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Explanation">What is away.</param>
/// <param name="Services">Whose.</param>
/// <param name="Provokes">Faults that need it, and so come first.</param>
/// <param name="Sql">How.</param>
internal sealed record Sabotage(string Name, string Explanation, IReadOnlyList<string> Services, IReadOnlyList<string> Provokes, string Sql)
{
    public static readonly IReadOnlyList<Sabotage> All =
    [
        new(
            "inbox",
            "the inbox never finds a message that it has had",
            StackUnderTest.Services,
            ["before acknowledge", "before delete"],
            """
            CREATE FUNCTION faults.forget() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                NEW.message_id := gen_random_uuid();
                RETURN NEW;
            END $$;
            CREATE TRIGGER faults_2_forget BEFORE INSERT ON inbox FOR EACH ROW EXECUTE FUNCTION faults.forget();
            """),
        new(
            "charge-key",
            "nothing keeps a job from being charged twice but the code that charges it",
            ["billing"],
            ["a second charge is tried"],
            """
            DROP INDEX ix_entries_subject_id_kind;
            DROP INDEX ix_invoice_lines_job_id_kind;
            """),
        // Of each job the first claim only, so that the run goes on with the second one.
        new(
            "lease",
            "a claimed job stays on offer, and nothing refuses a second claim beside the first",
            ["marketplace"],
            [],
            """
            DROP INDEX ix_claims_one_holder;
            CREATE FUNCTION faults.stay_open() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF (SELECT count(*) FROM claims WHERE job_id = NEW.job_id) = 1 THEN
                    UPDATE jobs SET state = 'open', claim_id = NULL, holder_id = NULL, lease_until = NULL WHERE id = NEW.job_id;
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER faults_stay_open AFTER INSERT ON claims FOR EACH ROW EXECUTE FUNCTION faults.stay_open();
            """),
        new(
            "confirm",
            "the relay deletes what it is about to send, without waiting for the broker's confirm",
            StackUnderTest.Services,
            ["between lease and confirm", "broker restart"],
            """
            CREATE FUNCTION faults.delete_early() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                DELETE FROM outbox_message WHERE batch_id = NEW.batch_id AND position = NEW.position;
                RETURN NULL;
            END $$;
            CREATE TRIGGER faults_delete_early AFTER INSERT OR UPDATE OF lease_id ON outbox_message
                FOR EACH ROW WHEN (NEW.lease_id IS NOT NULL) EXECUTE FUNCTION faults.delete_early();
            """),
    ];

    public static Sabotage Named(string name) => All.FirstOrDefault(s => s.Name == name)
        ?? throw new DemoException($"There is no sabotage '{name}', only {string.Join(", ", All.Select(s => s.Name))}.");

    public async Task CommitAsync(StackUnderTest stack, CancellationToken cancellationToken)
    {
        foreach (var service in Services)
        {
            await stack.Databases[service].ExecuteAsync(Sql, cancellationToken);
        }
    }
}
