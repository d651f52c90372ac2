import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '#lib/log.ts';
import { sweepProbes } from '#lib/storage/probe-key.ts';
import type { Storage } from '#lib/storage/storage.ts';
import { sweepTemporary, temporaryFolder } from './temporary.ts';

const sweepMs = 3600_000;

/** Where a process keeps temporary files, below `DATA_DIR`. */
export interface TemporaryFiles {
  /** For uploads. On the storage's disk by default, so that a spooled file is moved, not copied. */
  spoolDir: string;
  /** For originals while they are read. */
  workDir: string;
  /** Removes this process's own. */
  close(): Promise<void>;
}

/** Opens them, and removes what killed processes left: now and every hour. */
export function openTemporaryFiles(dataDir: string, storage: Storage, log: Logger): TemporaryFiles {
  const roots = [join(dataDir, 'spool'), join(dataDir, 'work')] as const;
  const [spoolDir, workDir] = [temporaryFolder(roots[0]), temporaryFolder(roots[1])];
  const sweep = async () => {
    const swept = await Promise.allSettled([...roots.map(sweepTemporary), storage.sweep(), sweepProbes(storage)]);
    for (const { reason } of swept.filter((result) => result.status === 'rejected'))
      log.warn({ err: reason }, 'temporary files could not be swept');
  };
  let sweeping = sweep();
  const timer = setInterval(() => {
    sweeping = sweep();
  }, sweepMs).unref();
  return {
    spoolDir,
    workDir,
    async close() {
      clearInterval(timer);
      await sweeping;
      await Promise.all([spoolDir, workDir].map((folder) => rm(folder, { recursive: true, force: true })));
    },
  };
}
