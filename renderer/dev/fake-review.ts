// Review commands of the imitated core, which has no recordings: each is refused in words. Page's development only.
import { reviewRequests } from '../../common/contract/review.ts';
import type { CommandHandlers } from '../../common/transport/rpc.ts';

const refusal = {
  code: 'not-found',
  what: 'the imitated core has no recordings',
  cure: 'Start `exocortex serve` to look at one.',
} as const;

export function fakeReview(): Pick<CommandHandlers, keyof typeof reviewRequests> {
  // The table's types say the same of each name; they are lost when it is walked through.
  return Object.fromEntries(Object.keys(reviewRequests).map((name) => [name, () => ({ refusal })])) as unknown as Pick<
    CommandHandlers,
    keyof typeof reviewRequests
  >;
}
