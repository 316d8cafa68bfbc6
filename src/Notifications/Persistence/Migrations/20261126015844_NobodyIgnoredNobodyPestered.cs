using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Notifications.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class NobodyIgnoredNobodyPestered : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_mails_events_event_id",
                table: "mails");

            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_due_at",
                table: "webhook_deliveries");

            migrationBuilder.DropIndex(
                name: "ix_mails_event_id_recipient_id_template",
                table: "mails");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "failing_since",
                table: "webhook_endpoints",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "off_reason",
                table: "webhook_endpoints",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "previous_secret",
                table: "webhook_endpoints",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "previous_secret_key",
                table: "webhook_endpoints",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "previous_until",
                table: "webhook_endpoints",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "state",
                table: "webhook_endpoints",
                type: "text",
                nullable: false,
                defaultValue: "enabled");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "updated_at",
                table: "webhook_endpoints",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "webhook_endpoints",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "warned_at",
                table: "webhook_endpoints",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "created_at",
                table: "webhook_deliveries",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "done_at",
                table: "webhook_deliveries",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "failures",
                table: "webhook_deliveries",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "response_body",
                table: "webhook_attempts",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "data_key",
                table: "recipients",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "thanked_at",
                table: "recipients",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "recipient_id",
                table: "mails",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<string>(
                name: "details",
                table: "mails",
                type: "jsonb",
                nullable: false,
                defaultValue: "{}");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "digest_at",
                table: "mails",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "done_at",
                table: "mails",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expires_at",
                table: "mails",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "failures",
                table: "mails",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "job_id",
                table: "mails",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "key",
                table: "mails",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "occurred_at",
                table: "mails",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<byte[]>(
                name: "secret",
                table: "mails",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "secret_key",
                table: "mails",
                type: "bytea",
                nullable: true);

            // What is on its way goes on its way: mails name their job and what they say themselves from now on.
            migrationBuilder.Sql(
                """
                UPDATE mails m SET
                  key = 'event:' || replace(e.id::text, '-', ''), job_id = e.job_id, occurred_at = e.occurred_at,
                  details = jsonb_strip_nulls(jsonb_build_object('reference', e.reference, 'state', e.state)),
                  failures = m.attempts, done_at = CASE WHEN m.state <> 'waiting' THEN e.told_at END
                FROM events e WHERE e.id = m.event_id;
                UPDATE webhook_deliveries d SET
                  created_at = coalesce(e.told_at, e.occurred_at), failures = CASE WHEN d.state = 'waiting' THEN d.attempts ELSE 0 END,
                  done_at = CASE WHEN d.state <> 'waiting' THEN d.due_at END
                FROM events e WHERE e.id = d.event_id;
                UPDATE webhook_endpoints SET version = 1, updated_at = created_at;
                """);

            migrationBuilder.DropColumn(
                name: "event_id",
                table: "mails");

            migrationBuilder.CreateTable(
                name: "inbound_mails",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbound_mails", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "preferences",
                columns: table => new
                {
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    choices = table.Column<string>(type: "jsonb", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    quiet_to = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    digest_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_preferences", x => x.recipient_id);
                });

            migrationBuilder.CreateTable(
                name: "questions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: true),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_questions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "suppressions",
                columns: table => new
                {
                    address = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppressions", x => x.address);
                });

            migrationBuilder.CreateTable(
                name: "verdicts",
                columns: table => new
                {
                    delivery_id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: true),
                    stands = table.Column<bool>(type: "boolean", nullable: true),
                    ruled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_verdicts", x => x.delivery_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_endpoint_id_created_at_id",
                table: "webhook_deliveries",
                columns: new[] { "endpoint_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_endpoint_id_due_at_id",
                table: "webhook_deliveries",
                columns: new[] { "endpoint_id", "due_at", "id" },
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_mails_done_at",
                table: "mails",
                column: "done_at",
                filter: "done_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mails_key",
                table: "mails",
                column: "key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_mails_recipient_id_digest_at",
                table: "mails",
                columns: new[] { "recipient_id", "digest_at" },
                filter: "state = 'collected'");

            migrationBuilder.CreateIndex(
                name: "ix_events_told_at",
                table: "events",
                column: "told_at",
                filter: "told_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inbound_mails");

            migrationBuilder.DropTable(
                name: "preferences");

            migrationBuilder.DropTable(
                name: "questions");

            migrationBuilder.DropTable(
                name: "suppressions");

            migrationBuilder.DropTable(
                name: "verdicts");

            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_endpoint_id_created_at_id",
                table: "webhook_deliveries");

            migrationBuilder.DropIndex(
                name: "ix_webhook_deliveries_endpoint_id_due_at_id",
                table: "webhook_deliveries");

            migrationBuilder.DropIndex(
                name: "ix_mails_done_at",
                table: "mails");

            migrationBuilder.DropIndex(
                name: "ix_mails_key",
                table: "mails");

            migrationBuilder.DropIndex(
                name: "ix_mails_recipient_id_digest_at",
                table: "mails");

            migrationBuilder.DropIndex(
                name: "ix_events_told_at",
                table: "events");

            migrationBuilder.DropColumn(
                name: "failing_since",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "off_reason",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "previous_secret",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "previous_secret_key",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "previous_until",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "state",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "updated_at",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "version",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "warned_at",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "created_at",
                table: "webhook_deliveries");

            migrationBuilder.DropColumn(
                name: "done_at",
                table: "webhook_deliveries");

            migrationBuilder.DropColumn(
                name: "failures",
                table: "webhook_deliveries");

            migrationBuilder.DropColumn(
                name: "response_body",
                table: "webhook_attempts");

            migrationBuilder.DropColumn(
                name: "data_key",
                table: "recipients");

            migrationBuilder.DropColumn(
                name: "thanked_at",
                table: "recipients");

            migrationBuilder.DropColumn(
                name: "details",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "digest_at",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "done_at",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "expires_at",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "failures",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "job_id",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "key",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "occurred_at",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "secret",
                table: "mails");

            migrationBuilder.DropColumn(
                name: "secret_key",
                table: "mails");

            migrationBuilder.AlterColumn<Guid>(
                name: "recipient_id",
                table: "mails",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "event_id",
                table: "mails",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateIndex(
                name: "ix_webhook_deliveries_due_at",
                table: "webhook_deliveries",
                column: "due_at",
                filter: "state = 'waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_mails_event_id_recipient_id_template",
                table: "mails",
                columns: new[] { "event_id", "recipient_id", "template" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_mails_events_event_id",
                table: "mails",
                column: "event_id",
                principalTable: "events",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
