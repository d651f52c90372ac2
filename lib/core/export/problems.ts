import { attentionReason } from '#lib/core/values/attention.ts';
import type { Value } from '#lib/core/values/value.ts';
import { pathText } from '#lib/core/fields/path.ts';
import { isRequired } from '#lib/core/values/recheck.ts';
import { type Cell, countCell, textCell } from './cell.ts';
import type { ExportedAccount, ExportedSession, Exported } from './input.ts';

/** Something that a person who uses the export should know. */
export interface Problem {
  kind: (typeof problemKinds)[keyof typeof problemKinds];
  detail: string;
  session: { id: string; name: string } | null;
  document: { id: string; name: string } | null;
  account_number: string | null;
  /** 0-based. */
  page_num: number | null;
  /** The value's path. */
  field: string | null;
  value: string | null;
}

export const problemKinds = {
  missing: 'Not exported',
  unfinished: 'Session not finished',
  session: 'Session failed',
  document: 'Document failed',
  page: 'Page failed',
  rule: 'Rule fails',
  notInDocument: 'Not in document',
  attention: 'Needs attention',
  stray: 'Value without a column',
  cut: 'Text cut',
} as const;

const nowhere = { session: null, document: null, account_number: null, page_num: null, field: null, value: null };

/** What is wrong with a session as a whole, its documents and its pages. */
export function sessionProblems(session: Exported): Problem[] {
  if ('missing' in session) {
    return [{ ...nowhere, kind: problemKinds.missing, detail: session.missing, session: { id: session.id, name: '' } }];
  }
  const about = { ...nowhere, session: { id: session.id, name: session.name } };
  const documentOf = (id: string) => session.documents.find((document) => document.id === id) ?? null;
  return [
    ...wholeProblems(session).map((problem) => ({ ...about, ...problem })),
    ...session.documents.flatMap((document) => {
      if (document.status !== 'failed' && document.status !== 'cancelled') return [];
      const detail = document.failure?.message ?? 'Cancelled before it was finished.';
      return [{ ...about, kind: problemKinds.document, detail, document }];
    }),
    ...session.failedPages.map(({ document_id, page_num, failure }) => ({
      ...about,
      kind: problemKinds.page,
      detail: failure.message,
      document: documentOf(document_id),
      page_num,
    })),
  ];
}

function wholeProblems({ status, failure }: ExportedSession): Pick<Problem, 'kind' | 'detail'>[] {
  if (status === 'processing') {
    return [{ kind: problemKinds.unfinished, detail: 'It is still being processed: values may be missing or change.' }];
  }
  if (status === 'cancelled') {
    return [{ kind: problemKinds.unfinished, detail: 'It was cancelled: it has what was done by then.' }];
  }
  if (status !== 'failed') return [];
  return [{ kind: problemKinds.session, detail: failure?.message ?? 'No document gave a result.' }];
}

/** What is wrong with the values of an account: rules that fail, each once, and values that a person should see. */
export function accountProblems(session: ExportedSession, account: ExportedAccount): Problem[] {
  const told = new Set<string>();
  return account.leaves.flatMap((leaf) => {
    const failing = leaf.checks.filter((check) => !check.ok && !told.has(`${check.rule}\n${check.message}`));
    for (const check of failing) told.add(`${check.rule}\n${check.message}`);
    const about = aboutValue(session, account, leaf);
    const rules = failing.map(({ rule, severity, message }) => ({
      ...about,
      kind: problemKinds.rule,
      detail: `${message} (${rule}, ${severity})`,
    }));
    const reason = reasonBesideRules(session, leaf);
    if (!reason) return rules;
    const kind = leaf.state === 'not_in_document' ? problemKinds.notInDocument : problemKinds.attention;
    return [...rules, { ...about, kind, detail: reason }];
  });
}

/** A value that is doubted because a rule fails is told with the rule. */
function reasonBesideRules({ definition }: ExportedSession, leaf: Value): string | null {
  const isWrong = leaf.checks.some((check) => !check.ok && check.severity === 'error');
  const beside = { ...leaf, checks: [], trust: isWrong ? 1 : leaf.trust };
  return attentionReason(beside, isRequired(definition, leaf.path));
}

/** How many values of an account a person should see, counted as the session's `needs_attention`. */
export function attentionCount({ definition }: ExportedSession, { leaves }: ExportedAccount): number {
  return leaves.filter((leaf) => attentionReason(leaf, isRequired(definition, leaf.path)) !== null).length;
}

/** The place of a value, for a problem with it. */
export function aboutValue(session: ExportedSession, account: ExportedAccount, leaf: Value) {
  return {
    session: { id: session.id, name: session.name },
    document: session.documents.find(({ id }) => id === account.document_id) ?? null,
    account_number: account.account_number,
    page_num: leaf.evidence?.pageNum ?? null,
    field: pathText(leaf.path),
    value: leaf.value === null ? null : String(leaf.value),
  };
}

export const problemHeading = {
  keys: [
    'problem',
    'detail',
    'session',
    'document',
    'account_no',
    'page',
    'field',
    'value',
    'session_id',
    'document_id',
  ],
  labels: [
    'Problem',
    'Detail',
    'Session',
    'Document',
    'Account no.',
    'Page',
    'Field',
    'Value',
    'Session ID',
    'Document ID',
  ],
};

export function problemRow(problem: Problem): Cell[] {
  const { kind, detail, session, document, account_number, page_num, field, value } = problem;
  return [
    textCell(kind),
    textCell(detail),
    textCell(session?.name ?? null),
    textCell(document?.name ?? null),
    textCell(account_number),
    page_num === null ? null : countCell(page_num + 1),
    textCell(field),
    textCell(value),
    textCell(session?.id ?? null),
    textCell(document?.id ?? null),
  ];
}
