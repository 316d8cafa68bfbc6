using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Marketplace.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class LatestJobs : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_jobs_latest",
                table: "jobs",
                columns: new[] { "source", "target", "offered_at" },
                filter: "mode = 'live' AND offered_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_claims_job",
                table: "claims",
                columns: new[] { "job_id", "claimed_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_claims_job",
                table: "claims");

            migrationBuilder.DropIndex(
                name: "ix_jobs_latest",
                table: "jobs");
        }
    }
}
