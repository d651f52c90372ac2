import { cn } from '#app/ui/cn.ts';
import { Mark } from '#app/ui/mark.tsx';
import { Popover } from '#app/ui/popover.tsx';
import type { FieldView } from '#lib/results/get.ts';
import { PageLink, StateBadge, ValueDetail } from './value-detail.tsx';
import { stateLooks, trustText, valueText } from './value-words.ts';

/** What a machine found is said by value, reason and trust. */
const byPeople: ReadonlySet<FieldView['state']> = new Set(['edited', 'confirmed', 'absent']);

interface Props {
  label: string;
  field: FieldView;
  /** Why somebody should look at it. */
  reason: string | null;
  documentId: string;
}

/** One value: what, where it stands, and how far it can be trusted. */
export function ValueRow({ label, field, reason, documentId, isFirst = true }: Props & { isFirst?: boolean }) {
  const look = stateLooks[field.state];
  return (
    <dl className="grid min-h-10 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-3 py-1.5 md:grid-cols-[11rem_minmax(0,1fr)_minmax(0,15rem)_8rem]">
      <dt className="text-sm text-muted max-md:col-span-2 max-md:text-xs">
        {isFirst ? label : <span className="sr-only">{label}</span>}
      </dt>
      <dd className="min-w-0">
        {field.value === null ? (
          <span className="text-faint">{look.label}</span>
        ) : (
          <span className="break-words tabular-nums">{valueText(field)}</span>
        )}
        {reason ? (
          <p className="flex items-center gap-1.5 text-xs text-orange">
            <Mark tone="orange" shape="warning" className="size-3" />
            {reason}
          </p>
        ) : null}
      </dd>
      <dd className="flex min-w-0 items-center gap-2 text-xs text-muted max-md:col-start-1 max-md:row-start-3">
        {field.evidence ? (
          <>
            <PageLink documentId={documentId} pageNum={field.evidence.page_num} />
            <q className="truncate font-mono" title={field.evidence.quote}>
              {field.evidence.quote}
            </q>
          </>
        ) : null}
      </dd>
      <dd className="flex items-center justify-end gap-2 max-md:col-start-2 max-md:row-start-2">
        {byPeople.has(field.state) ? <StateBadge state={look} /> : null}
        <TrustButton label={label} field={field} reason={reason} documentId={documentId} />
      </dd>
    </dl>
  );
}

function TrustButton({ label, field, reason, documentId }: Props) {
  const isEmpty = field.value === null;
  const trigger = (
    <button
      type="button"
      aria-label={isEmpty ? `${label}: details` : `${label}: trust ${trustText(field.trust)}, reasons`}
      className={cn(
        'h-6 min-w-11 rounded-sm border border-transparent px-1.5 text-right text-xs tabular-nums transition-colors duration-100 hover:border-edge hover:bg-hover',
        reason ? 'text-orange' : 'text-muted',
      )}
    >
      {isEmpty ? '–' : trustText(field.trust)}
    </button>
  );
  return (
    <Popover trigger={trigger} title={<DetailTitle label={label} field={field} />}>
      <ValueDetail field={field} reason={reason} documentId={documentId} />
    </Popover>
  );
}

export function DetailTitle({ label, field }: Pick<Props, 'label' | 'field'>) {
  return (
    <>
      <span className="truncate">{label}</span>
      <StateBadge state={stateLooks[field.state]} />
    </>
  );
}
