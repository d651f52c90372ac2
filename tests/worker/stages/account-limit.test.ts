import { expect, test } from 'vitest';
import { checkAccountCount } from '#worker/stages/account-limit.ts';

test('a file may come to 10,000 accounts, and one of more is too complex', () => {
  checkAccountCount(10_000);
  expect(() => checkAccountCount(10_001)).toThrow(
    expect.objectContaining({
      reason: 'too_complex',
      message: expect.stringContaining('has 10,001 accounts, 10,000 are allowed'),
    }),
  );
});
