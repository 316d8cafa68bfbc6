using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Orders.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class Placing : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_jobs_merchant_id_mode_repetition_key",
                table: "jobs",
                columns: new[] { "merchant_id", "mode", "repetition_key" },
                filter: "state = 'accepted' AND repetition_key IS NOT NULL");

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
                name: "ix_quotes_expires_at",
                table: "quotes",
                column: "expires_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delivery_times");

            migrationBuilder.DropTable(
                name: "quotes");

            migrationBuilder.DropIndex(
                name: "ix_jobs_merchant_id_mode_repetition_key",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "repetition_factor",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "repetition_key",
                table: "jobs");
        }
    }
}
