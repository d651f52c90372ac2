import type { IncomingHttpHeaders } from 'node:http';

/** Why a request is refused before anything sees it. */
export interface Refusal {
  status: 403;
  code: string;
  message: string;
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Until sign-in exists, only this machine's own browser and programs may ask (SPEC.md §10). The Host must be a loopback
 * name, which stops other sites that point their name here; the API and every change refuse requests that another site
 * made. null: go on.
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
  if (safeMethods.has(method) && !isApi(url)) return null;
  if (headers['sec-fetch-site'] === 'cross-site') return foreign;
  return headers.origin === undefined || isOwnOrigin(headers.origin, headers.host) ? null : foreign;
}

const foreign: Refusal = { status: 403, code: 'foreign_origin', message: 'Requests from other sites are refused' };

/** However it is written: `//api/x`, `/%61pi/x` and `http://host/api/x` ask for the same. What cannot be read is taken for it. */
export function isApi(url: string): boolean {
  try {
    const { pathname } = new URL(url.replace(/^[\\/]+/, '/'), 'http://localhost');
    return /^[\\/]+api([\\/]|$)/i.test(decodeURIComponent(pathname));
  } catch (error) {
    if (error instanceof TypeError || error instanceof URIError) return true;
    throw error;
  }
}

function hostName(host: string | undefined): string | null {
  return host?.toLowerCase().replace(/:\d+$/, '') ?? null;
}

function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
