import { Mark } from '#app/ui/mark.tsx';
import { shortfallText } from '#lib/core/values/completeness.ts';
import { isDecided } from '#lib/core/values/value.ts';
import type { Row } from './blocks.ts';

/** On which pages rows of a list are missing, said above it: the place is somewhere in the list. */
export function ListShortfalls({ rows }: { rows: readonly Row[] }) {
  const open = rows.flatMap((row) => [...row.cells.values()]).filter(({ state }) => !isDecided(state));
  const texts = [...new Set(open.flatMap((field) => shortfallText(field) ?? []))];
  return texts.map((text) => (
    <p key={text} className="flex items-center gap-1.5 px-3 pb-1 text-xs text-orange">
      <Mark tone="orange" shape="warning" className="size-3" />
      {text}
    </p>
  ));
}
