// Apart from the definition, which brings the whole rule language: browsers load these.

export const engines = ['builtin', 'model'] as const;
export type EngineName = (typeof engines)[number];

export const priorities = ['high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** 0, 1, 2 in tables; `high`, `normal`, `low` elsewhere. */
export function priorityName(number: number): Priority {
  return priorities[number] ?? 'normal';
}

export function priorityNumber(name: Priority): number {
  return priorities.indexOf(name);
}

/** What becomes of files that are given together: one session, or one of its own for each. */
export const sessionModes = ['together', 'per_file'] as const;
export type SessionMode = (typeof sessionModes)[number];
