// Waits for answers of a graphics processor and turns whatever befalls it into a fault; simulation process.
import { type SimulationFault, SimulationFaultError } from '../../../common/simulation-protocol/fault.ts';
import type { Disposable } from '../../../common/base/disposable.ts';

/** What of a device can be watched. */
export type WatchedDevice = Pick<GPUDevice, 'lost' | 'addEventListener' | 'removeEventListener' | 'destroy'>;

/** One answer is waited for at a time. After the first fault every wait ends with that fault. */
export class DeviceWatch implements Disposable {
  readonly #device: WatchedDevice;
  readonly #answerWithinMilliseconds: number;
  #fault: SimulationFaultError | undefined;
  /** Of the answer that is waited for. */
  #read: (() => unknown) | undefined;
  #resolve: ((value: unknown) => void) | undefined;
  #reject: ((reason: unknown) => void) | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(device: WatchedDevice, answerWithinMilliseconds: number) {
    this.#device = device;
    this.#answerWithinMilliseconds = answerWithinMilliseconds;
    device.addEventListener('uncapturederror', this.#onError);
    void device.lost.then(({ message, reason }) => {
      if (this.#isDisposed) return;
      this.#fail({ code: 'gpu-lost', text: `The graphics processor is gone (${reason}): ${message}` });
    });
  }

  /**
   * Ticks come here: nothing is made for an answer but its promise and that of the one that is watched.
   * @param read called when the answer is there: what it returns or throws is the outcome
   * @throws SimulationFaultError 'gpu-…'.
   */
  answer<T>(pending: Promise<unknown>, read: () => T): Promise<T> {
    if (this.#fault !== undefined) {
      // Its failure is that of the device, which is known.
      pending.catch(() => undefined);
      return Promise.reject(this.#fault);
    }
    this.#startDeadline();
    this.#read = read;
    const answer = new Promise<unknown>(this.#take);
    pending.then(this.#onAnswer, this.#onFailure);
    // What `read` returns.
    return answer as Promise<T>;
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#deadline);
    this.#device.removeEventListener('uncapturederror', this.#onError);
    this.#device.destroy();
  }

  /** The timer is made once and runs on between answers, with nothing to give up. */
  #startDeadline(): void {
    if (this.#deadline !== undefined) {
      this.#deadline.refresh();
      return;
    }
    const milliseconds = this.#answerWithinMilliseconds;
    const onLate = () => {
      if (this.#reject === undefined) return;
      const text = `The graphics processor has given no result within ${milliseconds} ms.`;
      this.#fail({ code: 'gpu-no-answer', text });
    };
    this.#deadline = setTimeout(onLate, milliseconds);
    this.#deadline.unref();
  }

  readonly #onError = (event: GPUUncapturedErrorEvent) => {
    const { error } = event;
    const isMemory = error.constructor.name === 'GPUOutOfMemoryError';
    this.#fail({
      code: isMemory ? 'gpu-out-of-memory' : 'gpu-failed',
      text: `The graphics processor reports: ${error.message}`,
    });
  };

  readonly #take = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => {
    this.#resolve = resolve;
    this.#reject = reject;
  };

  readonly #onAnswer = () => {
    const resolve = this.#resolve;
    const read = this.#read;
    // Given up.
    if (resolve === undefined || read === undefined) return;
    try {
      const outcome = read();
      this.#forget();
      resolve(outcome);
    } catch (error) {
      this.#end(error);
    }
  };

  /** That the device is lost is told in the same turn, but after the calls that it ends. */
  readonly #onFailure = (error: unknown) => {
    setImmediate(() => this.#end(this.#fault ?? failed(error)));
  };

  #fail(fault: SimulationFault): void {
    this.#fault ??= new SimulationFaultError(fault);
    this.#end(this.#fault);
  }

  #end(reason: unknown): void {
    const reject = this.#reject;
    this.#forget();
    reject?.(reason);
  }

  #forget(): void {
    this.#read = this.#resolve = this.#reject = undefined;
  }
}

function failed(error: unknown): SimulationFaultError {
  if (error instanceof SimulationFaultError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new SimulationFaultError({ code: 'gpu-failed', text: `The graphics processor gave no result: ${reason}` });
}
