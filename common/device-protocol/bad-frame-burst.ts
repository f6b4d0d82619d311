// When bad messages become too many for one connection; the same rule on both of its ends.

/** More bad messages than this within a second end a connection: something is wrong with it, or behind it. */
export const badFramesMax = 3;
const windowMicroseconds = 1e6;

/** Counts the bad messages of the last second by the clock of the end that received them. */
export class BadFrameBurst {
  #times: number[] = [];

  /**
   * Notes a bad message. A clock that goes back forgets nothing.
   * @returns whether the connection must end
   */
  note(nowMicroseconds: number): boolean {
    this.#times = this.#times.filter((time) => nowMicroseconds - time < windowMicroseconds);
    this.#times.push(nowMicroseconds);
    return this.#times.length > badFramesMax;
  }
}
