/** Where a page as it was read is kept in storage: equal files share it. */
export function readPageKey(sha256: string, readerKey: string, pageNum: number): string {
  return `ocr_cache/${sha256}/${readerKey}/page_${pageNum}.json`;
}
