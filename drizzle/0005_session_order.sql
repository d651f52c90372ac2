DROP INDEX "sessions_status";--> statement-breakpoint
DROP INDEX "sessions_schema_version";--> statement-breakpoint
CREATE INDEX "sessions_schema_status" ON "sessions" USING btree ("schema_version_id","status","id");--> statement-breakpoint
CREATE INDEX "sessions_status" ON "sessions" USING btree ("status","id");--> statement-breakpoint
CREATE INDEX "sessions_schema_version" ON "sessions" USING btree ("schema_version_id","id");