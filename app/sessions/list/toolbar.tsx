'use client';

import { SearchBox } from '#app/shell/search-box.tsx';
import { count as countText } from '#app/ui/format.ts';
import { Mark } from '#app/ui/mark.tsx';
import { FilterSelect } from '#app/ui/select.tsx';
import { Button } from '#app/ui/button.tsx';
import { sessionStatuses } from '#lib/core/lifecycle.ts';
import { lookOfStatus } from '#app/labels/sessions.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { NoticeButton } from './notification-button.tsx';
import type { FilterQuery } from './use-filter.ts';
import { ViewsMenu } from './views-menu.tsx';

interface Props {
  query: FilterQuery;
  schemas: readonly { slug: string; name: string }[];
  count: { number: number; exact: boolean } | null;
}

const statusOptions = sessionStatuses.map((status) => {
  const { label, tone, shape } = lookOfStatus(status);
  return { value: status, label, mark: <Mark tone={tone} shape={shape} progress={60} /> };
});

export function Toolbar({ query, schemas, count }: Props) {
  const { filter, setFilter, isFiltered } = query;
  return (
    <div className="flex min-h-14 flex-wrap items-center gap-2 px-4 py-2">
      <h1 className="mr-2 text-lg font-semibold tracking-tight">
        All Sessions
        {count ? (
          <span className="ml-2 font-normal text-faint tabular-nums">
            {countText(count.number)}
            {count.exact ? '' : '+'}
          </span>
        ) : null}
      </h1>
      <SearchBox className="w-full md:hidden" />
      <FilterSelect
        label="Status"
        value={filter.status ?? null}
        options={statusOptions}
        onChange={(value) => setFilter({ status: sessionStatuses.find((status) => status === value) ?? null })}
      />
      <FilterSelect
        label="Schema"
        value={filter.schema ?? null}
        options={schemas.map(({ slug, name }) => ({ value: slug, label: name }))}
        onChange={(schema) => setFilter({ schema })}
      />
      {isFiltered ? (
        <Button kind="quiet" onClick={() => setFilter(null)}>
          Clear
        </Button>
      ) : null}
      <div className="ml-auto flex items-center">
        <ViewsMenu filter={filter} isFiltered={isFiltered} />
        <ColumnsMenu />
        <NoticeButton />
      </div>
    </div>
  );
}
