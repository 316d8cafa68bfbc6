using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Zweizeiler.Marketplace.Persistence.Migrations
{
    /// <inheritdoc />
    public partial class FairOffers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "claims_counted_at",
                table: "translators",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "claims_left",
                table: "translators",
                type: "double precision",
                nullable: false,
                defaultValue: 8.0);

            migrationBuilder.AddColumn<List<string>>(
                name: "kinds",
                table: "translators",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{translation,formulation,summary,call}'");

            migrationBuilder.AddColumn<Guid>(
                name: "case_id",
                table: "jobs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "offer_round",
                table: "jobs",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "offered_to_id",
                table: "jobs",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "offered_until",
                table: "jobs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "taken_back_at",
                table: "earnings",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "satisfied_at",
                table: "complaints",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "added_terms",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    target = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_added_terms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "desk_actions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    operator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_desk_actions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "memory_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    merchant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    target = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memory_entries", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "offers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    job_id = table.Column<Guid>(type: "uuid", nullable: false),
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    turn = table.Column<int>(type: "integer", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: true),
                    reasons = table.Column<List<string>>(type: "text[]", nullable: false),
                    waited_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_ids = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    candidates = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_offers", x => x.id);
                    table.ForeignKey(
                        name: "fk_offers_jobs_job_id",
                        column: x => x.job_id,
                        principalTable: "jobs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "standings",
                columns: table => new
                {
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    waits_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    claims = table.Column<int>(type: "integer", nullable: false),
                    lapses = table.Column<int>(type: "integer", nullable: false),
                    ratings = table.Column<int>(type: "integer", nullable: false),
                    rating_sum = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_standings", x => x.translator_id);
                    table.ForeignKey(
                        name: "fk_standings_translators_translator_id",
                        column: x => x.translator_id,
                        principalTable: "translators",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "working_hours",
                columns: table => new
                {
                    translator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<int>(type: "integer", nullable: false),
                    from_minute = table.Column<int>(type: "integer", nullable: false),
                    to_minute = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_working_hours", x => new { x.translator_id, x.day, x.from_minute });
                    table.CheckConstraint("ck_working_hours", "day BETWEEN 1 AND 7 AND from_minute >= 0 AND from_minute < to_minute AND to_minute <= 1440");
                    table.ForeignKey(
                        name: "fk_working_hours_translators_translator_id",
                        column: x => x.translator_id,
                        principalTable: "translators",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // Whoever is here already waits since then.
            migrationBuilder.Sql(
                """
                INSERT INTO standings (translator_id, waits_since, claims, lapses, ratings, rating_sum)
                SELECT t.id, GREATEST(t.created_at, COALESCE(max(c.claimed_at), t.created_at)), count(c.id)::int, (count(c.id) FILTER (WHERE c.outcome = 'lease_expired'))::int,
                       (SELECT count(d.rating)::int FROM deliveries d WHERE d.translator_id = t.id),
                       (SELECT COALESCE(sum(d.rating), 0)::int FROM deliveries d WHERE d.translator_id = t.id)
                FROM translators t LEFT JOIN claims c ON c.translator_id = t.id
                GROUP BY t.id, t.created_at
                """);

            migrationBuilder.CreateIndex(
                name: "ix_jobs_case",
                table: "jobs",
                columns: new[] { "case_id", "placed_at" },
                filter: "case_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_jobs_offered_to",
                table: "jobs",
                column: "offered_to_id",
                filter: "state = 'open' AND offered_to_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_added_terms_merchant_id_source_target_fingerprint",
                table: "added_terms",
                columns: new[] { "merchant_id", "source", "target", "fingerprint" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_desk_actions_job_id_done_at",
                table: "desk_actions",
                columns: new[] { "job_id", "done_at" });

            migrationBuilder.CreateIndex(
                name: "ix_memory_entries_merchant_id_source_target_accepted_at",
                table: "memory_entries",
                columns: new[] { "merchant_id", "source", "target", "accepted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_memory_entries_merchant_id_source_target_fingerprint",
                table: "memory_entries",
                columns: new[] { "merchant_id", "source", "target", "fingerprint" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_offers_job_id_round_translator_id",
                table: "offers",
                columns: new[] { "job_id", "round", "translator_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_offers_one_at_a_time",
                table: "offers",
                column: "job_id",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_offers_translator_id_made_at",
                table: "offers",
                columns: new[] { "translator_id", "made_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "added_terms");

            migrationBuilder.DropTable(
                name: "desk_actions");

            migrationBuilder.DropTable(
                name: "memory_entries");

            migrationBuilder.DropTable(
                name: "offers");

            migrationBuilder.DropTable(
                name: "standings");

            migrationBuilder.DropTable(
                name: "working_hours");

            migrationBuilder.DropIndex(
                name: "ix_jobs_offered_to",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "claims_counted_at",
                table: "translators");

            migrationBuilder.DropColumn(
                name: "claims_left",
                table: "translators");

            migrationBuilder.DropColumn(
                name: "kinds",
                table: "translators");

            migrationBuilder.DropIndex(
                name: "ix_jobs_case",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "case_id",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "offer_round",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "offered_to_id",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "offered_until",
                table: "jobs");

            migrationBuilder.DropColumn(
                name: "taken_back_at",
                table: "earnings");

            migrationBuilder.DropColumn(
                name: "satisfied_at",
                table: "complaints");
        }
    }
}
