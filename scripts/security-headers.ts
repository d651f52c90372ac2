interface SecurityHeaders {
  all: Readonly<Record<string, string>>;
  /** Not for the API: Next keeps what stands already, and a route that gives out a file has a stricter policy. */
  page: Readonly<Record<string, string>>;
}

/** What answers say to the browser. */
export function securityHeaders(isDev: boolean): SecurityHeaders {
  return {
    all: { 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin' },
    page: { 'content-security-policy': contentPolicy(isDev) },
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
