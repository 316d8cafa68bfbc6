using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Zweizeiler.Billing.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PapersAndBank : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "activated_at",
                table: "price_lists",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "valid_from",
                table: "price_lists",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "invoice_id",
                table: "invoice_lines",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "bank_files",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    message_id = table.Column<string>(type: "text", nullable: false),
                    imported_by = table.Column<Guid>(type: "uuid", nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    result = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bank_files", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "credit_limits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    limit_cents = table.Column<long>(type: "bigint", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    set_by = table.Column<Guid>(type: "uuid", nullable: false),
                    set_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_limits", x => x.id);
                    table.CheckConstraint("ck_credit_limits_limit", "limit_cents >= 0");
                    table.ForeignKey(
                        name: "fk_credit_limits_accounts_account_id",
                        column: x => x.account_id,
                        principalTable: "accounts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "documents",
                columns: table => new
                {
                    paper_id = table.Column<Guid>(type: "uuid", nullable: false),
                    form = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: false),
                    keep_until = table.Column<DateOnly>(type: "date", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_documents", x => new { x.paper_id, x.form });
                });

            migrationBuilder.CreateTable(
                name: "earning_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    description = table.Column<string>(type: "text", nullable: false),
                    cents = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    statement_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_earning_lines", x => x.id);
                    table.ForeignKey(
                        name: "fk_earning_lines_entries_id",
                        column: x => x.id,
                        principalTable: "entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invoices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    outside_scope = table.Column<bool>(type: "boolean", nullable: false),
                    number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    seller = table.Column<string>(type: "jsonb", nullable: false),
                    buyer = table.Column<string>(type: "jsonb", nullable: false),
                    customer_number = table.Column<string>(type: "text", nullable: false),
                    corrects = table.Column<string[]>(type: "text[]", nullable: false),
                    note = table.Column<string>(type: "text", nullable: true),
                    of_invoice_id = table.Column<Guid>(type: "uuid", nullable: true),
                    line_count = table.Column<int>(type: "integer", nullable: false),
                    taxes = table.Column<string>(type: "jsonb", nullable: false),
                    net_cents = table.Column<long>(type: "bigint", nullable: false),
                    tax_cents = table.Column<long>(type: "bigint", nullable: false),
                    gross_cents = table.Column<long>(type: "bigint", nullable: false),
                    rounding_cents = table.Column<long>(type: "bigint", nullable: false),
                    due_cents = table.Column<long>(type: "bigint", nullable: false),
                    open_cents = table.Column<long>(type: "bigint", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    payment_reference = table.Column<string>(type: "text", nullable: false),
                    pay_to = table.Column<string>(type: "jsonb", nullable: true),
                    numbered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    void_reason = table.Column<string>(type: "text", nullable: true),
                    reminder_level = table.Column<int>(type: "integer", nullable: false),
                    next_reminder_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invoices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "merchants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    customer_number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    locale = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    is_business = table.Column<bool>(type: "boolean", nullable: false),
                    vat_id = table.Column<string>(type: "text", nullable: true),
                    vat_id_valid = table.Column<bool>(type: "boolean", nullable: false),
                    legal_name = table.Column<string>(type: "text", nullable: true),
                    street = table.Column<string>(type: "text", nullable: false),
                    post_code = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "text", nullable: false),
                    buyer_reference = table.Column<string>(type: "text", nullable: true),
                    book_name = table.Column<string>(type: "text", nullable: true),
                    profile_version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merchants", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "month_tasks",
                columns: table => new
                {
                    owner = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    blocked_by = table.Column<string>(type: "text", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_month_tasks", x => new { x.owner, x.owner_id, x.month });
                });

            migrationBuilder.CreateTable(
                name: "number_series",
                columns: table => new
                {
                    series = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number_series", x => new { x.series, x.year });
                });

            migrationBuilder.CreateTable(
                name: "operator_actions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    operator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operator_actions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "paper_lines",
                columns: table => new
                {
                    paper_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    line_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paper_lines", x => new { x.paper_id, x.position });
                });

            migrationBuilder.CreateTable(
                name: "payments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    bank_key = table.Column<string>(type: "text", nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    cents = table.Column<long>(type: "bigint", nullable: false),
                    booked_on = table.Column<DateOnly>(type: "date", nullable: false),
                    references = table.Column<string[]>(type: "text[]", nullable: false),
                    details = table.Column<byte[]>(type: "bytea", nullable: false),
                    details_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    finding = table.Column<string>(type: "text", nullable: true),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    invoice_id = table.Column<Guid>(type: "uuid", nullable: true),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    assigned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payments", x => x.id);
                    table.CheckConstraint("ck_payments_amount", "cents > 0");
                });

            migrationBuilder.CreateTable(
                name: "payout_batches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    week = table.Column<DateOnly>(type: "date", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    message_id = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false),
                    cents = table.Column<long>(type: "bigint", nullable: false),
                    file_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payout_batches", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "payouts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    batch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    week = table.Column<DateOnly>(type: "date", nullable: false),
                    cents = table.Column<long>(type: "bigint", nullable: false),
                    end_to_end_id = table.Column<string>(type: "character varying(35)", maxLength: 35, nullable: false),
                    account_hint = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    return_reason = table.Column<string>(type: "text", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payouts", x => x.id);
                    table.CheckConstraint("ck_payouts_amount", "cents > 0");
                });

            migrationBuilder.CreateTable(
                name: "statements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    month = table.Column<DateOnly>(type: "date", nullable: false),
                    number = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    supplier_number = table.Column<string>(type: "text", nullable: false),
                    seller = table.Column<byte[]>(type: "bytea", nullable: false),
                    seller_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    buyer = table.Column<string>(type: "jsonb", nullable: false),
                    taxes = table.Column<string>(type: "jsonb", nullable: false),
                    line_count = table.Column<int>(type: "integer", nullable: false),
                    net_cents = table.Column<long>(type: "bigint", nullable: false),
                    tax_cents = table.Column<long>(type: "bigint", nullable: false),
                    gross_cents = table.Column<long>(type: "bigint", nullable: false),
                    issued_on = table.Column<DateOnly>(type: "date", nullable: false),
                    numbered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_statements", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "translators",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    version = table.Column<int>(type: "integer", nullable: false),
                    display_name = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    locale = table.Column<string>(type: "text", nullable: false),
                    details_version = table.Column<int>(type: "integer", nullable: false),
                    details = table.Column<byte[]>(type: "bytea", nullable: true),
                    details_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    details_faults = table.Column<string[]>(type: "text[]", nullable: false),
                    details_given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    account_refused = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_translators", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "vat_answers",
                columns: table => new
                {
                    vat_id = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    valid = table.Column<bool>(type: "boolean", nullable: false),
                    consultation = table.Column<string>(type: "text", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_vat_answers", x => x.vat_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_invoice_lines_not_invoiced",
                table: "invoice_lines",
                columns: new[] { "merchant_id", "month" },
                filter: "invoice_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bank_files_sha256",
                table: "bank_files",
                column: "sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_credit_limits_account_id",
                table: "credit_limits",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_credit_limits_merchant_id_set_at",
                table: "credit_limits",
                columns: new[] { "merchant_id", "set_at" });

            migrationBuilder.CreateIndex(
                name: "ix_documents_keep_until",
                table: "documents",
                column: "keep_until");

            migrationBuilder.CreateIndex(
                name: "ix_earning_lines_not_stated",
                table: "earning_lines",
                columns: new[] { "translator_id", "month" },
                filter: "statement_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_earning_lines_statement_id",
                table: "earning_lines",
                column: "statement_id");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_merchant_id_month_kind_outside_scope",
                table: "invoices",
                columns: new[] { "merchant_id", "month", "kind", "outside_scope" },
                unique: true,
                filter: "kind <> 'cancellation' AND state IN ('numbered', 'issued')");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_merchant_id_numbered_at_id",
                table: "invoices",
                columns: new[] { "merchant_id", "numbered_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invoices_next_reminder_at",
                table: "invoices",
                column: "next_reminder_at",
                filter: "next_reminder_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_number",
                table: "invoices",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invoices_of_invoice_id",
                table: "invoices",
                column: "of_invoice_id",
                unique: true,
                filter: "kind = 'cancellation' AND state <> 'voided'");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_payment_reference",
                table: "invoices",
                column: "payment_reference");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_to_write",
                table: "invoices",
                column: "numbered_at",
                filter: "state = 'numbered'");

            migrationBuilder.CreateIndex(
                name: "ix_merchants_customer_number",
                table: "merchants",
                column: "customer_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_month_tasks_due_at",
                table: "month_tasks",
                column: "due_at",
                filter: "done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_operator_actions_done_at_id",
                table: "operator_actions",
                columns: new[] { "done_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_operator_actions_subject_id",
                table: "operator_actions",
                column: "subject_id");

            migrationBuilder.CreateIndex(
                name: "ix_paper_lines_line_id",
                table: "paper_lines",
                column: "line_id");

            migrationBuilder.CreateIndex(
                name: "ix_payments_bank_key",
                table: "payments",
                column: "bank_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payments_imported_at",
                table: "payments",
                column: "imported_at",
                filter: "state = 'unmatched'");

            migrationBuilder.CreateIndex(
                name: "ix_payments_invoice_id",
                table: "payments",
                column: "invoice_id");

            migrationBuilder.CreateIndex(
                name: "ix_payout_batches_week_number",
                table: "payout_batches",
                columns: new[] { "week", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payouts_batch_id",
                table: "payouts",
                column: "batch_id");

            migrationBuilder.CreateIndex(
                name: "ix_payouts_end_to_end_id",
                table: "payouts",
                column: "end_to_end_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_payouts_translator_id_sent_at_id",
                table: "payouts",
                columns: new[] { "translator_id", "sent_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_payouts_translator_id_week",
                table: "payouts",
                columns: new[] { "translator_id", "week" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statements_number",
                table: "statements",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_statements_to_write",
                table: "statements",
                column: "numbered_at",
                filter: "state = 'numbered'");

            migrationBuilder.CreateIndex(
                name: "ix_statements_translator_id_month",
                table: "statements",
                columns: new[] { "translator_id", "month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_translators_supplier_number",
                table: "translators",
                column: "supplier_number",
                unique: true);

            migrationBuilder.Sql(PaperGuards.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bank_files");

            migrationBuilder.DropTable(
                name: "credit_limits");

            migrationBuilder.DropTable(
                name: "documents");

            migrationBuilder.DropTable(
                name: "earning_lines");

            migrationBuilder.DropTable(
                name: "invoices");

            migrationBuilder.DropTable(
                name: "merchants");

            migrationBuilder.DropTable(
                name: "month_tasks");

            migrationBuilder.DropTable(
                name: "number_series");

            migrationBuilder.DropTable(
                name: "operator_actions");

            migrationBuilder.DropTable(
                name: "paper_lines");

            migrationBuilder.DropTable(
                name: "payments");

            migrationBuilder.DropTable(
                name: "payout_batches");

            migrationBuilder.DropTable(
                name: "payouts");

            migrationBuilder.DropTable(
                name: "statements");

            migrationBuilder.DropTable(
                name: "translators");

            migrationBuilder.DropTable(
                name: "vat_answers");

            migrationBuilder.DropIndex(
                name: "ix_invoice_lines_not_invoiced",
                table: "invoice_lines");

            migrationBuilder.DropColumn(
                name: "activated_at",
                table: "price_lists");

            migrationBuilder.DropColumn(
                name: "valid_from",
                table: "price_lists");

            migrationBuilder.DropColumn(
                name: "invoice_id",
                table: "invoice_lines");
        }
    }
}
