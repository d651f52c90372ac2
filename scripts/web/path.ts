/**
 * A request's address, however it is written: `//api/x` and `http://elsewhere/api/x` ask for the same as `/api/x`, and
 * never for another host. null when it cannot be read.
 */
export function addressOf(url: string): URL | null {
  return URL.parse(url.replace(/^[\\/]+/, '/'), 'http://localhost');
}

/** The decoded segments of a request's path; a slash at its end says nothing. null when it cannot be read. */
export function pathSegments(url: string): string[] | null {
  const path = addressOf(url)?.pathname.replace(/^\/|\/$/g, '');
  if (path === undefined) return null;
  try {
    return path.split('/').map(decodeURIComponent);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
