import type { Random } from './random.ts';

/** How a packet's account numbers look. */
export interface Numbering {
  pattern: string | null;
  make(index: number): string;
}

/** Numbers that differ, in one of the usual forms; some follow upon each other. */
export function makeNumbering(random: Random): Numbering {
  const base = random.int(100_000, 899_000);
  const isSequence = random.chance(0.4);
  const serial = (index: number) => base + index * (isSequence ? 1 : 1237);
  return random.pick<Numbering>([
    { pattern: '^[0-9-]{6,}$', make: (index) => `7${serial(index)}00` },
    { pattern: '^[0-9-]{6,}$', make: (index) => `100-${serial(index)}-${(index * 7) % 10}` },
    { pattern: '^[0-9-]{6,}$', make: (index) => `000${serial(index)}` },
    { pattern: null, make: (index) => `LN-${serial(index)}-${2010 + (index % 9)}` },
    { pattern: null, make: (index) => `${serial(index)} ${1000 + index}` },
  ]);
}

/** The same number, printed otherwise: without dashes, with spaces, with leading zeros. */
export function respell(random: Random, number: string): string {
  const plain = number.replace(/[\s-]/g, '');
  const forms = /^\d+$/.test(plain) ? [plain, `00${plain}`, `${plain.slice(0, 4)} ${plain.slice(4)}`] : [plain, number];
  return forms[random.int(0, forms.length - 1)] ?? number;
}

export function mask(random: Random, number: string): string {
  const end = number.replace(/\D/g, '').slice(-4);
  return random.pick([`****${end}`, `XXXX-XX-${end}`, `ending in ${end}`]);
}
