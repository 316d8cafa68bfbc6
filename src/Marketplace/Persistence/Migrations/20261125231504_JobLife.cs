using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Marketplace.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class JobLife : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_timers_subject_id",
                table: "timers");

            migrationBuilder.DropCheckConstraint(
                name: "ck_jobs_holder",
                table: "jobs");

            migrationBuilder.AddColumn<List<Guid>>(
                name: "blocked_ids",
                table: "jobs",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<Guid>(
                name: "case_translator_id",
                table: "jobs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "clock_from",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<TimeSpan>(
                name: "lease_left",
                table: "jobs",
                type: "interval",
                nullable: true);

            migrationBuilder.AddColumn<List<Guid>>(
                name: "preferred_ids",
                table: "jobs",
                type: "uuid[]",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<long>(
                name: "raise_cents",
                table: "jobs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "widened_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "objection",
                table: "delivery_texts",
                type: "bytea",
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

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "revision_requested_at",
                table: "deliveries",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: true),
                    objection = table.Column<byte[]>(type: "bytea", nullable: true),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    correction_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    corrected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    contested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dismissed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    credited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    by_ruling = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaints", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "disputes",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: true),
                    writer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    objection = table.Column<byte[]>(type: "bytea", nullable: false),
                    rejoinder = table.Column<byte[]>(type: "bytea", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ruler_id = table.Column<Guid>(type: "uuid", nullable: true),
                    ruler_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ruled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    delivery_stands = table.Column<bool>(type: "boolean", nullable: true),
                    ruling = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_disputes", x => x.delivery_id);
                    table.ForeignKey(
                        name: "fk_disputes_deliveries_delivery_id",
                        column: x => x.delivery_id,
                        principalTable: "deliveries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_disputes_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "early_cancellations",
                columns: table => new
                {
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_early_cancellations", x => x.job_id);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: true),
                    before_claim = table.Column<bool>(type: "boolean", nullable: false),
                    question_id = table.Column<Guid>(type: "uuid", nullable: true),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => x.id);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_holder",
                table: "jobs",
                sql: "CASE state\n  WHEN 'in_progress' THEN claim_id IS NOT NULL AND holder_id IS NOT NULL AND lease_until IS NOT NULL AND lease_left IS NULL\n  WHEN 'in_revision' THEN claim_id IS NULL AND holder_id IS NOT NULL AND lease_until IS NOT NULL AND lease_left IS NULL\n  WHEN 'on_hold' THEN holder_id IS NOT NULL AND lease_until IS NULL AND lease_left IS NOT NULL\n  ELSE claim_id IS NULL AND lease_until IS NULL AND lease_left IS NULL\nEND");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_job_id",
                table: "complaints",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_translator_id_received_at",
                table: "complaints",
                columns: new[] { "translator_id", "received_at" });

            migrationBuilder.CreateIndex(
                name: "ix_disputes_job_id",
                table: "disputes",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_disputes_open",
                table: "disputes",
                column: "opened_at",
                filter: "ruled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_disputes_writer_id_opened_at",
                table: "disputes",
                columns: new[] { "writer_id", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_job_id_sent_at",
                table: "messages",
                columns: new[] { "job_id", "sent_at" });

            migrationBuilder.CreateIndex(
                name: "ix_messages_one_question",
                table: "messages",
                columns: new[] { "job_id", "translator_id" },
                unique: true,
                filter: "translator_id IS NOT NULL AND settled_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "complaints");

            migrationBuilder.DropTable(
                name: "disputes");

            migrationBuilder.DropTable(
                name: "early_cancellations");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropCheckConstraint(
                name: "ck_jobs_holder",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "blocked_ids",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "case_translator_id",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "clock_from",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "lease_left",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "preferred_ids",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "raise_cents",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "widened_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "objection",
                table: "delivery_texts");

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
                name: "revision_requested_at",
                table: "deliveries");

            migrationBuilder.CreateIndex(
                name: "ix_timers_subject_id",
                table: "timers",
                column: "subject_id",
                unique: true);

            migrationBuilder.AddCheckConstraint(
                name: "ck_jobs_holder",
                table: "jobs",
                sql: "(state = 'in_progress') = (claim_id IS NOT NULL) AND (claim_id IS NULL OR (holder_id IS NOT NULL AND lease_until IS NOT NULL))");
        }
    }
}
