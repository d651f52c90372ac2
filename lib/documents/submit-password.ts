import { constants, publicEncrypt } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Context } from '#lib/context.ts';
import type { Transaction } from '#lib/db/client.ts';
import { documents, type SealedPassword } from '#lib/db/tables/sessions.ts';
import { RequestError } from '#lib/core/errors.ts';
import { refreshSession } from '#lib/lifecycle/refresh.ts';
import { moveSession, workedOnAgain } from '#lib/lifecycle/sessions.ts';
import { liveWorkers } from '#lib/workers/registry.ts';
import { getDocument } from './get.ts';
import { lockDocuments } from '../lifecycle/lock.ts';
import { requeueDocuments } from '../lifecycle/documents.ts';

/** How a password is sealed and opened; both sides use it. */
export const sealing = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' } as const;

/**
 * Gives the password of a protected file, and has that document read. It is kept sealed, so that only the memory of
 * workers that are alive now can open it, and only until the reading has ended; it is never written in the clear.
 * @throws RequestError 404; 409 when the document does not wait for a password; 503 when no worker is alive
 */
export async function submitPassword(
  { db, queue, actor }: Pick<Context, 'db' | 'queue' | 'actor'>,
  { documentId, password }: { documentId: string; password: string },
): Promise<{ sessionId: string }> {
  const { document } = await getDocument({ db }, documentId);
  return db.transaction(async (tx) => {
    const isEncrypted = and(eq(documents.status, 'failed'), eq(documents.failureReason, 'encrypted_file'));
    const [waiting] = await lockDocuments(tx, and(eq(documents.id, document.id), isEncrypted));
    if (!waiting) throw new RequestError('conflict', 'not_encrypted', 'This document is not waiting for a password');
    const sealed = await sealForAll(tx, password);
    const session = await moveSession({ tx, actor }, waiting.sessionId, 'give_password', workedOnAgain, waiting.id);
    const { priority } = session;
    const changes = { sealedPassword: sealed };
    await requeueDocuments({ tx, queue }, [waiting.id], 'give_password', { priority, changes });
    await refreshSession({ tx, actor }, waiting.sessionId);
    return { sessionId: waiting.sessionId };
  });
}

async function sealForAll(tx: Transaction, password: string): Promise<SealedPassword> {
  const keys = (await liveWorkers(tx)).flatMap(({ id, publicKey }) => (publicKey ? [{ id, publicKey }] : []));
  if (keys.length === 0) {
    throw new RequestError(
      'unavailable',
      'no_worker',
      'No worker is running that could read the file: start one, then try again',
    );
  }
  return Object.fromEntries(
    keys.map(({ id, publicKey: key }) => [
      id,
      publicEncrypt({ key, ...sealing }, Buffer.from(password)).toString('base64'),
    ]),
  );
}
