import { DocumentError } from '#lib/core/failures.ts';

/** No one can review more in one session, and the table of a page's accounts would not end. */
const maxAccounts = 10_000;

/** @throws DocumentError `too_complex` when a file comes to more accounts than are allowed */
export function checkAccountCount(count: number): void {
  if (count <= maxAccounts) return;
  const [has, allowed] = [count, maxAccounts].map((number) => number.toLocaleString('en-US'));
  throw new DocumentError(
    'too_complex',
    `The file has ${has} accounts, ${allowed} are allowed. Upload it in parts, or change what the schema splits by.`,
  );
}
