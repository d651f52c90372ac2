CREATE TABLE "orphaned_edits" (
	"id" uuid PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"account_number" text,
	"evidence_pages" integer[] NOT NULL,
	"rows" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "evidence_pages" integer[];--> statement-breakpoint
ALTER TABLE "orphaned_edits" ADD CONSTRAINT "orphaned_edits_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "orphaned_edits_document" ON "orphaned_edits" USING btree ("document_id");