/** What pdf.js says of a page while it reads or draws it: it leaves out what it cannot decode, and only warns. */
export interface Heard {
  /** A picture is missing in the file, or cannot be decoded. */
  lacksPicture: boolean;
  /** Pictures were left out because none was to be decoded. */
  hasPictures: boolean;
}

const undecoded = /ignoring XObject|Unable to decode image/;
const leftOut = /Image exceeded maximum allowed size/;

/** Runs something and gives with its result what pdf.js warned of meanwhile. A process reads one file at a time. */
export async function heedWarnings<T>(run: () => Promise<T>): Promise<Heard & { value: T }> {
  const warn = console.warn;
  const heard: Heard = { lacksPicture: false, hasPictures: false };
  console.warn = (...said: unknown[]) => {
    const text = said.join(' ');
    heard.lacksPicture ||= undecoded.test(text);
    heard.hasPictures ||= leftOut.test(text);
  };
  try {
    const value = await run();
    return { ...heard, value };
  } finally {
    console.warn = warn;
  }
}
