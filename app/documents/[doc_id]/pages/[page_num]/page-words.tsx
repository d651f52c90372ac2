import type { PageView } from '#lib/core/contract/documents.ts';

interface Props {
  page: PageView;
  /** The address of the page's picture; without one the words themselves are shown, where they stand. */
  picture: string | null;
}

const percent = (fraction: number) => `${(fraction * 100).toFixed(3)}%`;

/** A page with a box around each word on hover. The words are read out as one text. */
export function PageWords({ page, picture }: Props) {
  const label = `Page ${page.page_num + 1}`;
  return (
    <figure
      aria-label={label}
      className="relative mx-auto w-full overflow-hidden border bg-white text-black shadow-sm"
      style={{ aspectRatio: `${page.width} / ${page.height}`, maxWidth: picture ? 900 : Math.max(900, page.width) }}
    >
      {picture ? (
        <img src={picture} alt={page.text.slice(0, 2000) || label} className="absolute inset-0 size-full" />
      ) : null}
      {page.words.map((word) => (
        <span
          key={`${word.x}/${word.y}/${word.text}`}
          aria-hidden={picture ? true : undefined}
          title={word.confidence === null ? word.text : `${word.text} · ${Math.round(word.confidence * 100)} %`}
          className={
            picture
              ? 'absolute rounded-[1px] hover:bg-[oklch(0.7_0.18_277/0.25)] hover:outline-2 hover:outline-[oklch(0.51_0.23_277)]'
              : 'absolute overflow-hidden font-mono text-[11px] leading-none whitespace-pre hover:bg-[oklch(0.9_0.06_277)]'
          }
          style={{
            left: percent(word.x),
            top: percent(word.y),
            width: percent(word.width),
            height: percent(word.height),
          }}
        >
          {picture ? null : word.text}
        </span>
      ))}
    </figure>
  );
}
