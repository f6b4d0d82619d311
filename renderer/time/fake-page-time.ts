// A page time that moves only when a test tells it to. Used by the page's tests.
import { type Disposable, toDisposable } from '../../common/base/disposable.ts';
import type { PageTime } from './page-time.ts';

interface Appointment {
  atMs: number;
  everyMs: number | undefined;
  run: () => void;
}

export class FakePageTime implements PageTime {
  #nowMs = 0;
  #appointments = new Set<Appointment>();
  #frames = new Set<{ run: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  after(milliseconds: number, run: () => void): Disposable {
    return this.#appoint({ atMs: this.#nowMs + milliseconds, everyMs: undefined, run });
  }

  every(milliseconds: number, run: () => void): Disposable {
    return this.#appoint({ atMs: this.#nowMs + milliseconds, everyMs: milliseconds, run });
  }

  onNextFrame(run: () => void): Disposable {
    const frame = { run };
    this.#frames.add(frame);
    return toDisposable(() => this.#frames.delete(frame));
  }

  /** Moves on and runs what falls due, in order. */
  advance(milliseconds: number): void {
    const endMs = this.#nowMs + milliseconds;
    for (let next = this.#earliest(endMs); next !== undefined; next = this.#earliest(endMs)) {
      this.#nowMs = next.atMs;
      if (next.everyMs === undefined) this.#appointments.delete(next);
      else next.atMs += next.everyMs;
      next.run();
    }
    this.#nowMs = endMs;
  }

  /** The browser draws. */
  drawFrame(): void {
    const due = [...this.#frames];
    this.#frames.clear();
    for (const frame of due) frame.run();
  }

  /** Timers and frames that somebody still waits for. */
  get pending(): number {
    return this.#appointments.size + this.#frames.size;
  }

  #appoint(appointment: Appointment): Disposable {
    this.#appointments.add(appointment);
    return toDisposable(() => this.#appointments.delete(appointment));
  }

  #earliest(endMs: number): Appointment | undefined {
    let earliest: Appointment | undefined;
    for (const appointment of this.#appointments) {
      if (appointment.atMs <= endMs && appointment.atMs < (earliest?.atMs ?? Infinity)) earliest = appointment;
    }
    return earliest;
  }
}
