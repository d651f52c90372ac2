import type { Definition } from '#lib/core/schema/definition.ts';
import type { Value } from '#lib/core/values/value.ts';

// What an export is made of. The shapes are those of the API (docs/spec.md §10), so that an export says what the API says.

interface Failure {
  reason: string;
  message: string;
}

export interface ExportedDocument {
  id: string;
  name: string;
  status: string;
  pages_total: number;
  pages_failed: number;
  failure: Failure | null;
}

export interface ExportedAccount {
  document_id: string;
  account_index: number;
  account_number: string | null;
  /** 0-based. */
  pages: readonly number[];
  boundaries: readonly object[];
  /** The plain nested record. */
  data: Record<string, unknown>;
  /** Each value with its evidence, as `GET …/results` gives it. */
  fields: readonly object[];
  /** The same values as they are kept: what rows and problems are made of. */
  leaves: readonly Value[];
}

export interface ExportedSession {
  id: string;
  name: string;
  schema: { slug: string; name: string; version: number };
  run: number;
  status: string;
  partial: boolean;
  needs_attention: number;
  failure: Failure | null;
  created_at: string;
  finished_at: string | null;
  documents: readonly ExportedDocument[];
  failedPages: readonly { document_id: string; page_num: number; failure: Failure }[];
  accounts: readonly ExportedAccount[];
  /** Of the current run. */
  definition: Definition;
}

/** Instead of a session: one that was asked for and cannot be given. */
export interface MissingSession {
  id: string;
  missing: string;
}

export type Exported = ExportedSession | MissingSession;

/** A schema with all its versions that the export holds, the latest first. */
export interface ExportedSchema {
  slug: string;
  name: string;
  versions: readonly Definition[];
}

/** Where a part of an export is kept until the parts before it are written. */
export interface Spool {
  write(text: string): Promise<void>;
  /** All that was written, from its start. */
  read(): AsyncIterable<Uint8Array>;
}
export type OpenSpool = () => Promise<Spool>;
