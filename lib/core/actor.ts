/** Who does something. Every verb has an actor, and every change records it. */
export type Actor =
  /** Whoever uses an installation on which no one signs in. */
  { kind: 'owner' } | { kind: 'user' | 'key' | 'inbox' | 'import' | 'worker'; id: string };

/** People and programs on an installation without sign-in. */
export const owner: Actor = { kind: 'owner' };

/** As it is recorded: `owner`, `worker:0192…`. */
export function actorName(actor: Actor): string {
  return actor.kind === 'owner' ? actor.kind : `${actor.kind}:${actor.id}`;
}
