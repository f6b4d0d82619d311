// Gathers the records of a journal into turns: what came in, what was read of the world, and what the chain made of it. Replay thread.
import type { JournalFrame } from '../../../common/journal/frame.ts';
import * as records from '../../../common/journal/records.ts';
import { recordType, type TurnKind, turnKinds } from '../../../common/journal/records.ts';
import { isCompared } from './compared-records.ts';

/** An input record, and how many compared records of its turn stand before it. */
export interface RecordedInput {
  document: unknown;
  after: number;
}

export interface RecordedTurn {
  kind: TurnKind;
  /** The time that a 'time' turn was given, ns. */
  value: number;
  readings: Float64Array;
  /** In the journal's order. */
  outputs: JournalFrame[];
  inputs: RecordedInput[];
  /** What came in; undefined where the turn has nothing of this type. */
  block: JournalFrame | undefined;
  delivery: JournalFrame | undefined;
  deliveryMeasure: JournalFrame | undefined;
}

export const viewOf = ({ payload }: Pick<JournalFrame, 'payload'>) =>
  new DataView(payload.buffer, payload.byteOffset, payload.length);

export const documentOf = ({ payload }: Pick<JournalFrame, 'payload'>): unknown =>
  JSON.parse(new TextDecoder().decode(payload));

type Opened = Omit<RecordedTurn, 'kind' | 'value' | 'readings'>;

const opened = (): Opened => ({
  outputs: [],
  inputs: [],
  block: undefined,
  delivery: undefined,
  deliveryMeasure: undefined,
});

/** Takes the frames behind the session's beginning. A turn that is cut by the end of the journal is left out. */
export class TurnReader {
  #open = opened();
  /** Whether the journal was closed orderly. */
  isClosed = false;

  /** @returns the turn that this record ends, or undefined. */
  take(frame: JournalFrame): RecordedTurn | undefined {
    const open = this.#open;
    switch (frame.type) {
      case recordType.turn:
        this.#open = opened();
        return { ...open, ...readTurn(frame) };
      case recordType.input:
        open.inputs.push({ document: documentOf(frame), after: open.outputs.length });
        return undefined;
      case recordType.block:
        open.block = frame;
        return undefined;
      case recordType.delivery:
        open.delivery = frame;
        return undefined;
      case recordType.deliveryMeasure:
        open.deliveryMeasure = frame;
        return undefined;
      case recordType.closing:
        this.isClosed = true;
        return undefined;
      default:
        if (isCompared(frame.type)) open.outputs.push(frame);
        return undefined;
    }
  }
}

function readTurn(frame: JournalFrame): Pick<RecordedTurn, 'kind' | 'value' | 'readings'> {
  const view = viewOf(frame);
  const { value, kind, count } = records.turnHeader.read(view, 0);
  const readings = Float64Array.from({ length: count }, (_, index) =>
    view.getFloat64(records.turnHeader.bytes + index * 8, true),
  );
  return { kind: turnKinds[kind] ?? 'time', value, readings };
}
