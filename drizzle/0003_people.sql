CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TABLE "edits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"change_id" uuid NOT NULL,
	"run" integer NOT NULL,
	"kind" text NOT NULL,
	"document_id" uuid,
	"account_index" integer,
	"value_id" uuid,
	"path" text,
	"before" jsonb,
	"after" jsonb,
	"reverts_change_id" uuid,
	"reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "knowledge_passages" (
	"sha256" text NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"words" "tsvector" GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED,
	CONSTRAINT "knowledge_passages_sha256_position_pk" PRIMARY KEY("sha256","position")
);
--> statement-breakpoint
CREATE TABLE "review_claims" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"holder" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_views_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "session_search" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"words" "tsvector" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "moved_pages" jsonb;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "sealed_password" jsonb;--> statement-breakpoint
ALTER TABLE "documents" ADD COLUMN "notice" text;--> statement-breakpoint
ALTER TABLE "field_values" ADD COLUMN "extracted" jsonb;--> statement-breakpoint
ALTER TABLE "field_values" ADD COLUMN "is_deleted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "workers" ADD COLUMN "public_key" text;--> statement-breakpoint
ALTER TABLE "edits" ADD CONSTRAINT "edits_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_claims" ADD CONSTRAINT "review_claims_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_search" ADD CONSTRAINT "session_search_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "edits_session" ON "edits" USING btree ("session_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "edits_change" ON "edits" USING btree ("change_id");--> statement-breakpoint
CREATE INDEX "knowledge_passages_words" ON "knowledge_passages" USING gin ("words");--> statement-breakpoint
CREATE INDEX "session_search_words" ON "session_search" USING gin ("words");--> statement-breakpoint
CREATE INDEX "sessions_name" ON "sessions" USING gin ("name" gin_trgm_ops);