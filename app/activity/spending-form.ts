import type { Settings } from '#lib/core/contract/settings.ts';

/** What stands in the fields: text, as it is typed. */
export interface SpendingForm {
  month: string;
  session: string;
  prices: { key: string; model: string; input: string; cached: string; output: string }[];
}

export function formOf({ budgets, prices }: Settings): SpendingForm {
  const textOf = (usd: number | null) => (usd === null ? '' : String(usd));
  return {
    month: textOf(budgets.month_usd),
    session: textOf(budgets.session_usd),
    prices: Object.entries(prices).map(([model, { input, cached, output }]) => ({
      key: model,
      model,
      input: String(input),
      cached: String(cached),
      output: String(output),
    })),
  };
}

export function emptyPrice(): SpendingForm['prices'][number] {
  return { key: crypto.randomUUID(), model: '', input: '', cached: '', output: '' };
}

/** The body of `PUT /api/settings`; what is no number goes as it is, for the server to name. A cached price defaults to the input's. */
export function toChange({ month, session, prices }: SpendingForm) {
  const number = (text: string) => {
    const trimmed = text.trim().replace(/^\$/, '');
    return trimmed !== '' && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
  };
  const budget = (text: string) => (text.trim() === '' ? null : number(text));
  return {
    budgets: { month_usd: budget(month), session_usd: budget(session) },
    prices: Object.fromEntries(
      prices.map(({ model, input, cached, output }) => [
        model.trim(),
        { input: number(input), cached: number(cached.trim() === '' ? input : cached), output: number(output) },
      ]),
    ),
  };
}
