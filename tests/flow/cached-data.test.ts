import { expect, it } from 'vitest';
import { getCachedData } from '#lib/documents/cached-data.ts';
import { newId } from '#lib/id.ts';
import { createSession } from '#lib/sessions/create.ts';
import { getSession } from '#lib/sessions/get.ts';
import { spoolText } from '#tests/support/context.ts';
import { testWorker } from '#tests/support/worker.ts';

it('says of no page that it has no data, while its document ends', async () => {
  const worker = await testWorker();
  try {
    for (let n = 0; n < 6; n += 1) {
      const file = await spoolText(worker.context, 'a.txt', `Invoice number: INV-${newId().slice(-6)}`);
      const sessionId = await createSession(worker.context, { files: [file], schema: 'invoice' });
      const documentId = (await getSession(worker.context, sessionId)).documents[0]?.id ?? '';
      // Many readers at once, so that the end of the document falls between the questions of one of them.
      const ends = await Promise.all(Array.from({ length: 8 }, () => readUntilEnded(worker.context, documentId)));
      expect(ends.map(({ cached }) => cached)).not.toContain(false);
    }
  } finally {
    await worker.close();
  }
});

async function readUntilEnded(context: Parameters<typeof getCachedData>[0], documentId: string) {
  for (;;) {
    const data = await getCachedData(context, { documentId, pageNum: '0' });
    if (data.cached || !data.processing) return data;
  }
}
