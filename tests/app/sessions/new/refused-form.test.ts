import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRefusal, refusalCookie } from '#app/sessions/new/refused-form.ts';

const valueOf = (cookie: string) => /^refused-form=([^;]*);/.exec(cookie)?.[1];

describe('the cookie of a refused form', () => {
  it('carries any text, and always fits a browser', () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 });
    const problem = fc.record({ field: fc.constant('files' as const), file: text, message: text });
    fc.assert(
      fc.property(fc.array(problem, { maxLength: 12 }), text, (problems, name) => {
        const cookie = refusalCookie({ problems, fields: { schema: 'invoice', name, priority: 'high' } });
        expect(cookie.length).toBeLessThan(4096);
        const form = readRefusal(valueOf(cookie));
        expect(form?.given).toMatchObject({ schema: 'invoice', priority: 'high' });
        expect(problems.slice(0, form?.errors.length).map(({ field }) => field)).toEqual(
          form?.errors.map(({ field }) => field),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('says what is wrong and what was entered', () => {
    const problems = [{ field: 'files' as const, file: 'ä;.pdf', message: 'ä;.pdf is empty' }];
    const form = readRefusal(valueOf(refusalCookie({ problems, fields: { name: '日本' } })));
    expect(form).toEqual({ errors: problems, given: { schema: '', name: '日本', priority: '' } });
  });

  it.each([undefined, '', 'e30', 'not base64 at all!', 'W10'])('is ignored when it is not ours: %j', (value) => {
    expect(readRefusal(value)).toBeNull();
  });
});
