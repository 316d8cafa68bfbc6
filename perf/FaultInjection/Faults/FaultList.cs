using System.Globalization;
using Npgsql;
using Zweizeiler.Demo;
using Zweizeiler.FaultInjection.Running;
using Zweizeiler.FaultInjection.Traffic;

namespace Zweizeiler.FaultInjection.Faults;

/// <summary>All that goes wrong in a run.</summary>
internal sealed class FaultList(StackUnderTest stack, WebhookReceiver receiver, MailSink mails, MonthEnd monthEnd)
{
    private static readonly TimeSpan PointPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PaperPatience = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan RestartPatience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Frozen = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Misbehaving = TimeSpan.FromSeconds(8);

    private readonly List<Task> _aside = [];

    public IReadOnlyList<Fault> All =>
    [
        .. StackUnderTest.Services.Select(s => new Fault($"kill -9 {s}", (random, token) => KillAsync(s, random, token))),
        new("kill -9 gateway", (_, token) => stack.Gateway.IsTaken ? Task.FromResult("it is starting") : KillAsync(stack.Gateway, token)),
        .. StackUnderTest.Services.Select(s => new Fault($"kill -9 {s} after consume, before acknowledge", (_, token) => KillAfterAsync(s, Point.Consumed, token))),
        .. StackUnderTest.Services.Where(s => s != "notifications")
            .Select(s => new Fault($"kill -9 {s} after commit, before relay", (_, token) => KillAfterAsync(s, Point.Published, token))),
        .. StackUnderTest.Services.Where(s => s != "notifications")
            .Select(s => new Fault($"kill -9 {s} after confirm, before delete", (_, token) => KillBeforeAsync(s, Point.Confirmed, PointPatience, token))),
        new("kill -9 orders before commit", (_, token) => KillBeforeAsync("orders", Point.Published, PointPatience, token)),
        new("kill -9 billing between number and document", KillBetweenNumberAndDocumentAsync),
        new("freeze for 30 s", FreezeAsync),
        new("broker restart", RestartBrokerAsync),
        new("kill -9 between lease and confirm", KillWithoutConfirmAsync),
        new("PostgreSQL immediate shutdown", RestartPostgresAsync),
        new("receiver hangs", (_, token) => MisbehaveAsync(Manner.Hangs, token)),
        new("receiver fails", (_, token) => MisbehaveAsync(Manner.Fails, token)),
        new("receiver drops after 200", (_, token) => MisbehaveAsync(Manner.Drops, token)),
        new("mail server away", LoseMailServerAsync),
        new("month-end twice at once", RunMonthEndAsync),
        new("a second charge is tried", BookAgainAsync),
    ];

    /// <summary>What goes on beside the schedule: processes that are frozen, or starting again.</summary>
    public async Task UndoneAsync()
    {
        while (_aside.Count > 0)
        {
            var all = _aside.ToList();
            _aside.Clear();
            await Task.WhenAll(all);
        }
    }

    /// <summary>
    /// Waits until no replica of the service is starting or frozen, if that does not take too long: a point is to be reached by one that works, while another
    /// one is there.
    /// </summary>
    private async Task<List<Member>> AllOfAsync(string service, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (Of(service).Count < stack.Members.Count(m => m.Service == service) && TimeProvider.System.GetElapsedTime(started) < RestartPatience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }

        return Of(service);
    }

    private List<Member> Of(string service) => [.. stack.Members.Where(m => m.Service == service && !m.IsTaken && m.IsRunning)];

    private async Task<string> KillAsync(string service, Random random, CancellationToken cancellationToken)
    {
        if (Of(service) is not [_, ..] members)
        {
            return "none is up";
        }

        return await KillAsync(members[random.Next(members.Count)], cancellationToken);
    }

    private async Task<string> KillAsync(Member member, CancellationToken cancellationToken)
    {
        member.IsTaken = true;
        await member.KillAsync(cancellationToken);
        member.Start();
        _aside.Add(ReadyAsync());
        return member.Name;

        async Task ReadyAsync()
        {
            await member.ReadyAsync(stack.Http, cancellationToken);
            member.IsTaken = false;
        }
    }

