// Which records of a journal a replay makes again, and what each says in words that people read. Replay thread; pure.
import { refusalCodes } from '../../../common/contract/refusals.ts';
import * as records from '../../../common/journal/records.ts';
import { lateHandlings, recordType, requestOrigins } from '../../../common/journal/records.ts';
import type { ComparedKind } from '../../../common/journal/replay-report.ts';

/** A record as it stands in a journal. */
export interface Output {
  readonly type: number;
  readonly payload: Uint8Array;
}

const kinds: Readonly<Record<number, ComparedKind>> = {
  [recordType.spikes]: 'spikes',
  [recordType.simulation]: 'results',
  [recordType.request]: 'requests',
  [recordType.permit]: 'permits',
  [recordType.refusal]: 'refusals',
  [recordType.tick]: 'ticks',
  [recordType.state]: 'transitions',
  [recordType.fault]: 'faults',
  [recordType.gap]: 'gaps',
  [recordType.limits]: 'limits',
};

export const isCompared = (type: number): boolean => kinds[type] !== undefined;

/** Of a type that is compared. */
export const kindOf = (type: number): ComparedKind => kinds[type] ?? 'faults';

const viewOf = ({ payload }: Output) => new DataView(payload.buffer, payload.byteOffset, payload.length);

/** The parts of a record that are counted one by one. */
export interface Parts {
  headerBytes: number;
  partBytes: number;
  count: number;
}

/** @returns undefined for a record that is one thing. */
export function partsOf(output: Output): Parts | undefined {
  if (output.type === recordType.spikes) {
    const { count } = records.spikesHeader.read(viewOf(output), 0);
    return { headerBytes: records.spikesHeader.bytes, partBytes: records.spike.bytes, count };
  }
  if (output.type !== recordType.simulation) return undefined;
  const { count } = records.simulationHeader.read(viewOf(output), 0);
  return { headerBytes: records.simulationHeader.bytes, partBytes: 4, count };
}

/** Tick and sample that a record names; undefined where it names none. @param part the one that is meant, of a record with parts. */
export function placeOf(output: Output, part: number): { tick?: number; sample?: number } {
  const view = viewOf(output);
  switch (output.type) {
    case recordType.spikes: {
      const { tick, count } = records.spikesHeader.read(view, 0);
      if (part >= count) return { tick };
      return {
        tick,
        sample: records.spike.read(view, records.spikesHeader.bytes + part * records.spike.bytes).sampleIndex,
      };
    }
    case recordType.simulation:
      return { tick: records.simulationHeader.read(view, 0).tick };
    case recordType.request:
      return { tick: records.request.read(view, 0).tick };
    case recordType.tick: {
      const { tick, firstSample } = records.tick.read(view, 0);
      return { tick, sample: firstSample };
    }
    default:
      return {};
  }
}

/** What a record says. @param part the one that differs, of a record with parts. */
export function describe(output: Output, part: number): object {
  const view = viewOf(output);
  switch (output.type) {
    case recordType.spikes: {
      const { tick, count, overflow } = records.spikesHeader.read(view, 0);
      if (part >= count) return { tick, spikes: count, overflow };
      return records.spike.read(view, records.spikesHeader.bytes + part * records.spike.bytes);
    }
    case recordType.simulation: {
      const header = records.simulationHeader.read(view, 0);
      const at = records.simulationHeader.bytes + part * 4;
      return part < header.count ? { ...header, spike: part, neuron: view.getUint32(at, true) } : header;
    }
    case recordType.request: {
      const request = records.request.read(view, 0);
      return { ...request, origin: requestOrigins[request.origin] };
    }
    case recordType.permit:
      return records.permit.read(view, 0);
    case recordType.refusal: {
      const refusal = records.refusal.read(view, 0);
      return { ...refusal, code: refusalCodes[refusal.code] };
    }
    case recordType.tick: {
      const tick = records.tick.read(view, 0);
      return { ...tick, handling: lateHandlings[tick.handling] };
    }
    case recordType.gap:
      return records.gap.read(view, 0);
    default:
      return JSON.parse(new TextDecoder().decode(output.payload)) as object;
  }
}
