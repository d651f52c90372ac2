import { z } from 'zod';
import { envSchema } from '#lib/env.ts';

const settings = z.object({
  properties: z.record(
    z.string(),
    z.object({
      description: z.string(),
      default: z.union([z.string(), z.number(), z.boolean()]).optional(),
      shownDefault: z.string().optional(),
    }),
  ),
});

const head = `# All settings, each optional. Copy this file to .env, or set environment variables, which win over .env.
# Generated from lib/env.ts by npm run env-example.
`;

/** The text of `.env.example`: every setting with its description and its default, all commented out. */
export function envExample(): string {
  const { properties } = settings.parse(z.toJSONSchema(envSchema, { io: 'input' }));
  const parts = Object.entries(properties).map(([name, { description, default: value, shownDefault }]) => {
    const note = shownDefault ? ` Default: ${shownDefault}.` : '';
    const shown = shownDefault === undefined && value !== undefined ? value : '';
    return `# ${description}${note}\n# ${name}=${shown}\n`;
  });
  return [head, ...parts].join('\n');
}
