/** A start that cannot succeed, with a sentence for people. */
export class StartError extends Error {
  override name = 'StartError';
}
