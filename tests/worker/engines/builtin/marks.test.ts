import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printPage, read } from './support/page.ts';

const marital = { type: 'string', enum: ['single', 'married', 'divorced'] };
const smoker = { type: 'boolean' };
const valuesOf = (properties: Record<string, unknown>, ...lines: string[]) =>
  read(properties, printPage(lines.map((line) => [[5, line] as const].map(([at, text]) => [at, text])))).values;

describe('what is ticked', () => {
  it.each([
    ['boxes', 'Status: ☐ single ☒ married ☐ divorced'],
    ['brackets', 'Status: [ ] single [x] married [ ] divorced'],
    ['letters in brackets', 'Status: ( ) single (X) married ( ) divorced'],
    ['radio buttons', 'Status: ○ single ● married ○ divorced'],
    ['boxes behind', 'Status: single ☐ married ☒ divorced ☐'],
  ])('is the value, and not the first that is printed: %s', (_name, line) => {
    expect(valuesOf({ Status: marital }, line)).toEqual({ Status: 'married' });
  });

  it.each([
    ['Smoker: ☐ Yes ☒ No', 'No'],
    ['Smoker: ☒ Yes ☐ No', 'Yes'],
    ['Smoker ☒', '☒'],
    ['Smoker ☐', '☐'],
    ['☒ Smoker', '☒'],
  ])('is yes or no: %s', (line, value) => {
    expect(valuesOf({ Smoker: smoker }, line)).toEqual({ Smoker: value });
  });

  it('is nothing where no box is ticked', () => {
    expect(valuesOf({ Status: marital }, 'Status: ☐ single ☐ married ☐ divorced')).toEqual({});
  });
});

it('of any options just the ticked one is the value', () => {
  const pairs = fc.constantFrom<[string, string]>(['☒', '☐'], ['[x]', '[ ]'], ['(X)', '( )'], ['✓', '☐'], ['●', '○']);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom('alpha', 'beta two', 'gamma', 'delta'), { minLength: 2 }),
      pairs,
      fc.nat(),
      (members, [on, off], pick) => {
        const chosen = members[pick % members.length];
        const line = `Plan: ${members.map((member) => `${member === chosen ? on : off} ${member}`).join(' ')}`;
        expect(valuesOf({ Plan: { type: 'string', enum: members } }, line)).toEqual({ Plan: chosen });
      },
    ),
  );
});
