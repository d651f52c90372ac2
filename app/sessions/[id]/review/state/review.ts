import type { AccountView, ValueView } from '#lib/core/contract/results.ts';
import type { ListShape } from '../fields/list-shapes.ts';
import type { ValueVerbs } from '../fields/value-actions.tsx';
import type { Edits } from './use-edits.ts';
import type { Stops } from './use-focus.ts';

export interface Proposal {
  /** The value that it is for. */
  id: string;
  quote: string;
  evidence: NonNullable<ValueView['evidence']>;
}

/** All that the field side needs to show and change the account under review. */
export interface Reviewing {
  account: AccountView;
  stops: Stops;
  /** Why somebody should look, by the ids of all values of the account that need it. */
  reasons: ReadonlyMap<string, string>;
  edits: Edits;
  isReadOnly: boolean;
  /** The schema's lists with their columns. */
  lists: readonly ListShape[];
  /** The schema's definition, for live checks. */
  definition: Readonly<Record<string, unknown>>;
  /** The focused value is being typed; `start` is the text to begin with, null for the value's own. */
  editing: { start: string | null } | null;
  startEditing: (start: string | null) => void;
  saveEditing: (text: string, then: 'next' | 'back' | 'stay') => void;
  stopEditing: () => void;
  setTyped: (text: string | null) => void;
  verbs: ValueVerbs;
  /** What a click on the page proposes for a value that needed no attention; Enter takes it. */
  proposal: Proposal | null;
  /** A place on the page was pointed at for the focused value. */
  point: (quote: string, evidence: NonNullable<ValueView['evidence']>) => void;
  takeProposal: () => void;
  dropProposal: () => void;
  /** Takes another value for the focused one. */
  use: (value: string | number | boolean, evidence?: ValueView['evidence']) => void;
}
