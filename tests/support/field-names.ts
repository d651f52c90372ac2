import fc from 'fast-check';

const odd = [
  'Line.Items',
  'Fees [EUR]',
  'Invoice No.',
  'A[0]',
  'A.B',
  '["x"]',
  'a"b\\c',
  '[]',
  '.',
  ' x ',
  '0',
  'constructor',
  'Straße',
  'line\nbreak',
];

/** Names that a schema may give its fields: whatever JSON Schema allows, odd ones more often than not. */
export const fieldName = fc
  .oneof(
    fc.constantFrom('A', 'B', 'x'),
    fc.constantFrom(...odd),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  )
  .filter((name) => name.trim() !== '' && name !== '__proto__');
