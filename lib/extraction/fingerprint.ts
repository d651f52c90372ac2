import type { Scalar } from './leaf.ts';

/** Equal for two values that say the same, however they are written: case and signs between words do not count. */
export function fingerprint(value: Scalar | null): string {
  return typeof value === 'string' ? value.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase() : JSON.stringify(value);
}
