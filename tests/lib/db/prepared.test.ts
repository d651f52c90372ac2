import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemas } from '#lib/db/tables/sessions.ts';
import { testContext, type TestContext } from '#tests/support/context.ts';

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.close());

describe('a prepared statement', () => {
  it('is planned once on its connection, whatever it asks for, and others are not kept', async () => {
    await context.db.transaction(async (tx) => {
      const slugs = ['invoice', 'receipt', 'resume'];
      for (const slug of slugs) {
        const found = await tx
          .select({ slug: schemas.slug })
          .from(schemas)
          .where(eq(schemas.slug, slug))
          .prepare('schema_slug')
          .execute();
        expect(found).toEqual([{ slug }]);
        await tx.select({ id: schemas.id }).from(schemas).where(eq(schemas.slug, slug));
      }
      const { rows } = await tx.execute(sql`
        select generic_plans + custom_plans as plans from pg_prepared_statements where statement like 'select%"schemas"%'`);
      expect(rows).toEqual([{ plans: String(slugs.length) }]);
    });
  });
});
