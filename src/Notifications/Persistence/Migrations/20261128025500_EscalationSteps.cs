using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Notifications.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class EscalationSteps : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "step",
                table: "events",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "step",
                table: "events");
        }
    }
}
