import { sql } from 'drizzle-orm';
import type { Context } from '#lib/app-context.ts';
import { fileKey } from './place.ts';

/** Kept so long after the last touch: an upload whose transaction failed may be tried again. */
const keepHours = 24;
const batch = 100;

/** Deletes what is remembered of a file whose last document is gone; an upload of the same file waits meanwhile. */
export async function forgetFile({ db, storage }: Pick<Context, 'db' | 'storage'>, sha256: string): Promise<void> {
  await db.transaction(async (tx) => {
    const unused = await tx.execute(sql`
      select 1 from files f where sha256 = ${sha256}
        and not exists (select 1 from documents d where d.sha256 = f.sha256) for update`);
    if (unused.length > 0) await forgetArtifacts(storage, sha256);
  });
}

async function forgetArtifacts(storage: Context['storage'], sha256: string): Promise<void> {
  for (const prefix of artifactPrefixes) await storage.deleteAll(`${prefix}/${sha256}`);
}

/** Prefixes under which results of a file are remembered, by its SHA-256. */
export const artifactPrefixes = ['ocr_cache', 'account_cache', 'page_mapping', 'page_data', 'page_images'] as const;

/**
 * Deletes the originals that no document and no version of a schema refers to and nobody touched for a day, with all
 * that was remembered of them. Each under its row's lock, which an upload of the same file takes too. Gives how many were deleted.
 */
export async function sweepFiles({ db, storage }: Pick<Context, 'db' | 'storage'>): Promise<number> {
  let swept = 0;
  for (;;) {
    const deleted = await db.transaction(async (tx) => {
      const rows = await tx.execute<{ sha256: string }>(sql`
        with listed as materialized (
          select distinct file ->> 'sha256' as sha256 from schema_versions v
          cross join json_array_elements(
            case when json_typeof(v.definition -> 'knowledge') = 'array' then v.definition -> 'knowledge' end
          ) file
        )
        select sha256 from files f
        where touched_at < now() - make_interval(hours => ${keepHours})
          and not exists (select 1 from documents d where d.sha256 = f.sha256)
          and not exists (select 1 from listed l where l.sha256 = f.sha256)
        limit ${batch} for update skip locked`);
      for (const { sha256 } of rows) {
        await storage.deleteAll(fileKey(sha256));
        await forgetArtifacts(storage, sha256);
        await storage.deleteAll(`knowledge/${sha256}`);
        await tx.execute(sql`delete from knowledge_passages where sha256 = ${sha256}`);
        await tx.execute(sql`delete from files where sha256 = ${sha256}`);
      }
      return rows.length;
    });
    swept += deleted;
    if (deleted < batch) return swept;
  }
}
