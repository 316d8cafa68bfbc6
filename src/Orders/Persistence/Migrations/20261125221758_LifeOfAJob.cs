using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Orders.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class LifeOfAJob : Migration
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

            migrationBuilder.AddColumn<int>(
                name: "open_questions",
                table: "jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<decimal>(
                name: "repetition_factor",
                table: "jobs",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<TimeSpan>(
                name: "review_left",
                table: "jobs",
                type: "interval",
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
                name: "ix_jobs_correction_due_at",
                table: "jobs",
                column: "correction_due_at",
                filter: "complaint_state = 'open'");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_job_id",
                table: "complaints",
                column: "job_id");

            migrationBuilder.CreateIndex(
                name: "ix_messages_job_id_sent_at_id",
                table: "messages",
                columns: new[] { "job_id", "sent_at", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "complaint_texts");

            migrationBuilder.DropTable(
                name: "message_texts");

            migrationBuilder.DropTable(
                name: "complaints");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropIndex(
                name: "ix_jobs_correction_due_at",
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
                name: "open_questions",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "repetition_factor",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "review_left",
                table: "jobs");

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
        }
    }
}
