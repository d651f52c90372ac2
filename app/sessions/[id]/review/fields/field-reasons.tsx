import type { ValueView } from '#lib/core/contract/results.ts';
import { Button } from '#app/ui/button.tsx';
import { Mark } from '#app/ui/mark.tsx';
import { isDecided } from '#lib/core/values/value.ts';
import { signalLabels, stateLooks, trustText, valueText } from './value-labels.ts';

interface Props {
  field: ValueView;
  /** Takes another value in its place; null where nothing may be changed. */
  onUse: ((value: string | number | boolean, evidence?: ValueView['evidence']) => void) | null;
}

/** Why a value is trusted, or why not; what it was before; and what else it could be. */
export function FieldReasons({ field, onUse }: Props) {
  const { evidence, original, suggestion } = field;
  const alternatives = isDecided(field.state) ? [] : field.signals.flatMap((signal) => signal.alternatives ?? []);
  return (
    <div className="mt-1 flex flex-col gap-1.5 text-xs text-muted">
      {evidence ? (
        <p className="truncate" title={evidence.quote}>
          Page {evidence.page_num + 1}: <q className="font-mono">{evidence.quote}</q>
        </p>
      ) : null}
      {original ? (
        <p>
          Extracted:{' '}
          {original.value === null ? (
            stateLooks[original.state].label
          ) : (
            <span className="font-mono">{valueText(original)}</span>
          )}
          {field.state === 'edited' && field.value !== null ? <> → {valueText(field)}</> : null}
        </p>
      ) : null}
      {suggestion ? (
        <Choice
          label="A later run found"
          values={[String(suggestion.value)]}
          onUse={onUse && (() => onUse(suggestion.value, suggestion.evidence))}
        />
      ) : null}
      {alternatives.length > 0 ? (
        <Choice label="Or" values={alternatives} onUse={onUse && ((value) => onUse(value, evidence))} />
      ) : null}
      <ul className="flex flex-col gap-0.5">
        {field.checks.map(({ rule, ok, message, severity }) => (
          <Reason
            key={rule}
            isGood={ok}
            isError={severity === 'error'}
            text={ok ? `Rule passes: ${rule}` : message || rule}
          />
        ))}
        {field.signals.map(({ name, ok, detail }) => (
          <Reason
            key={name}
            isGood={ok}
            isNeutral={name === 'no_opinion'}
            text={`${signalLabels[name] ?? name}: ${detail}`}
          />
        ))}
      </ul>
      {field.value === null || isDecided(field.state) ? null : (
        <p className="text-faint">Trust {trustText(field.trust)}, computed from these</p>
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  values: readonly string[];
  onUse: ((value: string) => void) | null;
}

function Choice({ label, values, onUse }: ChoiceProps) {
  return (
    <p className="flex flex-wrap items-center gap-1.5">
      {label}
      {values.map((value) => (
        <Button
          key={value}
          size="small"
          tabIndex={-1}
          disabled={onUse === null}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onUse?.(value)}
        >
          {value}
        </Button>
      ))}
    </p>
  );
}

interface ReasonProps {
  isGood: boolean;
  isError?: boolean;
  /** It speaks neither for the value nor against it. */
  isNeutral?: boolean;
  text: string;
}

function Reason({ isGood, isError = false, isNeutral = false, text }: ReasonProps) {
  const tone = isNeutral ? 'grey' : isGood ? 'green' : isError ? 'red' : 'orange';
  const shape = isNeutral ? 'dot' : isGood ? 'check' : isError ? 'cross' : 'warning';
  return (
    <li className="flex items-start gap-1.5">
      <Mark tone={tone} shape={shape} className="mt-0.5 size-3" />
      <span>
        {isNeutral ? null : <span className="sr-only">{isGood ? 'For it: ' : 'Against it: '}</span>}
        {text}
      </span>
    </li>
  );
}
