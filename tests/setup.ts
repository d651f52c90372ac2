import { beforeEach, expect, vi } from 'vitest';

/** What nobody expected on the error stream is a mistake that a test must not hide. */
beforeEach(() => {
  const complained = vi.spyOn(console, 'error');
  return () => {
    const said = complained.mock.calls.map((parts) => parts.join(' '));
    complained.mockRestore();
    expect(said, 'console.error was called').toEqual([]);
  };
});
