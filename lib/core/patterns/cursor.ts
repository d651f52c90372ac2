/** A pattern cannot be run on the linear engine: the message says why, to follow the name of a field. */
export class Unsupported extends Error {
  override name = 'Unsupported';
}

/** @throws Unsupported */
export function refuse(message: string): never {
  throw new Unsupported(message);
}

/** @throws Unsupported, for a construct that RE2 does not have */
export function refuseConstruct(what: string, construct: string): never {
  return refuse(`contains ${what}, ${construct}, which is not supported: rewrite the pattern without it`);
}

/** Reads a pattern by code points. */
export interface Cursor {
  /** The next character; null at the end. */
  peek(): string | null;
  /** The next character, passed over. @throws Unsupported at the end */
  next(): string;
  /** Passes over a text that comes next; whether it does. */
  take(text: string): boolean;
  /** Passes over what an expression (sticky, with the flag `u`) matches here; null when it does not. */
  match(expression: RegExp): RegExpExecArray | null;
  /** Without regard to case; set by `(?i)` and `(?i:…)`. */
  ignoreCase: boolean;
  /** `.` matches line ends too; set by `(?s)` and `(?s:…)`. */
  dotAll: boolean;
}

export function cursorOver(source: string): Cursor {
  let at = 0;
  const peek = (): string | null => {
    const code = source.codePointAt(at);
    return code === undefined ? null : String.fromCodePoint(code);
  };
  return {
    ignoreCase: false,
    dotAll: false,
    peek,
    next() {
      const character = peek() ?? refuse('ends too early');
      at += character.length;
      return character;
    },
    take(text) {
      const isNext = source.startsWith(text, at);
      if (isNext) at += text.length;
      return isNext;
    },
    match(expression) {
      expression.lastIndex = at;
      const found = expression.exec(source);
      if (found) at = expression.lastIndex;
      return found;
    },
  };
}
