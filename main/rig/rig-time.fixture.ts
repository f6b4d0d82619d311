// The rig's time for tests: it passes as soon as everybody waits for it, from one appointment to the next.
import { FakeClock } from '../../common/base/clock.ts';
import { type Disposable, toDisposable } from '../../common/base/disposable.ts';
import type { RigTime } from './rig-time.ts';

interface Appointment {
  readonly atNs: number;
  readonly act: () => void;
}

export class FakeTime extends FakeClock implements RigTime {
  readonly #appointments = new Set<Appointment>();
  #isPassing = false;

  after(milliseconds: number, act: () => void): Disposable {
    const appointment = { atNs: this.nowNs() + milliseconds * 1e6, act };
    this.#appointments.add(appointment);
    this.#goOn();
    return toDisposable(() => this.#appointments.delete(appointment));
  }

  /** Time does not come to rest before this is disposed of. */
  every(milliseconds: number, act: () => void): Disposable {
    let next: Disposable;
    const again = () => {
      next = this.after(milliseconds, () => {
        again();
        act();
      });
    };
    again();
    return toDisposable(() => next.dispose());
  }

  /** Everything that is ready is done before time passes. */
  #goOn(): void {
    if (this.#isPassing) return;
    this.#isPassing = true;
    setImmediate(() => {
      this.#isPassing = false;
      this.#pass();
      if (this.#appointments.size > 0) this.#goOn();
    });
  }

  /** To the earliest appointment; of several at one time to the one that was made first. */
  #pass(): void {
    let first: Appointment | undefined;
    for (const appointment of this.#appointments)
      if (first === undefined || appointment.atNs < first.atNs) first = appointment;
    if (first === undefined) return;
    this.#appointments.delete(first);
    this.advanceMilliseconds(Math.max(0, first.atNs - this.nowNs()) / 1e6);
    first.act();
  }
}
