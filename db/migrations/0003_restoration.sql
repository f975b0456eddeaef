-- why: after a restore nothing is sent until somebody lets it go; this row says so to every worker
-- locks: none, a new table
-- backfill: none
-- reversible: yes, drop table restoration, once nothing is held
CREATE TABLE "restoration" (
	"id" uuid PRIMARY KEY NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"restored_at" timestamp with time zone NOT NULL,
	"released_at" timestamp with time zone,
	CONSTRAINT "restoration_order" CHECK ("restoration"."taken_at" <= "restoration"."restored_at" and "restoration"."restored_at" <= "restoration"."released_at")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "restoration_held" ON "restoration" USING btree ((released_at is null)) WHERE released_at is null;