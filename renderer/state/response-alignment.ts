// What spikes and samples of a session may be aligned to: deliveries, events, edges of its digital inputs; pure. Runs in the page.
import type { ReviewDescription, ReviewNote, ReviewQuery } from '../../common/contract/review.ts';

/** A kind of event. */
export interface Alignment {
  /** The same for the same kind in every session: lines are known by their names. */
  id: string;
  words: string;
  /** Whether it may be narrowed down to an electrode. */
  isOnElectrode: boolean;
}

type Align = ReviewQuery<'review.response'>['align'];
/** What an alignment is made from. */
export interface AlignedSession {
  readonly description: Pick<ReviewDescription, 'digitalInputs' | 'sampleRateHz'>;
  /** Those that stand. */
  readonly notes: readonly Pick<ReviewNote, 'fromSeconds'>[];
}

const edges = ['rising', 'falling'] as const;
const edgeId = (edge: (typeof edges)[number], name: string) => `${edge} ${name}`;

export const delivered: Alignment = { id: 'delivered', words: 'deliveries', isOnElectrode: true };
const everywhere: readonly Alignment[] = [
  delivered,
  { id: 'refused', words: 'refused requests (control)', isOnElectrode: true },
  { id: 'marks', words: 'marks of the recording', isOnElectrode: false },
  { id: 'phases', words: 'beginnings of phases', isOnElectrode: false },
  { id: 'notes', words: 'beginnings of notes', isOnElectrode: false },
];

/** Everything that a session can be aligned to. */
export function alignmentsOf({ digitalInputs }: AlignedSession['description']): Alignment[] {
  return [
    ...everywhere,
    ...digitalInputs.flatMap(({ name }) =>
      edges.map((edge) => ({ id: edgeId(edge, name), words: `${edge} edges of ${name}`, isOnElectrode: false })),
    ),
  ];
}

/** @param electrode below 0: any. @returns undefined where the session has no such line */
export function alignTo(id: string, electrode: number, { description, notes }: AlignedSession): Align | undefined {
  switch (id) {
    case 'delivered':
    case 'refused':
      return { to: id, ...(electrode < 0 ? {} : { electrode }) };
    case 'marks':
    case 'phases':
      return { to: id };
    case 'notes':
      return {
        to: 'samples',
        samples: notes.map(({ fromSeconds }) => Math.round(fromSeconds * description.sampleRateHz)),
      };
    default:
      for (const { line, name } of description.digitalInputs)
        for (const edge of edges) if (id === edgeId(edge, name)) return { to: edge, line };
      return undefined;
  }
}
