// One tick on its way through the loop, with the time of each stage; reused from a pool. Rig thread.

export class OpenTick {
  tick = 0;
  firstSample = 0;
  /** First sample after the tick's block. */
  endSample = 0;
  acquiredNs = 0;
  arrivalNs = 0;
  detectedNs = 0;
  /** 0: this stage has not happened. */
  simulatedNs = 0;
  decidedNs = 0;
  deliveredNs = 0;
  /** Pulses that were sent and are not acknowledged yet. */
  pulsesUnderway = 0;
  /** Requests that were refused because this tick was late. */
  lateRefusals = 0;
  /** Whether the deadline passed before the simulation was asked, or before it answered. */
  missed: 'no' | 'unasked' | 'unanswered' = 'no';
}

/** Hands out ticks without allocating while the loop runs in time. */
export class TickPool {
  readonly #free: OpenTick[] = [];

  take(tick: number, firstSample: number, endSample: number, acquiredNs: number, arrivalNs: number): OpenTick {
    const open = this.#free.pop() ?? new OpenTick();
    open.tick = tick;
    open.firstSample = firstSample;
    open.endSample = endSample;
    open.acquiredNs = acquiredNs;
    open.arrivalNs = arrivalNs;
    open.detectedNs = 0;
    open.simulatedNs = 0;
    open.decidedNs = 0;
    open.deliveredNs = 0;
    open.pulsesUnderway = 0;
    open.lateRefusals = 0;
    open.missed = 'no';
    return open;
  }

  giveBack(open: OpenTick): void {
    this.#free.push(open);
  }
}
