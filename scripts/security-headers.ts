/** What every answer says to the browser. A route may set its own policy, which then stands instead. */
export function securityHeaders(isDev: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentPolicy(isDev),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  };
}

/** Pages load nothing from elsewhere. Next puts a page's data into inline scripts; reloading while developing evaluates. */
function contentPolicy(isDev: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
