import type { PageView } from '#lib/core/contract/documents.ts';
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { loadWords } from './load-words.ts';
import { findWords } from './hit-test.ts';

/** A place where the text was found: the words of a page. */
export interface SearchHit {
  pageNum: number;
  /** Its number among those of its page, from 0. */
  number: number;
  words: number[];
}

const concurrency = 4;

/** Searches all pages of a document while their words come in, from the current page on. */
export function useSearch(documentId: string, pageCount: number, query: string, startPage: number) {
  const [pages, setPages] = useState<ReadonlyMap<number, PageView>>(new Map());
  const [reached, setReached] = useState<{ query: string; at: number } | null>(null);
  const wanted = useDeferredValue(query.trim());
  const isOpen = wanted !== '';

  const fromHere = useEffectEvent((count: number) =>
    Array.from({ length: count }, (_, index) => (index + startPage) % count),
  );
  useEffect(() => {
    if (!isOpen) return;
    let isGone = false;
    const order = fromHere(pageCount);
    const work = async () => {
      for (let pageNum = order.shift(); pageNum !== undefined && !isGone; pageNum = order.shift()) {
        const number = pageNum;
        // A page that was not read has no words to find.
        const page = await loadWords(documentId, number).catch(() => null);
        if (page && !isGone) setPages((known) => (known.has(number) ? known : new Map(known).set(number, page)));
      }
    };
    void Promise.all(Array.from({ length: concurrency }, work));
    return () => {
      isGone = true;
    };
  }, [documentId, pageCount, isOpen]);

  const found = useMemo(() => {
    if (!isOpen) return [];
    return [...pages]
      .toSorted(([a], [b]) => a - b)
      .flatMap(([pageNum, page]) =>
        findWords(page.words, wanted).map((words, number): SearchHit => ({ pageNum, number, words })),
      );
  }, [pages, wanted, isOpen]);

  // Another text starts over.
  const at = reached?.query === wanted ? reached.at : null;
  const current = at === null ? null : (found[at] ?? null);
  /** The next one, or the one before; the first is the nearest on or behind this page. */
  const go = (step: 1 | -1, pageNum: number): SearchHit | null => {
    if (found.length === 0) return null;
    const nearest = found.findIndex((one) => one.pageNum >= pageNum);
    const next = at === null ? Math.max(0, nearest) : (at + step + found.length) % found.length;
    setReached({ query: wanted, at: next });
    return found[next] ?? null;
  };
  return { query: wanted, found, current, at, go, pages, isDone: pages.size >= pageCount };
}
