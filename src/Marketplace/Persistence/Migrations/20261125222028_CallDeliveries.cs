using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Marketplace.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class CallDeliveries : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "call_attempts",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "call_minutes",
                table: "deliveries");

            migrationBuilder.DropColumn(
                name: "call_outcome",
                table: "deliveries");
        }
    }
}
