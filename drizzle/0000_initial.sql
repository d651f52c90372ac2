CREATE TYPE "public"."document_status" AS ENUM('queued', 'ocr_extraction', 'account_splitting', 'page_analysis', 'llm_extraction', 'completed', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."engine" AS ENUM('builtin', 'model');--> statement-breakpoint
CREATE TYPE "public"."failure_reason" AS ENUM('unsupported_file', 'encrypted_file', 'corrupt_file', 'empty_file', 'too_large', 'too_many_pages', 'too_complex', 'no_text_found', 'model_auth', 'model_rejected', 'model_unavailable', 'model_rate_limited', 'model_bad_output', 'timed_out', 'storage_unavailable', 'worker_lost', 'cancelled', 'internal');--> statement-breakpoint
CREATE TYPE "public"."page_status" AS ENUM('pending', 'processing', 'completed', 'failed', 'skipped');--> statement-breakpoint
CREATE TYPE "public"."session_status" AS ENUM('processing', 'in_progress', 'verified', 'failed', 'cancelled');--> statement-breakpoint
CREATE TABLE "accounts" (
	"run_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"account_index" integer NOT NULL,
	"account_number" text,
	"pages" integer[] NOT NULL,
	CONSTRAINT "accounts_document_id_run_id_account_index_pk" PRIMARY KEY("document_id","run_id","account_index")
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"sha256" text NOT NULL,
	"type" text NOT NULL,
	"bytes" bigint NOT NULL,
	"status" "document_status" DEFAULT 'queued' NOT NULL,
	"reader_key" text,
	"stage_states" jsonb NOT NULL,
	"progress" smallint DEFAULT 0 NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"lost_attempts" smallint DEFAULT 0 NOT NULL,
	"job_id" uuid,
	"waiting" jsonb,
	"pages_total" integer DEFAULT 0 NOT NULL,
	"pages_processed" integer DEFAULT 0 NOT NULL,
	"pages_failed" integer DEFAULT 0 NOT NULL,
	"failure_reason" "failure_reason",
	"failure_message" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "field_values" (
	"id" uuid PRIMARY KEY NOT NULL,
	"run_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"account_index" integer NOT NULL,
	"position" integer NOT NULL,
	"path" text NOT NULL,
	"row_id" uuid,
	"leaves" jsonb NOT NULL,
	"needs_attention" smallint DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"sha256" text PRIMARY KEY NOT NULL,
	"bytes" bigint NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"key" text PRIMARY KEY NOT NULL,
	"body_hash" text NOT NULL,
	"session_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "page_accounts" (
	"run_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"page_num" integer NOT NULL,
	"account_index" integer NOT NULL,
	"data" json NOT NULL,
	"extracted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "page_accounts_document_id_run_id_page_num_account_index_pk" PRIMARY KEY("document_id","run_id","page_num","account_index")
);
--> statement-breakpoint
CREATE TABLE "pages" (
	"run_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"page_num" integer NOT NULL,
	"status" "page_status" DEFAULT 'pending' NOT NULL,
	"source" text,
	"title" text,
	"engine" "engine",
	"model" text,
	"cached" boolean DEFAULT false NOT NULL,
	"tokens_in" integer DEFAULT 0 NOT NULL,
	"tokens_cached" integer DEFAULT 0 NOT NULL,
	"tokens_out" integer DEFAULT 0 NOT NULL,
	"cost_usd" numeric(14, 6) DEFAULT 0 NOT NULL,
	"ms" integer DEFAULT 0 NOT NULL,
	"failure_reason" "failure_reason",
	"failure_message" text,
	"finished_at" timestamp with time zone,
	CONSTRAINT "pages_document_id_run_id_page_num_pk" PRIMARY KEY("document_id","run_id","page_num")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"schema_version_id" uuid NOT NULL,
	"engine" "engine" NOT NULL,
	"model" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "runs_number" UNIQUE("session_id","number")
);
--> statement-breakpoint
CREATE TABLE "schema_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"schema_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text NOT NULL,
	"definition" json NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schema_versions_number" UNIQUE("schema_id","version")
);
--> statement-breakpoint
CREATE TABLE "schemas" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"archived_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schemas_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"schema_version_id" uuid NOT NULL,
	"engine" "engine" NOT NULL,
	"model" text,
	"run" integer DEFAULT 1 NOT NULL,
	"status" "session_status" DEFAULT 'processing' NOT NULL,
	"partial" boolean DEFAULT false NOT NULL,
	"waiting" jsonb,
	"priority" smallint NOT NULL,
	"progress" smallint DEFAULT 0 NOT NULL,
	"stage" text DEFAULT 'queued' NOT NULL,
	"documents_total" integer NOT NULL,
	"documents_done" integer DEFAULT 0 NOT NULL,
	"pages_total" integer DEFAULT 0 NOT NULL,
	"pages_processed" integer DEFAULT 0 NOT NULL,
	"pages_failed" integer DEFAULT 0 NOT NULL,
	"accounts" integer DEFAULT 0 NOT NULL,
	"needs_attention" integer DEFAULT 0 NOT NULL,
	"cost_usd" numeric(14, 6) DEFAULT 0 NOT NULL,
	"failure_reason" "failure_reason",
	"failure_message" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "sessions_priority" CHECK ("sessions"."priority" in (0, 1, 2))
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid,
	"document_id" uuid,
	"page_num" integer,
	"model" text NOT NULL,
	"tokens_in" integer DEFAULT 0 NOT NULL,
	"tokens_cached" integer DEFAULT 0 NOT NULL,
	"tokens_out" integer DEFAULT 0 NOT NULL,
	"cost_usd" numeric(14, 6) DEFAULT 0 NOT NULL,
	"ms" integer DEFAULT 0 NOT NULL,
	"outcome" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"host" text NOT NULL,
	"slots" integer NOT NULL,
	"active" integer DEFAULT 0 NOT NULL,
	"isolation" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_sha256_files_sha256_fk" FOREIGN KEY ("sha256") REFERENCES "public"."files"("sha256") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_values" ADD CONSTRAINT "field_values_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "field_values" ADD CONSTRAINT "field_values_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "page_accounts" ADD CONSTRAINT "page_accounts_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "page_accounts" ADD CONSTRAINT "page_accounts_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pages" ADD CONSTRAINT "pages_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runs" ADD CONSTRAINT "runs_schema_version_id_schema_versions_id_fk" FOREIGN KEY ("schema_version_id") REFERENCES "public"."schema_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schema_versions" ADD CONSTRAINT "schema_versions_schema_id_schemas_id_fk" FOREIGN KEY ("schema_id") REFERENCES "public"."schemas"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_schema_version_id_schema_versions_id_fk" FOREIGN KEY ("schema_version_id") REFERENCES "public"."schema_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accounts_run" ON "accounts" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "documents_session" ON "documents" USING btree ("session_id","position");--> statement-breakpoint
CREATE INDEX "documents_sha256" ON "documents" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "field_values_account" ON "field_values" USING btree ("run_id","document_id","account_index","position");--> statement-breakpoint
CREATE INDEX "field_values_document" ON "field_values" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "files_touched" ON "files" USING btree ("touched_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_created" ON "idempotency_keys" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "idempotency_keys_session" ON "idempotency_keys" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "page_accounts_run" ON "page_accounts" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "pages_run" ON "pages" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "sessions_status" ON "sessions" USING btree ("status","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sessions_schema_version" ON "sessions" USING btree ("schema_version_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "usage_created" ON "usage" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "usage_session" ON "usage" USING btree ("session_id");