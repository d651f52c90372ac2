import { reviewLockRequest } from '#lib/core/contract/reviews.ts';
import { takeReviewLock, releaseReviewLock } from '#lib/edits/review-lock.ts';
import { handle, jsonOf, ok } from '../../../handle.ts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function POST(request: Request, { params }: Props) {
  return handle(async (context) => {
    const { id } = await params;
    return ok({ claim: await takeReviewLock(context, { id, ...reviewLockRequest.parse(await jsonOf(request)) }) });
  });
}

export async function DELETE(request: Request, { params }: Props) {
  return handle(async (context) => {
    const { id } = await params;
    const { holder } = reviewLockRequest.parse(await jsonOf(request));
    await releaseReviewLock(context, { id, holder });
    return ok({});
  });
}
