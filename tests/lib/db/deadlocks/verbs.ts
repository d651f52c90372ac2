import { countLost } from '#lib/documents/claim.ts';
import { type Claim, fenced } from '#lib/lifecycle/claim.ts';
import { forceDocument } from '#lib/documents/force.ts';
import { submitPassword } from '#lib/documents/submit-password.ts';
import { writeProgress } from '#lib/documents/progress.ts';
import { failDeadJob, completeDocument, failDocument, returnToQueue } from '#lib/documents/settle.ts';
import { editSession } from '#lib/edits/edit-session.ts';
import { editsSchema } from '#lib/core/contract/edits.ts';
import { failures } from '#lib/core/failures.ts';
import { forgetFile, sweepFiles } from '#lib/files/sweep.ts';
import { newId } from '#lib/id.ts';
import { keepPassages } from '#lib/schemas/knowledge/reading.ts';
import { takeReviewLock, releaseReviewLock } from '#lib/edits/review-lock.ts';
import { getResults } from '#lib/results/get.ts';
import { archiveSchema } from '#lib/schemas/get.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { changeSessions } from '#lib/sessions/bulk.ts';
import { cancelSession } from '#lib/sessions/cancel.ts';
import { createSession } from '#lib/sessions/create.ts';
import { reextractSession } from '#lib/sessions/reextract.ts';
import { deleteSession } from '#lib/sessions/delete.ts';
import { retrySession } from '#lib/sessions/retry.ts';
import { setPriority } from '#lib/sessions/set-priority.ts';
import { reopenSession, verifySession } from '#lib/sessions/verify.ts';
import { putSettings } from '#lib/usage/put-settings.ts';
import { budgetReasons, recordUsage, reserve } from '#lib/usage/budget.ts';
import { sharePause } from '#lib/usage/pause.ts';
import { claimOf, oneOf, progress, result, type Scene, schema, sharedFiles, slug } from './scene.ts';

type Verb = (scene: Scene) => Promise<unknown>;

const documentOf = ({ documentIds, random }: Scene) => documentIds[random.int(0, documentIds.length - 1)] ?? '';

/** What a worker does with a document that it has claimed. */
const working =
  (work: (scene: Scene, claim: Claim) => Promise<unknown>): Verb =>
  async (scene) => {
    const claim = await claimOf(scene, documentOf(scene));
    if (claim) await work(scene, claim);
  };

const edit = ({ context, sessionId }: Scene, operation: object) =>
  editSession(context, { id: sessionId, ...editsSchema.parse({ operations: [operation] }) });

/** Lists the shared files as knowledge, in an order of its own each time. */
async function putKnowledge({ context, random }: Scene) {
  const files = (await sharedFiles(context, 4)).toSorted(() => random.int(0, 1) - 0.5);
  const knowledge = files.map(({ name, sha256, type }) => ({ name, sha256, type }));
  await putSchema(context, { slug: `${slug}-${random.int(1, 2)}`, definition: { ...schema, knowledge } });
}

async function spend({ context, sessionId }: Scene, documentId: string) {
  const call = { sessionId, documentId, model: 'm' };
  const release = await reserve(context.db, call, 0.01);
  await recordUsage(context.db, { id: newId(), ...call, costUsd: 0.01, outcome: 'ok' });
  await release?.();
}

const until = () => new Date(Date.now() + 1000).toISOString();

/** Every verb that writes what another one writes too. */
export const verbs: Record<string, Verb> = {
  create: async ({ context }) => createSession(context, { files: await sharedFiles(context, 3), schema: slug }),
  retry: ({ context, sessionId }) => retrySession(context, sessionId),
  cancel: ({ context, sessionId }) => cancelSession(context, sessionId),
  remove: ({ context, sessionId }) => deleteSession(context, sessionId),
  priority: ({ context, sessionId, random }) =>
    setPriority(context, { id: sessionId, priority: oneOf(random, ['high', 'normal', 'low'] as const) }),
  bulk: ({ context, sessionId }) =>
    changeSessions(context, { action: 'priority', priority: 'high', ids: [sessionId], dry_run: false }),
  reextract: ({ context, sessionId }) => reextractSession(context, { id: sessionId, scope: 'all' }),
  verify: ({ context, sessionId }) => verifySession(context, { id: sessionId, reason: 'as good as it gets' }),
  reopen: ({ context, sessionId }) => reopenSession(context, { id: sessionId, reason: null }),
  'insert a row': (scene) =>
    edit(scene, { op: 'insert_row', document_id: documentOf(scene), account_index: 0, path: 'Rows' }),
  'set a value': async (scene) => {
    const { accounts } = await getResults(scene.context, { sessionId: scene.sessionId });
    const id = accounts[0]?.fields[0]?.id;
    if (id) await edit(scene, { op: 'set', id, value: 'by hand' });
  },
  'move a boundary': (scene) =>
    edit(scene, { op: 'move_boundary', document_id: documentOf(scene), pages: [0], account_number: 'B-2' }),
  'claim a review': ({ context, sessionId }) =>
    takeReviewLock(context, { id: sessionId, holder: `window ${newId()}`, take_over: true }),
  'release a review': ({ context, sessionId }) => releaseReviewLock(context, { id: sessionId, holder: 'window 1' }),
  force: (scene) => forceDocument(scene.context, { id: documentOf(scene), fresh: true }),
  password: (scene) => submitPassword(scene.context, { documentId: documentOf(scene), password: 'secret' }),
  complete: working(({ context }, claim) => completeDocument(context, claim, progress, result)),
  fail: working(({ context }, claim) =>
    failDocument(context, claim, progress, { reason: 'internal', message: failures.internal.message }),
  ),
  'hand back': working(({ context }, claim) => returnToQueue(context, claim, progress, null)),
  'wait for a budget': working(({ context }, claim) =>
    returnToQueue(context, claim, progress, { reason: budgetReasons.month, until: until() }),
  ),
  progress: working(({ context }, claim) => fenced(context.db, claim, (tx) => writeProgress(tx, claim, progress))),
  'count a lost worker': working(({ context }, claim) => countLost(context, claim)),
  bury: working(({ context }, claim) => failDeadJob(context, claim.job)),
  heartbeat: async (scene) => {
    const claims = await Promise.all(scene.documentIds.toReversed().map((id) => claimOf(scene, id)));
    await scene.context.queue.touch(claims.flatMap((claim) => claim?.job ?? []));
  },
  settings: ({ context, random }) => putSettings(context, { budgets: { month_usd: random.int(100, 200) } }),
  spend: (scene) => spend(scene, documentOf(scene)),
  pause: ({ context }) => sharePause(context.db, { until: Date.now(), reason: 'busy' }),
  knowledge: putKnowledge,
  passages: async ({ context }) => keepPassages(context.db, (await sharedFiles(context, 1))[0]?.sha256 ?? '', ['text']),
  'archive a schema': ({ context, random }) => archiveSchema(context, `${slug}-${random.int(1, 2)}`),
  forget: async ({ context }) => forgetFile(context, (await sharedFiles(context, 1))[0]?.sha256 ?? ''),
  sweep: ({ context }) => sweepFiles(context),
};
