import type { Exported } from './input.ts';
import { type Problem, problemKinds, sessionProblems } from './problems.ts';

/** Lists in a manifest stop here, counts do not: what fails in a million sessions is in the table of problems. */
const maxListed = 1000;

/** What was asked for, as it was understood. */
export interface ExportTarget {
  format: string;
  detail: string;
  /** The ids, counted, or the filter. */
  of: object;
}

/** What an export holds, and what it lacks. */
export interface Manifest extends ExportTarget {
  made_at: string;
  /** Nothing is missing, unfinished or failed. Values that need attention do not count. */
  complete: boolean;
  counts: {
    sessions: number;
    by_status: Record<string, number>;
    accounts: number;
    needs_attention: number;
    missing: number;
    unfinished: number;
    failed_documents: number;
    failed_pages: number;
  };
  /** The first 1,000 of each. */
  missing: object[];
  unfinished: object[];
  failed_documents: object[];
  failed_pages: object[];
  /** Files of an archive or worksheets, and their rows without the heading. */
  tables: { name: string; rows: number }[];
}

export function openManifest(asked: ExportTarget, madeAt: Date): Manifest {
  return {
    ...asked,
    made_at: madeAt.toISOString(),
    complete: true,
    counts: {
      sessions: 0,
      by_status: {},
      accounts: 0,
      needs_attention: 0,
      missing: 0,
      unfinished: 0,
      failed_documents: 0,
      failed_pages: 0,
    },
    missing: [],
    unfinished: [],
    failed_documents: [],
    failed_pages: [],
    tables: [],
  };
}

/** Counts a session in and gives its problems, those of its values not among them. */
export function noteSession(manifest: Manifest, session: Exported): Problem[] {
  const { counts } = manifest;
  if (!('missing' in session)) {
    counts.sessions += 1;
    counts.by_status[session.status] = (counts.by_status[session.status] ?? 0) + 1;
    counts.accounts += session.accounts.length;
    counts.needs_attention += session.needs_attention;
  }
  const problems = sessionProblems(session);
  for (const problem of problems) note(manifest, problem);
  return problems;
}

function note(manifest: Manifest, { kind, detail, session, document, page_num }: Problem): void {
  manifest.complete = false;
  const about = { session_id: session?.id, session: session?.name };
  const ofDocument = { ...about, document_id: document?.id, document: document?.name };
  if (kind === problemKinds.missing) add(manifest, 'missing', { session_id: session?.id, message: detail });
  else if (kind === problemKinds.document) add(manifest, 'failed_documents', { ...ofDocument, message: detail });
  else if (kind === problemKinds.page) add(manifest, 'failed_pages', { ...ofDocument, page_num, message: detail });
  else add(manifest, 'unfinished', { ...about, message: detail });
}

function add(
  manifest: Manifest,
  list: 'missing' | 'unfinished' | 'failed_documents' | 'failed_pages',
  entry: object,
): void {
  manifest.counts[list] += 1;
  if (manifest[list].length < maxListed) manifest[list].push(entry);
}
