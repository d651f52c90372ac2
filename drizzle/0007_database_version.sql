CREATE TABLE "database_version" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"version" integer NOT NULL,
	"oldest_program" integer NOT NULL,
	"migrated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "database_version_single_row" CHECK ("database_version"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE "workers" ADD COLUMN "version" integer DEFAULT 0 NOT NULL;