namespace Zweizeiler.Billing.Persistence.Migrations;

/// <summary>
/// What the database refuses by itself about papers, limits and what operators did. Part of the migration that made these tables, so it stays as
/// it is; what changes comes with a later one.
/// </summary>
internal static class PaperGuards
{
    public const string Create = """
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_limits FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operator_actions FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

        -- The limit is the balance's floor: whoever reserves never goes below it. A limit below what is owed already is refused by the same check.
        CREATE FUNCTION credit_limit_becomes_floor() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            UPDATE balances SET floor_cents = -NEW.limit_cents WHERE account_id = NEW.account_id;
            RETURN NULL;
        END $$;
        CREATE TRIGGER becomes_floor AFTER INSERT ON credit_limits FOR EACH ROW EXECUTE FUNCTION credit_limit_becomes_floor();

        -- A paper that was given out is what it is, and stays as long as the law wants it.
        CREATE FUNCTION document_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'DELETE' OR OLD.keep_until >= current_date THEN
                RAISE EXCEPTION 'A document never changes and is kept until %.', OLD.keep_until USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        END $$;
        CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON documents FOR EACH ROW EXECUTE FUNCTION document_refuse_change();
        CREATE TRIGGER never_all BEFORE TRUNCATE ON documents FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

        -- A number that was given stays, with what it was given for.
        CREATE FUNCTION number_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' THEN
                RAISE EXCEPTION 'A number that was given stays; void it.' USING ERRCODE = 'restrict_violation';
            END IF;
            IF (NEW.number, NEW.net_cents, NEW.tax_cents, NEW.gross_cents, NEW.issued_on) IS DISTINCT FROM
               (OLD.number, OLD.net_cents, OLD.tax_cents, OLD.gross_cents, OLD.issued_on) THEN
                RAISE EXCEPTION 'What a paper says never changes; correct it by another one.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION number_refuse_change();
        CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON statements FOR EACH ROW EXECUTE FUNCTION number_refuse_change();

        CREATE FUNCTION series_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR NEW.last <> OLD.last + 1 THEN
                RAISE EXCEPTION 'Numbers run without a gap.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER no_gap BEFORE UPDATE OR DELETE ON number_series FOR EACH ROW EXECUTE FUNCTION series_refuse_gap();

        -- Lists that were active before there was a time of validity have been valid since they were made. The trigger that keeps them does not run for
        -- what the migration itself writes.
        ALTER TABLE price_lists DISABLE TRIGGER immutable;
        UPDATE price_lists SET valid_from = created_at, activated_at = created_at WHERE status = 'active';
        ALTER TABLE price_lists ENABLE TRIGGER immutable;

        -- What was earned before there were statements stands on the first of them.
        INSERT INTO earning_lines (id, translator_id, month, job_id, kind, description, cents, created_at)
        SELECT e.id, a.owner_id, date_trunc('month', e.occurred_at AT TIME ZONE 'Europe/Berlin')::date, e.job_id,
            CASE e.kind WHEN 'credit_share' THEN 'taken_back' ELSE e.kind END,
            j.kind || ' ' || j.source || '→' || j.target, p.amount_cents, e.created_at
        FROM entries e
        JOIN postings p ON p.entry_id = e.id
        JOIN accounts a ON a.id = p.account_id AND a.kind = 'translator_payable'
        JOIN jobs j ON j.id = e.job_id;
        """;
}
