import { owner } from '#lib/core/actor.ts';
import { type Context, webServices } from '#lib/context.ts';

/** The context of a request: the process's services, and who sent it. No one signs in, so it is the owner. */
export async function requestContext(): Promise<Context> {
  return { ...(await webServices()), actor: owner };
}
