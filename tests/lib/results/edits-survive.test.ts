import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { editSession } from '#lib/edits/edit-session.ts';
import { newId } from '#lib/id.ts';
import { getResults } from '#lib/results/get.ts';
import { createSession } from '#lib/sessions/create.ts';
import { putSchema } from '#lib/schemas/put.ts';
import { spoolText, testContext, type TestContext } from '#tests/support/context.ts';
import { apply, type Command, editedSession, look, runDocument } from '#tests/support/edited-session.ts';
import { fieldName } from '#tests/support/field-names.ts';
import { type Names, schemaFields } from '#tests/support/made-result.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

const unique = (count: number) => fc.uniqueArray(fieldName, { minLength: count, maxLength: count });
const anyNames: fc.Arbitrary<Names> = fc
  .tuple(unique(5), fieldName, unique(2))
  .map(([[number = '', one = '', two = '', list = '', group = ''], inner, [key = '', value = '']]) => {
    return { number, scalars: [one, two], list, group, inner, columns: [key, value] };
  });

const pageCount = 4;
const anyNumbers = fc.array(fc.constantFrom('100-1', '100-1', '200-2', null), {
  minLength: pageCount,
  maxLength: pageCount,
});

const at = fc.nat(7);
const page = fc.nat(pageCount - 1);
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('set', 'set', 'absent'), record: at, field: at }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('cell', 'delete', 'insert'), record: at, list: at, row: at }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move'), page, to: fc.option(at, { freq: 4 }) }) },
  fc.record({ do: fc.constant('take back') }),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('extract'),
      version: fc.constantFrom<(1 | 2)[]>(1, 1, 2),
      failing: fc.option(page),
    }),
  },
  fc.record({ do: fc.constant('force'), fresh: fc.boolean() }),
  fc.record({ do: fc.constant('retry') }),
);

/** A session whose document has a page for each of these numbers, each a part of its own, and was run once. */
async function newSession(slug: string, names: Names, numbers: readonly (string | null)[]) {
  for (const version of [1, 2] as const) {
    const split = { by: names.number, pages: 1 };
    await putSchema(context, { slug, definition: { name: 'Made', fields: schemaFields(names, version), split } });
  }
  const files = [await spoolText(context, 'made.txt', `a document ${newId()}`)];
  const id = await createSession(context, { files, schema: slug });
  const session = editedSession(context, id, names, numbers);
  await runDocument(session);
  return session;
}

it('edits survive every run, each in its own record and row, whatever the names and numbers', async () => {
  let count = 0;
  const commands = fc.array(command, { minLength: 4, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(anyNames, anyNumbers, commands, async (names, numbers, given) => {
      count += 1;
      const session = await newSession(`made-${count}`, names, numbers);
      const again = { do: 'extract', version: 1, failing: null } as const;
      for (const one of [again, ...given, again]) {
        await apply(session, one);
        const { seen, expected } = await look(session);
        expect(seen).toEqual(expected);
      }
    }),
    { numRuns: 15 },
  );
}, 300_000);

it('pages are moved to a number only where one account has it', async () => {
  const names: Names = { number: 'No', scalars: ['A', 'B'], list: 'L', group: 'G', inner: 'I', columns: ['x', 'y'] };
  const { id } = await newSession('twins', names, ['100-1', '100-1', '200-2']);
  const [account] = (await getResults(context, { sessionId: id })).accounts;
  const move = { op: 'move_boundary' as const, document_id: account?.document_id ?? '', pages: [2] };
  const moveTo = (to: { account_number: string } | { account_index: number }) =>
    editSession(context, { id, operations: [{ ...move, ...to }] });
  await expect(moveTo({ account_number: '1001' })).rejects.toMatchObject({ status: 400, code: 'ambiguous_account' });
  await moveTo({ account_index: 1 });
});
