import { shortfallText } from './completeness.ts';
import { printedSignal } from './invoice-claims.ts';
import { sureShare } from './trust.ts';
import { isDecided, type Value } from './value.ts';
import type { Scalar } from '#lib/core/fields/path.ts';

const minTrust = 0.6;

type Judged = Pick<Value, 'state' | 'trust' | 'signals' | 'checks'> & { suggestion?: { value: Scalar } | null };

/** Why a person should look at a value, in plain words; null when no one needs to. */
export function attentionReason(leaf: Judged, isRequired: boolean): string | null {
  const failed = leaf.checks.find((check) => !check.ok && check.severity === 'error');
  if (failed) return failed.message;
  if (leaf.suggestion) return `A later run found ${String(leaf.suggestion.value)}`;
  if (isDecided(leaf.state)) return null;
  const shortfall = shortfallText(leaf);
  if (shortfall) return shortfall;
  const unprinted = leaf.signals.find(({ name, ok }) => name === printedSignal && !ok);
  if (unprinted) return sentence(unprinted.detail);
  if (leaf.state === 'not_found') return isRequired ? 'It is required and was not found' : null;
  if (leaf.state === 'not_in_document') return 'It was not found in the document';
  if (leaf.state === 'conflict') return 'Pages disagree';
  const doubt = leaf.signals.find((signal) => !signal.ok && signal.name !== 'spelling');
  const isLearned = leaf.signals.some(({ share }) => share !== undefined);
  return leaf.trust < (isLearned ? sureShare : minTrust) ? sentence(doubt?.detail ?? 'it is not certain enough') : null;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
