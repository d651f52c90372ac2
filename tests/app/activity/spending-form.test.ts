import { expect, it } from 'vitest';
import { formOf, toChange } from '#app/activity/spending-form.ts';
import { settingsChangeSchema } from '#lib/core/contract/settings.ts';

const settings = {
  budgets: { month_usd: 50, session_usd: null },
  prices: { 'gpt-5-mini': { input: 0.25, cached: 0.025, output: 2 } },
};

it('what is not touched comes back as it was', () => {
  expect(settingsChangeSchema.parse(toChange(formOf(settings)))).toEqual(settings);
});

it('an empty budget is none, an empty price of cached input is that of input', () => {
  const form = { ...formOf(settings), month: ' ', session: '$1.50' };
  const [price] = form.prices;
  if (!price) throw new Error('no price');
  const change = toChange({ ...form, prices: [{ ...price, cached: '' }] });
  expect(change).toEqual({
    budgets: { month_usd: null, session_usd: 1.5 },
    prices: { 'gpt-5-mini': { input: 0.25, cached: 0.25, output: 2 } },
  });
});

it('what is no number is refused with a reason', () => {
  const refused = settingsChangeSchema.safeParse(toChange({ ...formOf(settings), month: 'lots' }));
  expect(refused.error?.issues[0]).toMatchObject({ path: ['budgets', 'month_usd'] });
  expect(refused.error?.issues[0]?.message).toBe('must be a number of US dollars');
});
