// What a parser made of damaged input; used by the threads of benches, and by who prints them.

export interface FuzzResult {
  /** Streams with one damage each, or messages that were damaged. */
  damaged: number;
  /** Blocks, records or messages that were handed out. */
  accepted: number;
  /** Of these, what was never sent so. */
  wrong: number;
  crashes: number;
  /** For one stream, ms. */
  longestMs: number;
}

export const isBelieved = ({ wrong, crashes }: FuzzResult): boolean => wrong > 0 || crashes > 0;
