// Makes one row of each change of a digital input: which line, how all lines are then, whether it is an edge; analysis process.
import type { DigitalInput } from '../../common/experiment/digital-inputs.ts';
import type { StructValue, ValueOf } from '../../common/base/struct.ts';
import type { DigitalInputRecord } from '../journal/record-visitor.ts';
import type { inputRow } from './review-layout.ts';

export type InputRow = StructValue<Record<keyof ValueOf<typeof inputRow>, 'f64'>>;

/** The bit of a line in `high` and `known`. @param line from 1 */
export const lineBit = (line: number) => 1 << (line - 1);

/** The first record of a line says how it is; of the others, those that change it are edges. Lines without a name are left out. */
export class InputRows {
  readonly #write: (row: InputRow) => void;
  readonly #onEdge: (at: number, input: number, isRise: boolean) => void;
  readonly #placeOf: ReadonlyMap<number, number>;
  #high = 0;
  #known = 0;
  #risen = 0;
  #newestAt = 0;

  /** @param onEdge `input` is the place of the line among `named` */
  constructor(
    named: readonly DigitalInput[],
    write: (row: InputRow) => void,
    onEdge: (at: number, input: number, isRise: boolean) => void,
  ) {
    this.#write = write;
    this.#onEdge = onEdge;
    this.#placeOf = new Map(named.map(({ line }, place) => [line, place]));
  }

  /** @param at below 0: of before the recording, told late. Never earlier than the record before. */
  take({ line, isHigh }: Pick<DigitalInputRecord, 'line' | 'isHigh'>, at: number): void {
    const input = this.#placeOf.get(line);
    if (input === undefined) return;
    const bit = lineBit(line);
    const isKnown = (this.#known & bit) !== 0;
    if (isKnown && ((this.#high & bit) !== 0) === (isHigh === 1)) return;
    const isEdge = isKnown && at >= 0;
    this.#known |= bit;
    this.#high = isHigh === 1 ? this.#high | bit : this.#high & ~bit;
    this.#newestAt = Math.max(this.#newestAt, at);
    if (isEdge && isHigh === 1) this.#risen |= bit;
    const lines = { high: this.#high, known: this.#known, risen: this.#risen, spare: 0, spareToo: 0 };
    this.#write({ at: this.#newestAt, line, isEdge: isEdge ? 1 : 0, ...lines });
    if (isEdge) this.#onEdge(this.#newestAt, input, isHigh === 1);
  }
}
