import { Client } from 'pg';
import { connectionError } from './unavailable.ts';

export interface Listening {
  unlisten(): Promise<void>;
}

/** Hears what NOTIFY says. */
export interface Listener {
  /**
   * Resolves when the channel is listened to. `onConnect` runs then, and again whenever the connection was lost and
   * rebuilt: what was notified meanwhile was missed.
   * @throws DatabaseUnavailable when the database cannot be reached now
   */
  listen(channel: string, onMessage: (text: string) => void, onConnect?: () => void): Promise<Listening>;
  close(): Promise<void>;
}

interface Ear {
  channel: string;
  onMessage: (text: string) => void;
  onConnect: () => void;
}

const firstPauseMs = 100;
const maxPauseMs = 2000;

/** Listens for all channels on one connection of its own, made on first use and again whenever it is lost. */
export function openListener(options: { url: string; name: string }): Listener {
  const ears = new Set<Ear>();
  let connection: Promise<Client> | null = null;
  let isClosed = false;
  let pauseMs = firstPauseMs;

  const connect = async (): Promise<Client> => {
    const client = new Client({
      connectionString: options.url,
      application_name: options.name,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    let isLost = false;
    const lose = () => {
      if (isLost) return;
      isLost = true;
      connection = null;
      if (!isClosed && ears.size > 0) setTimeout(reconnect, pauseMs);
    };
    client.on('error', lose);
    client.on('end', lose);
    client.on('notification', ({ channel, payload = '' }: { channel: string; payload?: string }) => {
      for (const ear of ears) if (ear.channel === channel) ear.onMessage(payload);
    });
    try {
      await client.connect();
      for (const { channel } of ears) await client.query(`listen ${quoted(channel)}`);
    } catch (error) {
      // The caller is told, or tries again; nothing else may.
      isLost = true;
      connection = null;
      client.end().catch(() => undefined);
      throw connectionError(error);
    }
    pauseMs = firstPauseMs;
    return client;
  };
  const reconnect = () => {
    if (isClosed || connection || ears.size === 0) return;
    pauseMs = Math.min(pauseMs * 2, maxPauseMs);
    connection = connect();
    connection.then(
      () => ears.forEach((ear) => ear.onConnect()),
      () => setTimeout(reconnect, pauseMs),
    );
  };

  return {
    async listen(channel, onMessage, onConnect = () => undefined) {
      const ear: Ear = { channel, onMessage, onConnect };
      ears.add(ear);
      try {
        connection ??= connect();
        // It may have been in progress without this channel; listening twice is once.
        await (await connection).query(`listen ${quoted(channel)}`);
      } catch (error) {
        ears.delete(ear);
        throw connectionError(error);
      }
      onConnect();
      return {
        async unlisten() {
          ears.delete(ear);
          const isWanted = [...ears].some((other) => other.channel === channel);
          const client = await connection?.catch(() => null);
          if (!isWanted && client) await client.query(`unlisten ${quoted(channel)}`);
        },
      };
    },
    async close() {
      isClosed = true;
      ears.clear();
      const client = await connection?.catch(() => null);
      await client?.end();
    },
  };
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
