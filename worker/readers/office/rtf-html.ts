import { escaped, pageBreak } from './html.ts';
import { RtfFonts } from './rtf-fonts.ts';
import { RtfTable } from './rtf-table.ts';
import { type RtfToken, rtfTokens } from './rtf-tokens.ts';

/** Groups that hold no text of the document. */
const silent = new Set(
  'colortbl stylesheet info pict object listtable listoverridetable revtbl rsidtbl generator xmlnstbl themedata datastore latentstyles filetbl fldinst bkmkstart bkmkend pntext nonshppict listtext'.split(
    ' ',
  ),
);
/** Groups that a reader may pass over (`\*`), and that hold text all the same. */
const known = new Set(['shpinst', 'shptxt', 'nesttableprops']);
const frames = new Set(['header', 'headerl', 'headerr', 'headerf', 'footer', 'footerl', 'footerr', 'footerf']);
const signs: Readonly<Record<string, string>> = {
  tab: ' ',
  emdash: '—',
  endash: '–',
  emspace: ' ',
  enspace: ' ',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
};
const symbols: Readonly<Record<string, string>> = { '~': '\u00a0', _: '-', '\\': '\\', '{': '{', '}': '}' };

interface State {
  isSilent: boolean;
  isHidden: boolean;
  font: number;
  /** Signs behind `\u` that stand in for it. */
  standIns: number;
  isFontTable: boolean;
  frame: 'header' | 'footer' | null;
}

/** The HTML of what an RTF file shows: its body between its headers and its footers. */
export function rtfHtml(file: string): string {
  const writer = new Writer();
  for (const token of rtfTokens(file)) writer.take(token);
  return writer.end();
}

class Writer {
  readonly #fonts = new RtfFonts();
  readonly #table = new RtfTable();
  readonly #saved: State[] = [];
  #state: State = { isSilent: false, isHidden: false, font: 0, standIns: 1, isFontTable: false, frame: null };
  #isIgnorable = false;
  #toSkip = 0;
  #bytes: number[] = [];
  #isInTable = false;
  #out = '';
  #paragraph = '';
  #cell = '';
  readonly #frames = { header: '', footer: '' };

  take(token: RtfToken): void {
    if (token.kind !== 'byte') this.#flushBytes();
    switch (token.kind) {
      case 'open':
        this.#saved.push({ ...this.#state });
        break;
      case 'close':
        this.#close();
        break;
      case 'byte':
        if (this.#toSkip > 0) this.#toSkip -= 1;
        else this.#bytes.push(token.value);
        break;
      case 'text':
        this.#text(token.text);
        break;
      case 'symbol':
        this.#symbol(token.sign);
        break;
      case 'word':
        this.#word(token.name, token.value);
    }
  }

  end(): string {
    this.#flushBytes();
    this.#endParagraph();
    const body = this.#out + this.#table.take();
    return `${this.#frames.header}${body}${this.#frames.footer}`;
  }

  #close(): void {
    if (this.#state.frame && this.#saved.at(-1)?.frame === null) this.#endFrame(this.#state.frame);
    this.#state = this.#saved.pop() ?? this.#state;
    this.#toSkip = 0;
  }

  #word(name: string, value: number | null): void {
    const isIgnorable = this.#isIgnorable;
    this.#isIgnorable = false;
    if (silent.has(name) || (isIgnorable && !known.has(name))) this.#state.isSilent = true;
    else if (name === 'fonttbl') Object.assign(this.#state, { isSilent: true, isFontTable: true });
    else if (frames.has(name)) this.#beginFrame(name.startsWith('header') ? 'header' : 'footer');
    else if (name === 'ansicpg') this.#fonts.setUsual(value ?? 0);
    else if (name === 'f') this.#state.font = value ?? 0;
    else if (name === 'fcharset' && this.#state.isFontTable) this.#fonts.add(this.#state.font, value ?? 0);
    else if (name === 'uc') this.#state.standIns = Math.max(0, value ?? 1);
    else if (name === 'u') this.#unicode(value ?? 0);
    else if (name === 'v' || name === 'deleted' || name === 'strike') this.#state.isHidden = value !== 0;
    else if (name === 'plain') this.#state.isHidden = false;
    else if (!this.#state.isSilent) this.#place(name, value);
  }

  /** What ends or arranges text. */
  #place(name: string, value: number | null): void {
    const sign = signs[name];
    if (sign !== undefined) this.#write(escaped(sign));
    else if (name === 'line' || name === 'nestcell' || name === 'nestrow') this.#write('<br>');
    else if (name === 'par' || name === 'sect') this.#endParagraph();
    else if (name === 'pard') this.#isInTable = false;
    else if (name === 'intbl') this.#isInTable = true;
    else if (name === 'page') {
      this.#endParagraph();
      if (!this.#isInTable) this.#out += pageBreak;
    } else if (name === 'cell') {
      this.#isInTable = true;
      this.#endParagraph();
      this.#table.endCell(this.#cell);
      this.#cell = '';
    } else if (name === 'row') this.#table.endRow();
    else this.#table.describe(name, value);
  }

  #symbol(sign: string): void {
    if (sign === '*') this.#isIgnorable = true;
    else if (sign === '\r' || sign === '\n') this.#endParagraph();
    else this.#text(symbols[sign] ?? '');
  }

  /** A UTF-16 unit, as a signed number. */
  #unicode(value: number): void {
    this.#write(String.fromCharCode(value < 0 ? value + 0x1_0000 : value));
    this.#toSkip = this.#state.standIns;
  }

  #text(text: string): void {
    const skipped = Math.min(this.#toSkip, text.length);
    this.#toSkip -= skipped;
    this.#write(escaped(text.slice(skipped)));
  }

  #flushBytes(): void {
    if (this.#bytes.length === 0) return;
    const text = this.#fonts.decode(this.#bytes, this.#state.font);
    this.#bytes = [];
    this.#write(escaped(text));
  }

  #write(html: string): void {
    if (!this.#state.isSilent && !this.#state.isHidden) this.#paragraph += html;
  }

  #endParagraph(): void {
    const html = `<p>${this.#paragraph}</p>`;
    this.#paragraph = '';
    const { frame } = this.#state;
    if (frame) this.#frames[frame] += html;
    else if (this.#isInTable) this.#cell += html;
    else this.#out += this.#table.take() + html;
  }

  #beginFrame(frame: 'header' | 'footer'): void {
    this.#state.frame = frame;
  }

  #endFrame(frame: 'header' | 'footer'): void {
    if (this.#paragraph !== '') this.#frames[frame] += `<p>${this.#paragraph}</p>`;
    this.#paragraph = '';
  }
}
