import { Client } from 'pg';

/** NOTIFY as bare as it gets: one row is written, and one connection waits to be told. */
export interface RawNotify {
  /** Milliseconds from the commit until it is heard. */
  once(): Promise<number>;
  /** Acts when it is heard; gives when it was committed and heard, by `performance.now()`. */
  hear(act: () => void): Promise<{ committedAt: number; heardAt: number }>;
  close(): Promise<void>;
}

let channels = 0;

export async function openRawNotify(connectionString: string): Promise<RawNotify> {
  const [writer, ear] = [new Client({ connectionString }), new Client({ connectionString })];
  const channel = `bench_${++channels}`;
  await Promise.all([writer.connect(), ear.connect()]);
  await writer.query('create table if not exists bench_raw (id bigint generated always as identity, body text)');
  await ear.query(`listen ${channel}`);

  const hear: RawNotify['hear'] = async (act) => {
    const heard = new Promise<number>((resolve) => {
      ear.once('notification', () => {
        act();
        resolve(performance.now());
      });
    });
    await writer.query('begin');
    await writer.query(`insert into bench_raw (body) values ('a row')`);
    await writer.query(`select pg_notify('${channel}', 'heard')`);
    const committedAt = performance.now();
    await writer.query('commit');
    return { committedAt, heardAt: await heard };
  };
  return {
    hear,
    async once() {
      const { committedAt, heardAt } = await hear(() => {});
      return heardAt - committedAt;
    },
    async close() {
      await Promise.all([writer.end(), ear.end()]);
    },
  };
}
