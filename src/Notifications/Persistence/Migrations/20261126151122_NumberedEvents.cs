using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Notifications.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class NumberedEvents : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "failed_at",
                table: "webhook_endpoints",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "number",
                table: "events",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "last_number",
                table: "event_logs",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            // Everything that the logs hold has its number, in the order in which it was told.
            migrationBuilder.Sql(
                """
                WITH told AS (
                  SELECT id, row_number() OVER (PARTITION BY merchant_id, mode ORDER BY told_at, id) AS number FROM events WHERE told_at IS NOT NULL)
                UPDATE events e SET number = told.number FROM told WHERE told.id = e.id;
                INSERT INTO event_logs (merchant_id, mode, last_told_at, last_number)
                SELECT merchant_id, mode, max(told_at), max(number) FROM events WHERE told_at IS NOT NULL GROUP BY merchant_id, mode
                ON CONFLICT (merchant_id, mode) DO UPDATE SET last_number = EXCLUDED.last_number;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "failed_at",
                table: "webhook_endpoints");

            migrationBuilder.DropColumn(
                name: "number",
                table: "events");

            migrationBuilder.DropColumn(
                name: "last_number",
                table: "event_logs");
        }
    }
}
