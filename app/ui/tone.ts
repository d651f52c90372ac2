/** The colours of states. Always with a shape or a word. */
export const tones = ['blue', 'amber', 'green', 'red', 'orange', 'grey', 'accent'] as const;
export type Tone = (typeof tones)[number];

export const toneText: Record<Tone, string> = {
  blue: 'text-blue',
  amber: 'text-amber',
  green: 'text-green',
  red: 'text-red',
  orange: 'text-orange',
  grey: 'text-grey',
  accent: 'text-link',
};

export const toneFill: Record<Tone, string> = {
  blue: 'bg-blue-soft text-blue',
  amber: 'bg-amber-soft text-amber',
  green: 'bg-green-soft text-green',
  red: 'bg-red-soft text-red',
  orange: 'bg-orange-soft text-orange',
  grey: 'bg-grey-soft text-grey',
  accent: 'bg-accent-soft text-link',
};
