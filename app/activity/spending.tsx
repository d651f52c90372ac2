'use client';

import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { z } from 'zod';
import { ApiError, callApi } from '#app/api-client/call.ts';
import { cn } from '#app/ui/cn.ts';
import { Button } from '#app/ui/button.tsx';
import { FieldError, FieldLabel } from '#app/ui/field.tsx';
import { money } from '#app/ui/format.ts';
import { Input } from '#app/ui/input.tsx';
import { Progress } from '#app/ui/progress.tsx';
import { type Settings, settingsResponse } from '#lib/core/contract/settings.ts';
import { emptyPrice, formOf, type SpendingForm, toChange } from './spending-form.ts';

/** What was spent this month, and what may be: budgets and prices, to be changed in place. */
export function Spending({ first }: { first: z.output<typeof settingsResponse> }) {
  const [known, setKnown] = useState(first);
  const [form, setForm] = useState(() => formOf(first.settings));
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setIsSaving(true);
    try {
      const body = JSON.stringify(toChange(form));
      const next = await callApi('/api/settings', settingsResponse, { method: 'PUT', body });
      setKnown(next);
      setForm(formOf(next.settings));
      setProblem(null);
      toast.success('Saved. Documents waiting for budget resume.');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setProblem(error.message);
    } finally {
      setIsSaving(false);
    }
  };

  return (
    <section aria-labelledby="spending">
      <h2 id="spending" className="mb-2 font-medium">
        Spending
      </h2>
      <form onSubmit={(event) => void save(event)} className="flex flex-col gap-5 rounded-md border px-4 py-4 text-sm">
        <Spent settings={known.settings} spent={known.spent_month_usd} />
        <div className="grid gap-4 md:grid-cols-2">
          <Budget
            id="month"
            label="Monthly budget"
            value={form.month}
            onChange={(month) => setForm({ ...form, month })}
          />
          <Budget
            id="session"
            label="Budget per session"
            value={form.session}
            onChange={(session) => setForm({ ...form, session })}
          />
        </div>
        <Prices form={form} onChange={setForm} />
        <FieldError id="spending-problem">{problem}</FieldError>
        <div className="flex justify-end">
          <Button type="submit" kind="primary" disabled={isSaving} aria-describedby="spending-problem">
            Save
          </Button>
        </div>
      </form>
    </section>
  );
}

function Spent({ settings, spent }: { settings: Settings; spent: number }) {
  const { month_usd: budget } = settings.budgets;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span className="tabular-nums">
        {money(spent)} spent this month{budget === null ? ', no monthly budget' : ` of ${money(budget)}`}
      </span>
      {budget === null || budget === 0 ? null : (
        <Progress
          value={Math.min(100, (100 * spent) / budget)}
          label="Share of the monthly budget spent"
          className="w-40"
        />
      )}
    </div>
  );
}

interface BudgetProps {
  id: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function Budget({ id, label, value, onChange }: BudgetProps) {
  return (
    <div>
      <FieldLabel htmlFor={`budget-${id}`} hint="US dollars; leave empty for no limit">
        {label}
      </FieldLabel>
      <Input
        id={`budget-${id}`}
        inputMode="decimal"
        placeholder="No limit"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

const priceGrid = 'grid grid-cols-[2fr_1fr_1fr_1fr_auto] items-center gap-2 max-md:grid-cols-3';
const columns = [
  ['input', 'Input'],
  ['cached', 'Cached input'],
  ['output', 'Output'],
] as const;

function Prices({ form, onChange }: { form: SpendingForm; onChange: (form: SpendingForm) => void }) {
  const change = (at: number, part: Partial<SpendingForm['prices'][number]>) =>
    onChange({ ...form, prices: form.prices.map((price, index) => (index === at ? { ...price, ...part } : price)) });
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 font-medium">
        Prices <span className="text-xs font-normal text-faint">US dollars per million tokens</span>
      </legend>
      {form.prices.length === 0 ? (
        <p className="text-muted">No model has a price: calls count as free, and no budget applies.</p>
      ) : (
        <div aria-hidden className={cn(priceGrid, 'text-xs text-faint')}>
          <span className="max-md:hidden">Model</span>
          {columns.map(([name, label]) => (
            <span key={name}>{label}</span>
          ))}
          <span className="size-8 max-md:hidden" />
        </div>
      )}
      {form.prices.map((price, at) => (
        <div key={price.key} className={priceGrid}>
          <Input
            aria-label="Model"
            placeholder="Model"
            className="font-mono text-xs max-md:col-span-3"
            value={price.model}
            onChange={(event) => change(at, { model: event.target.value })}
          />
          {columns.map(([name, label]) => (
            <Input
              key={name}
              aria-label={`${label} of ${price.model || 'the model'}`}
              placeholder={label}
              inputMode="decimal"
              value={price[name]}
              onChange={(event) => change(at, { [name]: event.target.value })}
            />
          ))}
          <Button
            kind="quiet"
            size="icon"
            aria-label={`Remove the price of ${price.model || 'the model'}`}
            onClick={() => onChange({ ...form, prices: form.prices.filter((_, index) => index !== at) })}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button size="small" onClick={() => onChange({ ...form, prices: [...form.prices, emptyPrice()] })}>
          <Plus aria-hidden />
          Add a price
        </Button>
      </div>
    </fieldset>
  );
}
