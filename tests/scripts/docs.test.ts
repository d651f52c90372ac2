import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scripts } from '../../package.json' with { type: 'json' };

const pages = globSync(['*.md', 'docs/**/*.md']);
const textOf = (path: string) => readFileSync(path, 'utf8');

/** As GitHub names the anchors of headings. */
const anchorsOf = (path: string) =>
  new Set(
    [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );

describe('the documentation', () => {
  it('links only to files and headings that exist', () => {
    const broken = pages.flatMap((page) =>
      [...textOf(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
        .filter(([, path = '', anchor]) => {
          const target = path === '' ? page : join(dirname(page), path);
          return !existsSync(target) || (anchor !== undefined && !anchorsOf(target).has(anchor));
        })
        .map(([link]) => `${page}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it('has an index that leads to every page', () => {
    const index = textOf('docs/README.md');
    const missing = globSync('docs/*.md').filter((page) => !index.includes(`(${page.slice('docs/'.length)})`));
    expect(missing).toEqual(['docs/README.md']);
  });

  it('gives every decision a number of its own, and names it by that', () => {
    const decisions = globSync('docs/decisions/*.md').toSorted();
    const numbers = decisions.map((path) => Number(/(\d{4})-[^/]+$/.exec(path)?.[1]));
    expect(numbers).toEqual(decisions.map((_, index) => index + 1));
    expect(decisions.map((path) => Number(/^# (\d+)\. /.exec(textOf(path))?.[1]))).toEqual(numbers);
    const named = pages.flatMap((page) => [...textOf(page).matchAll(/\[decision (\d+)\]\([^)]*?(\d{4})-/g)]);
    expect(named.filter(([, said, linked]) => Number(said) !== Number(linked))).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const named = pages.flatMap((page) => [...textOf(page).matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name));
    expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
  });

  it('has every section of the specification that the code refers to', () => {
    const sections = new Set([...textOf('docs/spec.md').matchAll(/^## (\d+)\./gm)].map(([, number]) => number));
    const sources = globSync('{app,lib,worker,scripts}/**/*.{ts,tsx}');
    const cited = sources.flatMap((path) =>
      [...textOf(path).matchAll(/spec\.md §(\d+)/gi)].map(([, number]) => number),
    );
    expect(cited.length).toBeGreaterThan(0);
    expect(cited.filter((number) => !sections.has(number))).toEqual([]);
  });
});
