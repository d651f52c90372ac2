import { Client } from 'pg';

/** NOTIFY as bare as it gets: one row is written, and one connection waits to be told. */
export interface RawNotify {
  /** Milliseconds from the commit until it is heard. */
  once(): Promise<number>;
  close(): Promise<void>;
}

export async function openRawNotify(connectionString: string): Promise<RawNotify> {
  const [writer, ear] = [new Client({ connectionString }), new Client({ connectionString })];
  await Promise.all([writer.connect(), ear.connect()]);
  await writer.query('create table if not exists bench_raw (id bigint generated always as identity, body text)');
  await ear.query('listen bench_raw');
  return {
    async once() {
      const heard = new Promise<number>((resolve) => ear.once('notification', () => resolve(performance.now())));
      await writer.query('begin');
      await writer.query(`insert into bench_raw (body) values ('a row')`);
      await writer.query(`select pg_notify('bench_raw', 'heard')`);
      const committedAt = performance.now();
      await writer.query('commit');
      return (await heard) - committedAt;
    },
    async close() {
      await Promise.all([writer.end(), ear.end()]);
    },
  };
}
