import { PageFrame } from './shell/page-frame.tsx';
import { ButtonLink } from './ui/button.tsx';
import { EmptyState } from './ui/empty-state.tsx';

export default function NotFound() {
  return (
    <PageFrame crumbs={[{ label: 'Not found' }]}>
      <EmptyState
        title="There is nothing at this address"
        action={<ButtonLink href="/sessions">All Sessions</ButtonLink>}
      >
        It may have been deleted, or the address is incomplete.
      </EmptyState>
    </PageFrame>
  );
}
