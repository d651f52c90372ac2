import { glob } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isApi } from '#scripts/web/guard.ts';
import { pathSegments } from './path.ts';
import type { Handler } from './serve.ts';

/** A function of a route file, named after its HTTP method. */
type Verb = (request: Request, props: { params: Promise<Record<string, string>> }) => Promise<Response>;

interface Route {
  /** Of its path: a text that must be equal, or the name of the parameter that takes the segment's place. */
  segments: readonly (string | { param: string })[];
  verbs: ReadonlyMap<string, Verb>;
}

/** The routes that are served without Next. */
export interface Routes {
  /** What answers a request; null when Next does. */
  find(method: string, url: string): Handler | null;
}

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Loads every `route.ts` below `folder`, which lie and look as Next's do: docs/decisions/0015-routes-outside-next.md says why
 * Next does not serve them.
 */
export async function loadRoutes(folder: string): Promise<Routes> {
  const routes: Route[] = [];
  for await (const file of glob('**/route.ts', { cwd: folder })) {
    const exported: Record<string, unknown> = await import(pathToFileURL(join(folder, file)).href);
    routes.push({ segments: dirname(file).split(sep).map(toSegment), verbs: verbsOf(exported) });
  }
  routes.sort(bySpecificity);
  return {
    find(method, url) {
      const path = pathSegments(url) ?? [];
      for (const route of routes) {
        const params = paramsOf(route, path);
        if (params) return (request) => answer(route, method, request, params);
      }
      return isApi(url) ? async () => refuse(404, 'not_found', 'There is no such call') : null;
    },
  };
}

async function answer({ verbs }: Route, method: string, request: Request, params: Record<string, string>) {
  const verb = verbs.get(method === 'HEAD' ? 'GET' : method);
  if (verb) return verb(request, { params: Promise.resolve(params) });
  const allow = [...verbs.keys(), ...(verbs.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ');
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } });
  return refuse(405, 'method_not_allowed', `This call takes ${allow}, not ${method}`, { allow });
}

function refuse(status: number, code: string, message: string, headers: Record<string, string> = {}): Response {
  return Response.json({ success: false, error: { code, message } }, { status, headers });
}

function toSegment(text: string): Route['segments'][number] {
  const param = /^\[(\w+)\]$/.exec(text)?.[1];
  return param === undefined ? text : { param };
}

function verbsOf(exported: Record<string, unknown>): Route['verbs'] {
  const verbs = Object.entries(exported).filter(([name, verb]) => methods.has(name) && typeof verb === 'function');
  return new Map(verbs as [string, Verb][]);
}

/** The values of the route's parameters; null when the path is not the route's. */
function paramsOf({ segments }: Route, path: readonly string[]): Record<string, string> | null {
  if (segments.length !== path.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const given = path[index] ?? '';
    if (typeof segment === 'string' ? segment !== given : given === '') return null;
    if (typeof segment !== 'string') params[segment.param] = given;
  }
  return params;
}

/** `sessions/bulk` comes before `sessions/[id]`, which would take it too. */
function bySpecificity(a: Route, b: Route): number {
  for (const [index, segment] of a.segments.entries()) {
    const difference = Number(typeof segment !== 'string') - Number(typeof b.segments[index] !== 'string');
    if (difference !== 0) return difference;
  }
  return 0;
}
