// Apart from the definition, which brings the whole rule language: browsers load these.

export const priorities = ['high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export const engines = ['builtin', 'model'] as const;
export type EngineName = (typeof engines)[number];
