import { and, eq, inArray } from 'drizzle-orm';
import type { EngineName } from '#lib/core/fields/choices.ts';
import { runningDocumentStatuses, type StageStates } from '#lib/core/lifecycle.ts';
import type { MovedPage } from '#lib/core/splitting/moved.ts';
import type { Database, Transaction } from '#lib/db/client.ts';
import { documents, type SealedPassword } from '#lib/db/tables/sessions.ts';
import { ClaimLost, type DocumentJob } from '#lib/queue/documents.ts';

/** A document that this worker may work on, until the fence says otherwise. */
export interface Claim {
  job: DocumentJob;
  documentId: string;
  sessionId: string;
  runId: string;
  /** When it was claimed, by the database's clock. */
  claimedAt: string;
  /** The fence: every write names it. */
  attempt: number;
  name: string;
  sha256: string;
  /** Of the file; part of the key of all that is remembered of it. */
  cacheEpoch: number | null;
  type: string;
  /** Part of the key of all that is remembered of it. */
  generation: number;
  /** 0 high, 1 normal, 2 low. */
  priority: number;
  engine: EngineName;
  model: string | null;
  schemaId: string;
  definition: Record<string, unknown>;
  /** The same of single pages, by page number. */
  pageGenerations: Record<number, number>;
  /** Pages that people gave to other accounts than the evidence does. */
  movedPages: MovedPage[];
  /** Of a protected file, when a person gave its password. */
  sealedPassword: SealedPassword | null;
  stageStates: StageStates;
}

/**
 * Runs a transaction that only the current attempt may commit: a worker that was thought dead, or whose document was
 * cancelled, finds no row and writes nothing.
 * @throws ClaimLost
 */
export async function fenced<T>(db: Database, claim: Claim, write: (tx: Transaction) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await holdClaim(tx, claim);
    return write(tx);
  });
}

/** The fence inside a transaction: it commits only while the claim is this worker's. @throws ClaimLost */
export async function holdClaim(tx: Transaction, claim: Claim): Promise<void> {
  const [held] = await tx
    .select({ id: documents.id })
    .from(documents)
    .where(
      and(
        eq(documents.id, claim.documentId),
        eq(documents.attempt, claim.attempt),
        inArray(documents.status, [...runningDocumentStatuses]),
      ),
    )
    .for('no key update');
  if (!held) throw new ClaimLost(`document ${claim.documentId} is no longer this worker's`);
}
