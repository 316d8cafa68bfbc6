namespace Zweizeiler.Billing.Persistence.Migrations;

/// <summary>
/// What the database itself refuses, whoever is connected: changing or taking back what was booked, an entry that does not balance, a posting
/// added to somebody else's entry, a running balance written by hand. Part of the first
/// migration, so it stays as it is; what changes comes with a later one.
/// </summary>
internal static class LedgerGuards
{
    public const string Create = """
        CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'The ledger is append-only: % on % is refused. Correct with a counter-entry.', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
        END $$;

        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

        -- A posting belongs to an entry of its own transaction: an old entry stays as it is even if what is added to it balances.
        CREATE FUNCTION ledger_posting_of_own_entry() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM entries WHERE id = NEW.entry_id AND transaction_id = pg_current_xact_id()) THEN
                RAISE EXCEPTION 'A posting can only be written together with its entry.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER own_entry BEFORE INSERT ON postings FOR EACH ROW EXECUTE FUNCTION ledger_posting_of_own_entry();

        -- Nobody else says which transaction wrote an entry.
        CREATE FUNCTION ledger_stamp_entry() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            NEW.transaction_id := pg_current_xact_id();
            RETURN NEW;
        END $$;
        CREATE TRIGGER stamp BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION ledger_stamp_entry();

        -- At the end of the transaction, when all of its postings are there. On both tables: an entry without postings is found as well, and
        -- so is a posting that follows after somebody had the entry checked early.
        CREATE FUNCTION ledger_entry_balances() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            entry uuid := CASE TG_TABLE_NAME WHEN 'entries' THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(NEW) ->> 'entry_id' END;
            postings_count bigint;
            postings_sum numeric;
        BEGIN
            SELECT count(*), coalesce(sum(amount_cents), 0) INTO postings_count, postings_sum FROM postings WHERE entry_id = entry;
            IF postings_count < 2 OR postings_sum <> 0 THEN
                RAISE EXCEPTION 'Entry % does not balance.', entry USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON entries DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();
        CREATE CONSTRAINT TRIGGER balances AFTER INSERT ON postings DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION ledger_entry_balances();

        -- Accounts that belong to somebody have a running balance; a merchant's can never be overdrawn by a cent.
        CREATE FUNCTION ledger_open_balance() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF NEW.owner_id IS NOT NULL THEN
                INSERT INTO balances (account_id, balance_cents, floor_cents)
                VALUES (NEW.id, 0, CASE WHEN NEW.kind IN ('merchant_balance', 'merchant_reserved') THEN 0 END);
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER open_balance AFTER INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION ledger_open_balance();

        CREATE FUNCTION ledger_keep_balance() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE balances SET balance_cents = balance_cents + NEW.amount_cents WHERE account_id = NEW.account_id;
            RETURN NULL;
        END $$;
        CREATE TRIGGER keep_balance AFTER INSERT ON postings FOR EACH ROW EXECUTE FUNCTION ledger_keep_balance();

        -- Only those two triggers write balances: they are one level up from this one.
        CREATE FUNCTION ledger_balance_by_posting_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF pg_trigger_depth() < 2 OR TG_OP IN ('DELETE', 'TRUNCATE') THEN
                RAISE EXCEPTION 'A balance changes by postings only.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        END $$;
        CREATE TRIGGER by_posting_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON balances
            FOR EACH STATEMENT EXECUTE FUNCTION ledger_balance_by_posting_only();

        -- An active price list is what jobs were sold by.
        CREATE FUNCTION price_list_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.status <> 'draft' THEN
                RAISE EXCEPTION 'Price list % is active and never changes.', OLD.version USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$;
        CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON price_lists FOR EACH ROW EXECUTE FUNCTION price_list_refuse_change();

        -- A second lock for the role that runs the service: it owns the tables, so it could grant these rights back to itself, but no
        -- statement of the service does. UPDATE on accounts and entries must stay, since foreign keys lock the rows they point to with it.
        REVOKE UPDATE, DELETE, TRUNCATE ON postings FROM CURRENT_USER;
        REVOKE DELETE, TRUNCATE ON entries, accounts, balances FROM CURRENT_USER;
        """;
}
