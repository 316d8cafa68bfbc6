using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Marketplace.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class WaitingForMoney : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "declined_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "promised_by",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "decline_reason",
                table: "early_fundings",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "declined_at",
                table: "early_fundings",
                type: "timestamp with time zone",
                nullable: true);

            // Jobs that were declined before this end like every other; their texts are gone already.
            migrationBuilder.Sql(
                """
                INSERT INTO timers (id, kind, subject_id, job_id, due_at)
                SELECT gen_random_uuid(), 'payment', id, id, changed_at + interval '7 days' FROM jobs WHERE state = 'payment_required'
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "declined_at",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "promised_by",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "decline_reason",
                table: "early_fundings");

            migrationBuilder.DropColumn(
                name: "declined_at",
                table: "early_fundings");
        }
    }
}
