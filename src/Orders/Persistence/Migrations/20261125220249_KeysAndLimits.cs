using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Orders.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class KeysAndLimits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "key_id",
                table: "jobs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "repetition_factor",
                table: "jobs",
                type: "numeric",
                nullable: false,
                defaultValue: 0m);

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
                name: "spending_limit",
                table: "api_keys",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "key_spending");

            migrationBuilder.DropColumn(
                name: "key_id",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "repetition_factor",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "spent_cents",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "spent_in",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "spending_limit",
                table: "api_keys");
        }
    }
}
