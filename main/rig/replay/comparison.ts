// Compares what was recorded with what a replay makes, turn by turn and bit for bit, and keeps the first difference. Replay thread; pure.
import type { TurnKind } from '../../../common/journal/records.ts';
import {
  type ComparedCount,
  comparedKinds,
  type ComparedKind,
  type ReplayDifference,
} from '../../../common/journal/replay-report.ts';
import { describe, kindOf, type Output, partsOf, placeOf } from './compared-records.ts';

/** Where a turn stands, for what does not say so itself. */
export interface TurnPlace {
  turn: TurnKind;
  tick: number;
  sample: number;
}

export type FoundDifference = Omit<ReplayDifference, 'seconds'>;

const haveSameBytes = (a: Uint8Array, b: Uint8Array, from = 0, until = Math.max(a.length, b.length)): boolean => {
  for (let at = from; at < until; at++) if (a[at] !== b[at]) return false;
  return true;
};

export class Comparison {
  readonly counts = Object.fromEntries(
    comparedKinds.map((kind) => [kind, { recorded: 0, computed: 0, equal: 0 }]),
  ) as Record<ComparedKind, ComparedCount>;
  difference: FoundDifference | undefined;

  /** @param recorded @param computed what the turn has made, each in its order. */
  take(recorded: readonly Output[], computed: readonly Output[], place: TurnPlace): void {
    for (let index = 0; index < Math.max(recorded.length, computed.length); index++) {
      const [was, is] = [recorded[index], computed[index]];
      // What stands in another place than it was recorded in is two things: one that is missing, one too many.
      if (was !== undefined && is !== undefined && was.type === is.type) this.#pair(was, is, place);
      else {
        if (was !== undefined) this.#alone(was, 'recorded');
        if (is !== undefined) this.#alone(is, 'computed');
        this.#differ(was, is, 0, place);
      }
    }
  }

  #pair(was: Output, is: Output, place: TurnPlace): void {
    this.#alone(was, 'recorded');
    this.#alone(is, 'computed');
    const isEqual = haveSameBytes(was.payload, is.payload);
    const { counts } = this;
    const kind = kindOf(was.type);
    const [wasParts, isParts] = [partsOf(was), partsOf(is)];
    if (wasParts === undefined || isParts === undefined) {
      if (isEqual) counts[kind].equal++;
      else this.#differ(was, is, 0, place);
      return;
    }
    const { headerBytes, partBytes } = wasParts;
    let first = Infinity;
    let equal = 0;
    for (let part = 0; part < Math.max(wasParts.count, isParts.count); part++) {
      const from = headerBytes + part * partBytes;
      if (haveSameBytes(was.payload, is.payload, from, from + partBytes)) equal++;
      else first = Math.min(first, part);
    }
    counts[kind === 'spikes' ? 'spikes' : 'populationSpikes'].equal += equal;
    if (kind === 'results' && isEqual) counts.results.equal++;
    if (!isEqual) this.#differ(was, is, first, place);
  }

  #alone(output: Output, side: 'recorded' | 'computed'): void {
    const kind = kindOf(output.type);
    const parts = partsOf(output);
    if (kind !== 'spikes') this.counts[kind][side]++;
    if (parts !== undefined) this.counts[kind === 'spikes' ? 'spikes' : 'populationSpikes'][side] += parts.count;
  }

  /** @param part the first that differs; Infinity: none does, but what stands before them. */
  #differ(was: Output | undefined, is: Output | undefined, part: number, { turn, tick, sample }: TurnPlace): void {
    if (this.difference !== undefined) return;
    const output = was ?? is;
    if (output === undefined) return;
    const places = [was, is].map((each) => (each === undefined ? {} : placeOf(each, part)));
    const earliest = Math.min(...places.flatMap((place) => place.sample ?? []));
    this.difference = {
      tick: places[0]?.tick ?? places[1]?.tick ?? tick,
      sample: Number.isFinite(earliest) ? earliest : sample,
      turn,
      kind: kindOf(output.type),
      recorded: was === undefined ? null : describe(was, part),
      computed: is === undefined ? null : describe(is, part),
    };
  }
}
