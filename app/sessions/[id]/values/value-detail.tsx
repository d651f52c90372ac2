import Link from 'next/link';
import { Badge } from '#app/ui/badge.tsx';
import { cn } from '#app/ui/cn.ts';
import { Mark } from '#app/ui/mark.tsx';
import type { FieldView } from '#lib/results/get.ts';
import { signalLabels, trustText } from './value-words.ts';

/** Everything that speaks for and against a value. */
export function ValueDetail({
  field,
  reason,
  documentId,
}: {
  field: FieldView;
  reason: string | null;
  documentId: string;
}) {
  return (
    <div className="flex flex-col gap-3">
      {reason ? <p className="text-orange">{reason}</p> : null}
      {field.evidence ? (
        <blockquote className="border-l-2 border-edge pl-2.5">
          <p className="font-mono text-xs break-words">{field.evidence.quote}</p>
          <PageLink documentId={documentId} pageNum={field.evidence.page_num} className="mt-1 inline-block text-xs" />
        </blockquote>
      ) : null}
      {field.raw !== null && field.raw !== String(field.value) && field.raw !== field.evidence?.quote ? (
        <p className="text-xs text-muted">
          As printed: <span className="font-mono">{field.raw}</span>
        </p>
      ) : null}
      <ul className="flex flex-col gap-1">
        {field.signals.map(({ name, ok, detail }) => (
          <Reason key={name} isGood={ok} title={signalLabels[name] ?? name} detail={detail} />
        ))}
        {field.checks.map(({ rule, ok, message, severity }) => (
          <Reason
            key={rule}
            isGood={ok}
            title={`Rule: ${rule}`}
            detail={ok ? '' : `${message}${severity === 'warning' ? ' (warning)' : ''}`}
          />
        ))}
      </ul>
      <p className="border-t pt-2 text-xs text-muted">
        {field.value === null ? 'There is nothing to trust.' : `Trust ${trustText(field.trust)}, computed from these.`}
      </p>
    </div>
  );
}

function Reason({ isGood, title, detail }: { isGood: boolean; title: string; detail: string }) {
  return (
    <li className="flex items-start gap-2">
      <Mark tone={isGood ? 'green' : 'orange'} shape={isGood ? 'check' : 'warning'} className="mt-[3px]" />
      <span>
        <span className="sr-only">{isGood ? 'For it: ' : 'Against it: '}</span>
        {title}
        {detail ? <span className="block text-xs text-muted">{detail}</span> : null}
      </span>
    </li>
  );
}

/** To the page as it looks. `pageNum` counts from 0. */
export function PageLink({
  documentId,
  pageNum,
  className,
}: {
  documentId: string;
  pageNum: number;
  className?: string;
}) {
  return (
    <Link
      href={`/documents/${documentId}/pages/${pageNum}`}
      prefetch={false}
      className={cn('rounded-sm whitespace-nowrap text-link hover:underline', className)}
    >
      Page {pageNum + 1}
    </Link>
  );
}

export function StateBadge({ state }: { state: { label: string; tone: Parameters<typeof Badge>[0]['tone'] } }) {
  return <Badge tone={state.tone}>{state.label}</Badge>;
}
