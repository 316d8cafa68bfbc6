using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Billing.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class WholeLifeOfAJob : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_entries_subject",
                table: "entries");

            migrationBuilder.AddColumn<long>(
                name: "charged_fee_cents",
                table: "jobs",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "charged_lines",
                table: "jobs",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "charged_net_cents",
                table: "jobs",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "charged_share",
                table: "jobs",
                type: "numeric(6,3)",
                precision: 6,
                scale: 3,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "charged_tax_cents",
                table: "jobs",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "lines",
                table: "jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "minimum_lines",
                table: "jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "raised_cents",
                table: "jobs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<decimal>(
                name: "repetition_factor",
                table: "jobs",
                type: "numeric(6,3)",
                precision: 6,
                scale: 3,
                nullable: false,
                defaultValue: 1m);

            migrationBuilder.AddColumn<string>(
                name: "urgency",
                table: "jobs",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<int>(
                name: "call_minutes",
                table: "acceptances",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "lines",
                table: "acceptances",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "credits",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_ruling = table.Column<bool>(type: "boolean", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credits", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "endings",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: true),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_endings", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "fee_raises",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    raise_cents = table.Column<long>(type: "bigint", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    escalated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_fee_raises", x => x.id);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_entries_fee_raise",
                table: "entries",
                sql: "kind <> 'fee_raise' OR job_id IS NOT NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_entries_subject",
                table: "entries",
                sql: "kind NOT IN ('reservation', 'charge', 'release', 'earning', 'credit', 'credit_share') OR (job_id IS NOT NULL AND subject_id = job_id)");

            migrationBuilder.CreateIndex(
                name: "ix_fee_raises_job_id_version",
                table: "fee_raises",
                columns: new[] { "job_id", "version" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "credits");

            migrationBuilder.DropTable(
                name: "endings");

            migrationBuilder.DropTable(
                name: "fee_raises");

            migrationBuilder.DropCheckConstraint(
                name: "ck_entries_fee_raise",
                table: "entries");

            migrationBuilder.DropCheckConstraint(
                name: "ck_entries_subject",
                table: "entries");

            migrationBuilder.DropColumn(
                name: "charged_fee_cents",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "charged_lines",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "charged_net_cents",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "charged_share",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "charged_tax_cents",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "lines",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "minimum_lines",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "raised_cents",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "repetition_factor",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "urgency",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "call_minutes",
                table: "acceptances");

            migrationBuilder.DropColumn(
                name: "lines",
                table: "acceptances");

            migrationBuilder.AddCheckConstraint(
                name: "ck_entries_subject",
                table: "entries",
                sql: "kind NOT IN ('reservation', 'charge', 'release', 'earning') OR (job_id IS NOT NULL AND subject_id = job_id)");
        }
    }
}
