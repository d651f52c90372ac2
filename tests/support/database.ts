import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The test run's server, at its maintenance database. */
    postgresUrl: string;
  }
}

export const templateName = 'sluice_template';

/** A fresh database, copied from the migrated template. */
export async function testDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgresUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await command(server, `create database ${name} template ${templateName}`);
  return {
    url: withDatabase(server, name),
    drop: () => command(server, `drop database ${name} with (force)`),
  };
}

export function withDatabase(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `/${name}`;
  return parsed.href;
}

/** Copies of one template are made one after the other: PostgreSQL refuses while somebody else uses it. */
async function command(server: string, text: string): Promise<void> {
  const sql = postgres(server, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(1)`;
    await sql.unsafe(text);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
