using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Orders.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class GivenOnce : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_jobs_merchant_id_mode_repetition_key",
                table: "jobs");

            migrationBuilder.AddColumn<string>(
                name: "etag",
                table: "idempotency_keys",
                type: "text",
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

            migrationBuilder.CreateIndex(
                name: "ix_jobs_case_id_created_at_id",
                table: "jobs",
                columns: new[] { "case_id", "created_at", "id" },
                filter: "case_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_merchant_id_mode_cost_centre_created_at_id",
                table: "jobs",
                columns: new[] { "merchant_id", "mode", "cost_centre", "created_at", "id" },
                descending: new[] { false, false, false, true, true },
                filter: "cost_centre IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_unfinished",
                table: "jobs",
                columns: new[] { "merchant_id", "mode", "created_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "NOT finished");

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
                name: "ix_glossaries_merchant_id_mode_created_at_id",
                table: "glossaries",
                columns: new[] { "merchant_id", "mode", "created_at", "id" },
                descending: new[] { false, false, true, true });

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
                name: "glossary_terms");

            migrationBuilder.DropTable(
                name: "merchant_preferences");

            migrationBuilder.DropTable(
                name: "templates");

            migrationBuilder.DropTable(
                name: "glossaries");

            migrationBuilder.DropIndex(
                name: "ix_jobs_case_id_created_at_id",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_merchant_id_mode_cost_centre_created_at_id",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_unfinished",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_merchant_id_mode_repetition_key",
                table: "jobs");

            migrationBuilder.DropIndex(
                name: "ix_jobs_metadata",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "finished",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "etag",
                table: "idempotency_keys");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_merchant_id_mode_repetition_key",
                table: "jobs",
                columns: new[] { "merchant_id", "mode", "repetition_key" },
                filter: "state = 'accepted' AND repetition_key IS NOT NULL");
        }
    }
}
