const anyDigit = /^\p{Nd}$/u;

/** Unicode has the digits of a script in a row, from zero to nine. */
export function latinDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (anyDigit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}
