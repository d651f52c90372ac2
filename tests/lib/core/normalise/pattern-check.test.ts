import { expect, test } from 'vitest';
import { attentionReason } from '#lib/core/values/attention.ts';
import { parseSavedDefinition } from '#lib/core/schema/definition.ts';
import { groundReading } from '#lib/core/values/ground-reading.ts';
import { textPage } from '#tests/support/text-page.ts';

function read(pattern: string, value: string) {
  const properties = { Number: { type: 'string', pattern } };
  const definition = parseSavedDefinition({ type: 'object', properties }, { slug: 'x' });
  const reading = { leaves: [{ path: ['Number'], value, quote: `Number: ${value}` }], rowsSeen: [] };
  const [leaf] = groundReading(definition, textPage(0, [`Number: ${value}`]), reading);
  if (!leaf) throw new Error('no value');
  const failing = leaf.signals.filter(({ ok }) => !ok).map(({ name, detail }) => ({ name, detail }));
  return { failing, reason: attentionReason(leaf, false) };
}

test('a value that has the form of its pattern needs no attention', () => {
  expect(read('^[A-Z]{2}-[0-9]{4}$', 'AB-1234')).toEqual({ failing: [], reason: null });
});

test('a value that has another form needs attention', () => {
  const detail = '"AB-12" does not match the pattern ^[A-Z]{2}-[0-9]{4}$';
  expect(read('^[A-Z]{2}-[0-9]{4}$', 'AB-12')).toEqual({ failing: [{ name: 'format', detail }], reason: detail });
});

test('a value whose pattern is not evaluated needs attention, whether or not it fits', () => {
  const detail =
    'its pattern was not checked: it contains a look-ahead, (?=…), which is not supported: rewrite the pattern without it';
  for (const value of ['AB-1234', 'nothing']) {
    expect(read('^(?=.*[0-9])', value)).toEqual({
      failing: [{ name: 'pattern not checked', detail }],
      reason: detail.replace('its', 'Its'),
    });
  }
});
