import { reviewClaim } from '#lib/core/contract/reviews.ts';
import { claimReview, releaseReview } from '#lib/edits/review-lock.ts';
import { handle, jsonOf, ok } from '../../../handle.ts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function POST(request: Request, { params }: Props) {
  return handle(async (context) => {
    const { id } = await params;
    return ok({ claim: await claimReview(context, { id, ...reviewClaim.parse(await jsonOf(request)) }) });
  });
}

export async function DELETE(request: Request, { params }: Props) {
  return handle(async (context) => {
    const { id } = await params;
    const { holder } = reviewClaim.parse(await jsonOf(request));
    await releaseReview(context, { id, holder });
    return ok({});
  });
}
