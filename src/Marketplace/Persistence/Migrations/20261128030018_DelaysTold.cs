using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Marketplace.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class DelaysTold : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "delay_told_at",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            // Whoever is at work now began before there were timers for it. A question that waits sets one with its answer.
            migrationBuilder.Sql(
                """
                INSERT INTO timers (id, kind, subject_id, job_id, due_at)
                SELECT gen_random_uuid(), 'delay', id, id, CASE
                    WHEN state = 'in_revision' THEN lease_until
                    WHEN kind = 'call' THEN GREATEST(deliver_by - interval '5 minutes', lease_until - interval '30 minutes')
                    ELSE deliver_by - interval '5 minutes' END
                FROM jobs
                WHERE state IN ('in_progress', 'in_revision');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DELETE FROM timers WHERE kind = 'delay';");

            migrationBuilder.DropColumn(
                name: "delay_told_at",
                table: "jobs");
        }
    }
}
