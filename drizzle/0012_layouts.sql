CREATE TABLE "calibrations" (
	"schema_id" uuid NOT NULL,
	"key" text NOT NULL,
	"shift" real NOT NULL,
	"changed" integer NOT NULL,
	"of" integer NOT NULL,
	CONSTRAINT "calibrations_schema_id_key_pk" PRIMARY KEY("schema_id","key")
);
--> statement-breakpoint
CREATE TABLE "lessons" (
	"id" uuid PRIMARY KEY NOT NULL,
	"schema_id" uuid NOT NULL,
	"session_id" uuid,
	"document_id" uuid,
	"page_num" integer,
	"source" text NOT NULL,
	"lesson" jsonb NOT NULL,
	"bands" integer[] NOT NULL,
	"plain" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lessons_due" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recalls" (
	"run_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"page_num" integer NOT NULL,
	"lesson_ids" uuid[] NOT NULL,
	CONSTRAINT "recalls_document_id_run_id_page_num_pk" PRIMARY KEY("document_id","run_id","page_num")
);
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD COLUMN "session_ids" uuid[];--> statement-breakpoint
ALTER TABLE "calibrations" ADD CONSTRAINT "calibrations_schema_id_schemas_id_fk" FOREIGN KEY ("schema_id") REFERENCES "public"."schemas"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_schema_id_schemas_id_fk" FOREIGN KEY ("schema_id") REFERENCES "public"."schemas"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons" ADD CONSTRAINT "lessons_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lessons_due" ADD CONSTRAINT "lessons_due_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recalls" ADD CONSTRAINT "recalls_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "lessons_bands" ON "lessons" USING gin ("bands");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "lessons_schema" ON "lessons" USING btree ("schema_id","id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "lessons_session" ON "lessons" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "lessons_document" ON "lessons" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "recalls_run" ON "recalls" USING btree ("run_id");