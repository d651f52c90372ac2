import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isApi } from '#scripts/web/guard.ts';

const always = { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' };

/**
 * Says to the browser what an answer may do. A page's scripts carry a nonce, new for each answer, which Next and the
 * layout take from the request; an injected script has none. The API keeps what its routes say.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse, isDev: boolean): void {
  for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
  const url = request.url ?? '/';
  if (isApi(url)) return;
  const nonce = randomBytes(16).toString('base64');
  const policy = isAsset(url) ? assetPolicy : pagePolicy(nonce, isDev);
  response.setHeader('content-security-policy', policy);
  request.headers['content-security-policy'] = policy;
  request.headers['x-nonce'] = nonce;
}

/** Scripts and what they load: a worker among them has the policy of its own answer, and no nonce. */
function isAsset(url: string): boolean {
  return url.startsWith('/_next/static/') || url.startsWith('/pdfjs/');
}

const common = [
  "default-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
];
const assetPolicy = [...common, "script-src 'self' 'wasm-unsafe-eval'"].join('; ');

/** Pages load nothing from elsewhere. What a trusted script loads is trusted; reloading while developing evaluates. */
function pagePolicy(nonce: string, isDev: boolean): string {
  return [
    ...common,
    `script-src 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
  ].join('; ');
}
