import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is refused before anything sees it. */
export interface Refusal {
  status: 403 | 404 | 405;
  code: string;
  message: string;
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Methods that a standard Request cannot have. */
const debugMethods = new Set(['TRACE', 'TRACK']);

/**
 * Until sign-in exists, only this machine's own browser and programs are served (docs/spec.md §10). The Host must be a loopback
 * name, which stops other sites that point their name here. From another site nothing can be requested but a page, by
 * a link. null: accepted.
 */
export function refuseRequest(method: string, url: string, headers: IncomingHttpHeaders): Refusal | null {
  const host = hostName(headers.host);
  if (!host || !loopbackHosts.has(host)) {
    return {
      status: 403,
      code: 'foreign_host',
      message: 'Sluice answers only on 127.0.0.1, localhost and [::1]: open it there',
    };
  }
  if (debugMethods.has(method))
    return { status: 405, code: 'method_not_allowed', message: `${method} is not supported` };
  if (isImageOptimiser(url)) {
    return { status: 404, code: 'not_found', message: 'Images are served as they are, not resized' };
  }
  return isForeign(method, url, headers) ? foreign : null;
}

const foreign: Refusal = { status: 403, code: 'foreign_origin', message: 'Requests from other sites are refused' };

/**
 * Removes what only a proxy may say of a request. Next takes its own address from it: to there it sends requests of its
 * own when an action redirects.
 */
export function trustNoProxy(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers))
    if (name === 'forwarded' || name.startsWith('x-forwarded-')) delete headers[name];
}

/** A browser says where a request comes from, so one that says nothing is a program of this machine. */
function isForeign(method: string, url: string, headers: IncomingHttpHeaders): boolean {
  const mayBeLink = safeMethods.has(method) && !isApi(url);
  // Another port of this machine is another site too, though browsers call it the same.
  const site = headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return !(mayBeLink && isNavigation(headers));
  return !mayBeLink && headers.origin !== undefined && !isOwnOrigin(headers.origin, headers.host);
}

/** Whether the user followed a link; an image, a script, a frame or a fetch of another page is none. */
function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** However it is written: `//api/x`, `/%61pi/x` and `http://host/api/x` ask for the same. What cannot be read counts as one. */
export function isApi(url: string): boolean {
  return /^[\\/]+api([\\/]|$)/i.test(pathOf(url) ?? '/api');
}

/**
 * Next's image optimiser fetches any local path by a request of its own, which this guard never sees, and decodes
 * the answer in this process. It is turned off in next.config.ts; this holds should that ever change.
 */
function isImageOptimiser(url: string): boolean {
  return /^[\\/]+_next[\\/]+image([\\/]|$)/i.test(pathOf(url) ?? '');
}

/** The decoded path; null when it cannot be read. */
function pathOf(url: string): string | null {
  try {
    const { pathname } = new URL(url.replace(/^[\\/]+/, '/'), 'http://localhost');
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return null;
    throw error;
  }
}

function hostName(host: string | undefined): string | null {
  return host?.toLowerCase().replace(/:\d+$/, '') ?? null;
}

function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