    /// <summary>
    /// Killed when the server has committed and before the process could know it: stopped at its commit, frozen there, committed by the server, killed.
    /// </summary>
    private Task<string> KillAfterAsync(string service, Point point, CancellationToken cancellationToken) =>
        KillAtAsync(service, point, PointPatience, (held, _) => held.LetGoAsync(cancellationToken), cancellationToken);

    /// <summary>Killed at the statement, which then never was.</summary>
    private Task<string> KillBeforeAsync(string service, Point point, TimeSpan patience, CancellationToken cancellationToken) =>
        KillAtAsync(service, point, patience, (held, member) => held.RollBackAsync(member, cancellationToken), cancellationToken);

    /// <summary>Whoever comes to the point is stopped there, its transaction is decided at the server, and it is killed.</summary>
    private async Task<string> KillAtAsync(
        string service, Point point, TimeSpan patience, Func<HeldPoint, Member, Task> decideAsync, CancellationToken cancellationToken)
    {
        var members = await AllOfAsync(service, cancellationToken);
        await using var held = await HeldPoint.HoldAsync(stack.Databases[service], point, cancellationToken);
        if (await held.CaughtAsync(members, patience, cancellationToken) is not { } member)
        {
            return "nobody came by";
        }

        member.Signal(Posix.Stop);
        try
        {
            await decideAsync(held, member);
        }
        finally
        {
            await KillAsync(member, cancellationToken);
        }

        return member.Name;
    }

    private async Task<string> RunMonthEndAsync(Random random, CancellationToken cancellationToken)
    {
        await AllOfAsync("billing", cancellationToken);
        var took = await monthEnd.RunAsync(cancellationToken);
        return string.Create(CultureInfo.InvariantCulture, $"{took} replicas took it");
    }

    private async Task<string> KillBetweenNumberAndDocumentAsync(Random random, CancellationToken cancellationToken)
    {
        await AllOfAsync("billing", cancellationToken);
        await monthEnd.RunAsync(cancellationToken);
        return await KillBeforeAsync("billing", Point.Document, PaperPatience, cancellationToken);
    }

    private Task<string> FreezeAsync(Random random, CancellationToken cancellationToken)
    {
        var members = stack.Members.Where(m => !m.IsTaken && m.IsRunning).ToList();
        if (members.Count == 0)
        {
            return Task.FromResult("none is up");
        }

        var member = members[random.Next(members.Count)];
        member.IsTaken = true;
        member.Signal(Posix.Stop);
        _aside.Add(ThawAsync());
        return Task.FromResult(member.Name);

        async Task ThawAsync()
        {
            try
            {
                await Task.Delay(Frozen, cancellationToken);
            }
            finally
            {
                member.Signal(Posix.Continue);
                member.IsTaken = false;
            }
        }
    }

    private async Task<string> RestartBrokerAsync(Random random, CancellationToken cancellationToken)
    {
        var isHard = random.Next(2) == 0 && Posix.ChildOf(stack.Broker.Id, "beam.smp") is not null;
        if (isHard)
        {
            Posix.Signal(Posix.ChildOf(stack.Broker.Id, "beam.smp")!.Value, Posix.Kill);
        }
        else
        {
            stack.Broker.Signal(Posix.Terminate);
        }

        await stack.Broker.EndedAsync(cancellationToken);
        stack.Broker.Start();
        await Wait.ForAsync(
            "The broker's return",
            TimeSpan.FromSeconds(90),
            async token =>
            {
                try
                {
                    using var answer = await stack.Management.GetAsync(new Uri("overview", UriKind.Relative), token);
                    return answer.IsSuccessStatusCode ? "back" : null;
                }
                catch (HttpRequestException)
                {
                    // A port that it drew for itself may be taken by the time it is used.
                    if (!stack.Broker.IsRunning)
                    {
                        stack.Broker.Start();
                    }

                    return null;
                }
            },
            cancellationToken);
        return isHard ? "killed" : "asked to stop";
    }

