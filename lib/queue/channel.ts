/** NOTIFY channel that wakes idle workers. It says what waits: the name of a task, or anything else for documents. */
export const jobsChannel = 'sluice_jobs';
