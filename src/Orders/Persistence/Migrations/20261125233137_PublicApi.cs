using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Orders.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class PublicApi : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "accepted_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "cancellation_requested_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "complaint_id",
                table: "jobs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "complaint_received_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "complaint_state",
                table: "jobs",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "correction_due_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "delivered_version",
                table: "jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_since",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "key_id",
                table: "jobs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "minimum_lines",
                table: "jobs",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "open_questions",
                table: "jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<decimal>(
                name: "repetition_factor",
                table: "jobs",
                type: "numeric(5,4)",
                precision: 5,
                scale: 4,
                nullable: false,
                defaultValue: 1m);

            migrationBuilder.AddColumn<Guid>(
                name: "repetition_key",
                table: "jobs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<TimeSpan>(
                name: "review_left",
                table: "jobs",
                type: "interval",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "spent_cents",
                table: "jobs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<string>(
                name: "spent_in",
                table: "jobs",
                type: "character varying(10)",
                maxLength: 10,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "etag",
                table: "idempotency_keys",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "call_attempts",
                table: "deliveries",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "call_minutes",
                table: "deliveries",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "call_outcome",
                table: "deliveries",
                type: "character varying(16)",
                maxLength: 16,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_correction",
                table: "deliveries",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "spending_limit",
                table: "api_keys",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "finished",
                table: "jobs",
                type: "boolean",
                nullable: false,
                computedColumnSql: "state IN ('accepted', 'refunded', 'cancelled', 'expired')",
                stored: true);

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    reference = table.Column<string>(type: "text", nullable: true),
                    language = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    customer_language = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    customer = table.Column<byte[]>(type: "bytea", nullable: true),
                    metadata = table.Column<string>(type: "jsonb", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    correction_id = table.Column<Guid>(type: "uuid", nullable: true),
                    corrector_id = table.Column<Guid>(type: "uuid", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    correction_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaints", x => x.id);
                    table.ForeignKey(
                        name: "fk_complaints_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "delivery_times",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    urgency = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    source = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    target = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    hour = table.Column<short>(type: "smallint", nullable: false),
                    seconds = table.Column<int>(type: "integer", nullable: false),
                    delivered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_delivery_times", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "glossaries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    target = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    term_count = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_glossaries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "key_spending",
                columns: table => new
                {
                    key_id = table.Column<Guid>(type: "uuid", nullable: false),
                    spent_in = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    cents = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_key_spending", x => new { x.key_id, x.spent_in });
                    table.ForeignKey(
                        name: "fk_key_spending_api_keys_key_id",
                        column: x => x.key_id,
                        principalTable: "api_keys",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "merchant_preferences",
                columns: table => new
                {
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    brief = table.Column<byte[]>(type: "bytea", nullable: true),
                    retention_days = table.Column<int>(type: "integer", nullable: false),
                    preferred_translators = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    blocked_translators = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    glossaries = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merchant_preferences", x => new { x.merchant_id, x.mode });
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: true),
                    translator_name = table.Column<string>(type: "text", nullable: true),
                    is_question = table.Column<bool>(type: "boolean", nullable: false),
                    before_claim = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    answers_id = table.Column<Guid>(type: "uuid", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => x.id);
                    table.ForeignKey(
                        name: "fk_messages_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "quotes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    price_list = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    items = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    country = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    is_business = table.Column<bool>(type: "boolean", nullable: false),
                    vat_id_valid = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quotes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mode = table.Column<string>(type: "character varying(4)", maxLength: 4, nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    text = table.Column<byte[]>(type: "bytea", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_templates", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "complaint_texts",
                columns: table => new
                {
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaint_texts", x => x.complaint_id);
                    table.ForeignKey(
                        name: "fk_complaint_texts_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "glossary_terms",
                columns: table => new
                {
                    glossary_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_glossary_terms", x => x.glossary_id);
                    table.ForeignKey(
                        name: "fk_glossary_terms_glossaries_glossary_id",
                        column: x => x.glossary_id,
                        principalTable: "glossaries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "message_texts",
                columns: table => new
                {
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_texts", x => x.message_id);
                    table.ForeignKey(
                        name: "fk_message_texts_messages_message_id",
                        column: x => x.message_id,
                        principalTable: "messages",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_jobs_case_id_created_at_id",
                table: "jobs",
                columns: new[] { "case_id", "created_at", "id" },
                filter: "case_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_correction_due_at",
                table: "jobs",
                column: "correction_due_at",
                filter: "complaint_state = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_merchant_id_mode_cost_centre_created_at_id",
                table: "jobs",
                columns: new[] { "merchant_id", "mode", "cost_centre", "created_at", "id" },
                descending: new[] { false, false, false, true, true },
                filter: "cost_centre IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_merchant_id_mode_repetition_key",
                table: "jobs",
                columns: new[] { "merchant_id", "mode", "repetition_key" },
                filter: "finished AND repetition_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_metadata",
                table: "jobs",
                column: "metadata",
                filter: "metadata <> '{}'::jsonb")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "jsonb_path_ops" })
                .Annotation("Npgsql:StorageParameter:gin_pending_list_limit", 256);

            migrationBuilder.CreateIndex(
                name: "ix_jobs_unfinished",
                table: "jobs",
                columns: new[] { "merchant_id", "mode", "created_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "NOT finished");

            migrationBuilder.CreateIndex(
                name: "ix_cases_merchant_id_mode_created_at_id",
                table: "cases",
                columns: new[] { "merchant_id", "mode", "created_at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_cases_merchant_id_mode_reference",
                table: "cases",
                columns: new[] { "merchant_id", "mode", "reference" },
                filter: "reference IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_job_id",
                table: "complaints",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_times_delivered_at",
                table: "delivery_times",
                column: "delivered_at");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_times_forecast",
                table: "delivery_times",
                columns: new[] { "kind", "urgency", "hour", "source", "target", "delivered_at" },
                descending: new[] { false, false, false, false, false, true });

            migrationBuilder.CreateIndex(
                name: "ix_glossaries_merchant_id_mode_created_at_id",
                table: "glossaries",
                columns: new[] { "merchant_id", "mode", "created_at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_messages_job_id_sent_at_id",
                table: "messages",
                columns: new[] { "job_id", "sent_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_quotes_expires_at",
                table: "quotes",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_templates_merchant_id_mode_created_at_id",
                table: "templates",
                columns: new[] { "merchant_id", "mode", "created_at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.AddForeignKey(
                name: "fk_jobs_cases_case_id",
                table: "jobs",
                column: "case_id",
                principalTable: "cases",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_jobs_cases_case_id",
                table: "jobs");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropTable(
                name: "complaint_texts");

            migrationBuilder.DropTable(
                name: "delivery_times");

            migrationBuilder.DropTable(
                name: "glossary_terms");

            migrationBuilder.DropTable(
                name: "key_spending");

            migrationBuilder.DropTable(
                name: "merchant_preferences");

            migrationBuilder.DropTable(
                name: "message_texts");

            migrationBuilder.DropTable(
                name: "quotes");

            migrationBuilder.DropTable(
                name: "templates");

            migrationBuilder.DropTable(
                name: "complaints");

            migrationBuilder.DropTable(
                name: "glossaries");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropIndex(
                name: "ix_jobs_case_id_created_at_id",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_correction_due_at",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_merchant_id_mode_cost_centre_created_at_id",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_merchant_id_mode_repetition_key",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_metadata",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_unfinished",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "finished",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "accepted_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "cancellation_requested_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "complaint_id",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "complaint_received_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "complaint_state",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "correction_due_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "delivered_version",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "held_since",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "key_id",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "minimum_lines",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "open_questions",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "repetition_factor",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "repetition_key",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "review_left",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "spent_cents",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "spent_in",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "etag",
                table: "idempotency_keys");

            migrationBuilder.DropColumn(
                name: "call_attempts",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "call_minutes",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "call_outcome",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "is_correction",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "spending_limit",
                table: "api_keys");
        }
    }
}
