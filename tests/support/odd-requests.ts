import { globSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** A verb of the API as its route file exports it. */
export interface ApiVerb {
  /** The route's path, such as `sessions/[id]/edits`. */
  route: string;
  method: string;
  call(request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response>;
}

/** Verbs that change or remove what the others need come last. */
const lastRoutes = [
  'password',
  'verify',
  'reopen',
  'force-background-processing',
  'extract',
  'retry',
  'cancel',
  'archive',
];

/** Every verb of every route under app/api, but for those that answer with a stream that does not end. */
export async function apiVerbs(): Promise<ApiVerb[]> {
  const files = globSync('app/api/**/route.ts').filter((file) => file !== 'app/api/events/route.ts');
  const verbs = await Promise.all(
    files.map(async (file) => {
      const exported: Record<string, unknown> = await import(/* @vite-ignore */ join(process.cwd(), file));
      return Object.entries(exported).flatMap(([method, call]) =>
        typeof call === 'function' ? [{ route: file.slice('app/api/'.length, -'/route.ts'.length), method, call }] : [],
      );
    }),
  );
  const rank = ({ route, method }: { route: string; method: string }) =>
    method === 'DELETE' ? lastRoutes.length : lastRoutes.findIndex((name) => route.endsWith(`/${name}`));
  return verbs.flat().toSorted((a, b) => rank(a) - rank(b) || (a.route < b.route ? -1 : 1)) as ApiVerb[];
}

const oddText = fc.oneof(
  fc.constantFrom(
    '\0',
    'a\0b',
    '\ud83d',
    'x\udc00y',
    '',
    ' ',
    '-'.repeat(36),
    '../..',
    "'; select",
    '%00',
    'e\u0301\u202e',
    '\\u0000',
    'x'.repeat(9000),
    'order',
    'Code',
    '0',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const oddNumber = fc.constantFrom(
  0,
  1,
  -1,
  1.5,
  2_147_483_647,
  2_147_483_648,
  3_000_000_000,
  -2_147_483_649,
  9_007_199_254_740_992,
  1e21,
  1e308,
  Infinity,
  Number.NaN,
);

/** Ids of what exists, so that odd values get as far as the database. */
export interface KnownIds {
  session: string;
  document: string;
  values: string[];
  rows: string[];
}

/** Calls of a route with odd texts and numbers in its path, its query and its body. */
export function oddCalls(route: string, { session, document, values, rows }: KnownIds) {
  const sessionId = fc.oneof({ weight: 4, arbitrary: fc.constant(session) }, oddText);
  const documentId = fc.oneof({ weight: 4, arbitrary: fc.constant(document) }, oddText);
  const valueId = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...values) }, oddText);
  const rowId = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...rows) }, oddText);
  const scalar = fc.oneof(oddText, oddNumber, fc.boolean());
  /** Where all were odd, the first would be refused and the others never looked at. */
  const mostly = (usual: unknown, odd: fc.Arbitrary<unknown>) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(usual) }, odd);
  const evidence = fc.record({ page_num: mostly(0, oddNumber), quote: oddText, boxes: fc.constant([]) });
  const operation = fc.oneof(
    fc.record(
      { op: fc.constant('set'), id: valueId, value: scalar, evidence },
      { requiredKeys: ['op', 'id', 'value'] },
    ),
    fc.record({ op: fc.constantFrom('confirm', 'absent', 'revert'), id: valueId }),
    fc.record({ op: fc.constant('delete_row'), row_id: rowId }),
    fc.record({ op: fc.constant('undo'), change_id: fc.oneof(sessionId, oddText) }),
    fc.record({
      op: fc.constant('insert_row'),
      document_id: documentId,
      account_index: mostly(0, oddNumber),
      path: mostly('Items', oddText),
      at: mostly(0, oddNumber),
      values: fc.dictionary(fc.oneof({ weight: 3, arbitrary: fc.constant('Item') }, oddText), scalar, { maxKeys: 2 }),
    }),
    fc.record(
      {
        op: fc.constant('move_boundary'),
        document_id: documentId,
        pages: fc.array(oddNumber, { maxLength: 2 }),
        account_index: oddNumber,
        account_number: oddText,
      },
      { requiredKeys: ['op', 'document_id', 'pages'] },
    ),
  );
  const filter = fc.record(
    { q: oddText, schema: mostly('order', oddText), status: mostly('verified', oddText) },
    { requiredKeys: ['q'] },
  );
  const scope = fc.record(
    { document_id: documentId, account_index: mostly(0, oddNumber), pages: fc.array(oddNumber, { maxLength: 2 }) },
    { requiredKeys: ['document_id'] },
  );
  const definition = fc.record(
    {
      name: oddText,
      slug: mostly('odd', oddText),
      instructions: oddText,
      locale: mostly('en-US', oddText),
      fields: fc
        .dictionary(
          oddText,
          fc.record({ type: fc.constant('string'), description: oddText, enum: fc.array(scalar, { maxLength: 2 }) }),
          { maxKeys: 2 },
        )
        .map((properties) => ({ type: 'object', properties })),
      split: fc.record({ by: oddText, pages: oddNumber }, { requiredKeys: [] }),
      rules: fc.array(fc.record({ name: oddText, check: oddText }), { maxLength: 1 }),
      extra: oddText,
    },
    { requiredKeys: ['name', 'fields'] },
  );
  const operations = fc.array(operation, { minLength: 1, maxLength: 2 });
  const edits = fc.oneof(
    { weight: 5, arbitrary: fc.record({ operations }) },
    fc.record({ operations, base_version: oddNumber }),
  );
  const prices = fc.dictionary(
    oddText,
    fc.record({ input: mostly(1, oddNumber), cached: mostly(1, oddNumber), output: mostly(1, oddNumber) }),
    {
      maxKeys: 1,
    },
  );
  /** What each verb takes, by the end of its route. */
  const bodies: Record<string, fc.Arbitrary<unknown>> = {
    edits,
    '[value_id]': fc.record({ value: scalar, version: oddNumber, evidence }, { requiredKeys: ['value'] }),
    extract: fc.record(
      { scope: fc.oneof(fc.constant('all'), scope), schema: oddText, version: oddNumber },
      { requiredKeys: ['scope'] },
    ),
    verify: fc.record({ reason: oddText }),
    reopen: fc.record({ reason: oddText }),
    claim: fc.record({ holder: fc.oneof(fc.constant('window-of-a-test\0'), oddText), take_over: fc.boolean() }),
    bulk: fc.oneof(
      fc.record({ action: fc.constant('retry'), ids: fc.array(oddText, { minLength: 1, maxLength: 2 }) }),
      fc.record({ action: fc.constantFrom('retry', 'delete'), filter, dry_run: fc.constant(true) }),
    ),
    export: fc.record(
      { format: fc.constantFrom('json', 'csv'), ids: fc.array(sessionId, { minLength: 1, maxLength: 2 }), filter },
      { requiredKeys: [] },
    ),
    views: fc.record({ name: oddText, filter }),
    settings: fc.record({ budgets: fc.record({ month_usd: oddNumber }), prices }, { requiredKeys: [] }),
    password: fc.record({ password: oddText }),
    '[id]': fc.record({ priority: oddText }),
    schemas: definition,
    '[slug]': definition,
  };
  const own = bodies[route.split('/').at(-1) ?? ''];
  const body = own
    ? fc.oneof({ weight: 5, arbitrary: own }, scalar)
    : fc.oneof(scalar, fc.dictionary(oddText, scalar, { maxKeys: 2 }));
  const text = fc.oneof(oddText, oddNumber.map(String), sessionId);
  return fc.record({
    params: fc.record({
      id: sessionId,
      doc_id: documentId,
      slug: fc.oneof(fc.constant('order'), oddText),
      value_id: valueId,
      page_num: fc.oneof(fc.constant('0'), oddText, oddNumber.map(String)),
      account_index: fc.oneof(fc.constant('0'), oddText, oddNumber.map(String)),
    }),
    query: fc.record(
      {
        q: text,
        schema: text,
        status: text,
        cursor: text,
        limit: text,
        run: text,
        version: text,
        ids: text,
        format: fc.constant('json'),
        fresh: text,
      },
      { requiredKeys: [] },
    ),
    body,
  });
}
