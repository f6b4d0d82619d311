// Whether the operator is there and sees the rig: signs of presence, the held control, the last page. Rig thread; pure.
import { deadManMaxMilliseconds } from '../../../common/contract/devices.ts';
import type { Fault } from '../../../common/contract/faults.ts';
import type { TimingLimits } from '../../../common/limits/timing-limits.ts';

type Limits = Pick<TimingLimits, 'presenceMaxSeconds' | 'pageSilentMaxMilliseconds'>;

export class OperatorWatch {
  #presentNs: number;
  #heldNs = -Infinity;
  #pageNs: number;

  constructor(nowNs: number) {
    this.#presentNs = nowNs;
    this.#pageNs = nowNs;
  }

  /** Last sign of the operator, host ns. */
  get presentNs(): number {
    return this.#presentNs;
  }

  /** When the presence control was last held, host ns; −Infinity: never. */
  get heldNs(): number {
    return this.#heldNs;
  }

  /** Whether it was seen held so shortly ago that it counts as held, for what has no lease. */
  isHeldAt(nowNs: number): boolean {
    return nowNs - this.#heldNs <= deadManMaxMilliseconds * 1e6;
  }

  /** A command, a pedal, a key: somebody is there. */
  noteSign(nowNs: number): void {
    this.#presentNs = nowNs;
  }

  /** The presence control is held down now. */
  noteHeld(nowNs: number): void {
    this.#presentNs = nowNs;
    this.#heldNs = nowNs;
  }

  /** The presence control was let go: it does not count any longer. */
  noteReleased(): void {
    this.#heldNs = -Infinity;
  }

  /** A page has drawn what the rig sent. */
  notePage(nowNs: number): void {
    this.#pageNs = nowNs;
  }

  /** @returns every reason not to stimulate unattended. */
  check(nowNs: number, { presenceMaxSeconds, pageSilentMaxMilliseconds }: Limits): Fault[] {
    const faults: Fault[] = [];
    const absentSeconds = (nowNs - this.#presentNs) / 1e9;
    if (!(absentSeconds <= presenceMaxSeconds)) {
      const message = `There has been no sign of the operator for ${(absentSeconds / 60).toFixed(1)} min.`;
      faults.push({
        code: 'operator-absent',
        message,
        value: absentSeconds / 60,
        bound: presenceMaxSeconds / 60,
        unit: 'min',
      });
    }
    const silentMilliseconds = (nowNs - this.#pageNs) / 1e6;
    if (!(silentMilliseconds <= pageSilentMaxMilliseconds)) {
      const [value, bound] = [silentMilliseconds / 1000, pageSilentMaxMilliseconds / 1000];
      faults.push({
        code: 'page-gone',
        message: `No page has shown the rig for ${value.toFixed(1)} s.`,
        value,
        bound,
        unit: 's',
      });
    }
    return faults;
  }
}
