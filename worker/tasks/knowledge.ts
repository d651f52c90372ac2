import { DocumentError } from '#lib/core/failures.ts';
import { knowledgeTask } from '#lib/schemas/knowledge/reading.ts';
import { readKnowledge } from '../document/knowledge.ts';
import { handleTask } from '../run-tasks.ts';

/** Reads the reference documents that screens wait for. */
export default handleTask({
  task: knowledgeTask,
  concurrency: 1,
  open: ({ db, log }, services) => ({
    async run(file) {
      await readKnowledge(db, services, file).catch((error: unknown) => {
        // It may go better another time: whoever uses the document has it read again.
        if (!(error instanceof DocumentError)) throw error;
        log.warn({ sha256: file.sha256, err: error }, 'a reference document could not be read now');
      });
    },
  }),
});
