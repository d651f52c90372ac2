import { z } from 'zod';
import type { UploadRefused } from '#lib/sessions/upload.ts';

// Without JavaScript a refused form is shown again by the page that follows the redirect. What is wrong goes there in a
// cookie that only that page gets and that is soon gone: it is too long for an address, and an address could be made up.

export const refusalCookieName = 'refused-form';
export const refusedFormUrl = '/sessions/new?refused';

const path = '/sessions/new';
const maxAgeSeconds = 120;
/** Browsers keep cookies of up to 4,096 bytes. */
const maxBytes = 3800;

const schema = z.object({
  errors: z.array(
    z.object({
      field: z.enum(['files', 'schema', 'name', 'priority', 'form']),
      file: z.string().exactOptional(),
      message: z.string(),
    }),
  ),
  /** What was entered, to show it again. Browsers do not let files be given back. */
  given: z.object({ schema: z.string(), name: z.string(), priority: z.string() }),
});

/** A form that was sent and refused. */
export type RefusedForm = z.output<typeof schema>;

/** `Set-Cookie` for a refusal; of more problems than fit, the first. */
export function refusalCookie({ problems, fields }: Pick<UploadRefused, 'problems' | 'fields'>): string {
  const given = {
    schema: fields.schema?.slice(0, 100) ?? '',
    name: fields.name?.slice(0, 300) ?? '',
    priority: fields.priority?.slice(0, 20) ?? '',
  };
  let errors = problems.map((problem) => ({ ...problem, message: problem.message.slice(0, 500) }));
  while (encode({ errors, given }).length > maxBytes && errors.length > 0) errors = errors.slice(0, -1);
  const value = encode({ errors, given });
  return `${refusalCookieName}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict`;
}

/** null when there is none, or it is not ours. */
export function readRefusal(value: string | undefined): RefusedForm | null {
  try {
    return schema.safeParse(JSON.parse(Buffer.from(value ?? '', 'base64url').toString())).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function encode(form: RefusedForm): string {
  return Buffer.from(JSON.stringify(form)).toString('base64url');
}
