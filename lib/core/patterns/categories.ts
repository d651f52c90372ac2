import { RE2JS, RE2JSException } from 're2js';

/** General categories of Unicode by their long names in ECMAScript; RE2 knows the short ones. */
const longNames = `
C Other, Cc Control cntrl, Cf Format, Cn Unassigned, Co Private_Use, Cs Surrogate,
L Letter, LC Cased_Letter, Ll Lowercase_Letter, Lm Modifier_Letter, Lo Other_Letter, Lt Titlecase_Letter, Lu Uppercase_Letter,
M Mark Combining_Mark, Mc Spacing_Mark, Me Enclosing_Mark, Mn Nonspacing_Mark,
N Number, Nd Decimal_Number digit, Nl Letter_Number, No Other_Number,
P Punctuation punct, Pc Connector_Punctuation, Pd Dash_Punctuation, Pe Close_Punctuation, Pf Final_Punctuation,
Pi Initial_Punctuation, Po Other_Punctuation, Ps Open_Punctuation,
S Symbol, Sc Currency_Symbol, Sk Modifier_Symbol, Sm Math_Symbol, So Other_Symbol,
Z Separator, Zl Line_Separator, Zp Paragraph_Separator, Zs Space_Separator`;

const shortNames = new Map(
  longNames.split(',').flatMap((line) => {
    const [short = '', ...long] = line.trim().split(' ');
    return long.map((name) => [name, short] as const);
  }),
);

const known = new Set<string>();

/** RE2's name of a property: a general category, a script, or a binary property. null when it has none. */
export function propertyName(name: string): string | null {
  const short = shortNames.get(name) ?? name;
  return isKnown(short) ? short : null;
}

/** Only the engine has the list. */
function isKnown(name: string): boolean {
  if (known.has(name)) return true;
  try {
    RE2JS.compile(`\\p{${name}}`);
  } catch (error) {
    if (error instanceof RE2JSException) return false;
    throw error;
  }
  known.add(name);
  return true;
}
