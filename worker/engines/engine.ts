import type { Definition } from '#lib/core/schema/definition.ts';
import type { PageReading } from '#lib/core/values/value.ts';
import type { PromptExample } from '#lib/core/prompt/example.ts';
import type { Recalled } from '#lib/core/layouts/recalled.ts';
import type { Page } from '#lib/core/pages/page.ts';
import type { Knowledge } from '#lib/core/prompt/assemble.ts';

/** One page × account to read values from. */
export interface PageTask {
  definition: Definition;
  page: Page;
  /** The account that the page belongs to, when the schema splits. */
  accountNumber: string | null;
  /** The last lines of the page before, for a table or sentence that continues. */
  previousTail: string | null;
  /** Reference documents of the schema; none when absent. */
  references?: PageReferences;
  /** What verified documents say about a page of its layout. */
  recalled?: Recalled;
  /** Verified pages of its layout, for an engine that learns by examples. */
  examples?: readonly PromptExample[];
  /** What the page looks like, for a schema whose `input` asks for it and a page that looks like something. */
  picture?: PageImage;
}

export interface PageImage {
  png: Uint8Array;
  /** false: only a part of what it shows is this task's, the words of `page`. */
  coversWholePage: boolean;
}

/** What an engine gets of reference documents for a page. */
export interface PageReferences {
  /** The same for every page of a document. */
  whole: readonly Knowledge[];
  /** Of those that are too long, the passages that fit this page. */
  passages: readonly Knowledge[];
}

/** What it cost to read one page; zeros for the builtin engine. */
export interface PageCost {
  model: string | null;
  tokensIn: number;
  tokensCached: number;
  tokensOut: number;
  costUsd: number;
}

export interface EngineResult {
  reading: PageReading;
  cost: PageCost;
}

export interface EngineNeeds {
  /** The schema's reference documents. */
  knowledge: boolean;
  /** Images of pages, where the schema's `input` asks for them. */
  pageImages: boolean;
  /** Verified pages of a page's layout. */
  examples: boolean;
  /** Whether the built-in engine reads each page too, to be compared. */
  secondOpinion: boolean;
}

/** What reads values from a page: `builtin` or `model`. */
export interface Engine {
  name: 'builtin' | 'model';
  /** What it is to be given or compared with; opened only for engines that need it. */
  needs: EngineNeeds;
  /**
   * All that the result depends on besides the file's content, as text to hash into the result's key:
   * for the model the exact request, and the parser's version.
   */
  fingerprint(task: PageTask): string;
  /** @throws DocumentError when the page cannot be read; `signal` aborts with its reason. */
  read(task: PageTask, signal: AbortSignal): Promise<EngineResult>;
}
