import { recalibrate, recalibrateTask } from '#lib/results/recalibrate.ts';
import { handleTask } from '../run-tasks.ts';

/** Works out how far trust in a schema's values is from what people found. */
export default handleTask({
  task: recalibrateTask,
  concurrency: 1,
  open: (context) => ({ run: ({ schemaId }) => recalibrate(context, schemaId) }),
});