    /// <summary>The broker takes nothing for three seconds; whoever has sent something and waits for its confirm is killed.</summary>
    private async Task<string> KillWithoutConfirmAsync(Random random, CancellationToken cancellationToken)
    {
        if (Posix.ChildOf(stack.Broker.Id, "beam.smp") is not { } broker)
        {
            return "the broker is not up";
        }

        Posix.Signal(broker, Posix.Stop);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(3), cancellationToken);
            return string.Join(", ", [await KillAsync("orders", random, cancellationToken), await KillAsync("marketplace", random, cancellationToken)]);
        }
        finally
        {
            Posix.Signal(broker, Posix.Continue);
        }
    }

    private async Task<string> RestartPostgresAsync(Random random, CancellationToken cancellationToken)
    {
        if (Posix.ChildOf(stack.Postgres.Id, "postgres") is not { } server)
        {
            return "the server was not found";
        }

        Posix.Signal(server, Posix.Quit);
        await stack.Postgres.EndedAsync(cancellationToken);
        stack.Postgres.Start();
        await stack.Databases["orders"].NumberAsync("SELECT 1", cancellationToken);
        return "back";
    }

    private async Task<string> MisbehaveAsync(Manner manner, CancellationToken cancellationToken)
    {
        var before = receiver.Heard.Count;
        receiver.Manner = manner;
        try
        {
            await Task.Delay(Misbehaving, cancellationToken);
        }
        finally
        {
            receiver.Manner = Manner.Answers;
        }

        return manner == Manner.Drops ? string.Create(CultureInfo.InvariantCulture, $"{receiver.Heard.Count - before} dropped") : "well again";
    }

    private async Task<string> LoseMailServerAsync(Random random, CancellationToken cancellationToken)
    {
        mails.GoAway();
        try
        {
            await Task.Delay(Misbehaving, cancellationToken);
        }
        finally
        {
            mails.ComeBack();
        }

        return "back";
    }

    /// <summary>What a replica with a mistake in its code would write: charge, earning and invoice line of a charged job once more.</summary>
    private async Task<string> BookAgainAsync(Random random, CancellationToken cancellationToken)
    {
        // The reserved money may not suffice for a second charge, which is another protection; the earning goes without it.
        const string Again = """
            SET LOCAL ROLE billing;
            DO $$
            DECLARE
                job uuid := (SELECT job_id FROM entries WHERE kind = 'earning' ORDER BY created_at DESC LIMIT 1);
                what text;
                new_id uuid;
            BEGIN
                FOREACH what IN ARRAY ARRAY['charge', 'earning'] LOOP
                    BEGIN
                        new_id := gen_random_uuid();
                        INSERT INTO entries (id, kind, subject_id, job_id, merchant_id, event, message_id, reason, occurred_at, created_at)
                            SELECT new_id, kind, subject_id, job_id, merchant_id, event, gen_random_uuid(), reason, occurred_at, now() FROM entries WHERE job_id = job AND kind = what LIMIT 1;
                        INSERT INTO postings (entry_id, position, account_id, amount_cents)
                            SELECT new_id, position, account_id, amount_cents FROM postings
                            WHERE entry_id = (SELECT id FROM entries WHERE job_id = job AND kind = what AND id <> new_id LIMIT 1);
                    EXCEPTION WHEN check_violation THEN
                        NULL;
                    END;
                END LOOP;
                INSERT INTO invoice_lines SELECT (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid(), 'invoice_id', null))).*
                    FROM invoice_lines l WHERE l.job_id = job LIMIT 1;
            END $$;
            """;
        var billing = stack.Databases["billing"];
        await Wait.ForAsync(
            "The first charge",
            RestartPatience,
            async token => await billing.NumberAsync("SELECT count(*) FROM entries WHERE kind = 'earning'", token) > 0 ? "there" : null, cancellationToken);
        await using var connection = await billing.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await using var command = new NpgsqlCommand(Again, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return "was taken";
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return "refused by the database";
        }
    }
}
