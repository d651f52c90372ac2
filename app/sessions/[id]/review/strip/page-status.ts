import type { PageState } from '#lib/core/contract/sessions.ts';
import type { Shape } from '#app/ui/mark.tsx';
import type { Tone } from '#app/ui/tone.ts';

interface PageLook {
  word: string;
  tone: Tone;
  shape: Shape;
}

/** How the state of a page is said and shown. */
export function pageLook({ status, failure, needs_attention }: PageState): PageLook {
  if (failure || status === 'failed') return { word: 'failed', tone: 'red', shape: 'cross' };
  if (status === 'pending') return { word: 'waiting', tone: 'grey', shape: 'dashed' };
  if (status === 'processing') return { word: 'running', tone: 'blue', shape: 'half' };
  if (status === 'skipped') return { word: 'skipped', tone: 'grey', shape: 'slash' };
  if (needs_attention > 0) return { word: `${needs_attention} to review`, tone: 'orange', shape: 'warning' };
  return { word: 'done', tone: 'green', shape: 'check' };
}
