declare module 'word-extractor' {
  interface Text {
    getBody(): string;
    getFootnotes(): string;
    getEndnotes(): string;
    getHeaders(options: { includeFooters: boolean }): string;
    getFooters(): string;
    getTextboxes(options: { includeHeadersAndFooters: boolean; includeBody: boolean }): string;
  }
  export default class WordExtractor {
    extract(content: Buffer): Promise<Text>;
  }
}
