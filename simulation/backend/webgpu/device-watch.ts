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
  #giveUp: ((fault: SimulationFaultError) => void) | undefined;
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

  /** @throws SimulationFaultError 'gpu-…'. */
  async answer<T>(pending: Promise<T>): Promise<T> {
    if (this.#fault !== undefined) {
      // Its failure is that of the device, which is known.
      pending.catch(() => undefined);
      throw this.#fault;
    }
    this.#startDeadline();
    try {
      return await new Promise<T>((resolve, reject) => {
        this.#giveUp = reject;
        pending.then(resolve, reject);
      });
    } catch (error) {
      // That the device is lost is told in the same turn, but after the calls that it ends.
      await new Promise((resolve) => setImmediate(resolve));
      throw this.#fault ?? failed(error);
    } finally {
      this.#giveUp = undefined;
    }
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
      if (this.#giveUp === undefined) return;
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

  #fail(fault: SimulationFault): void {
    this.#fault ??= new SimulationFaultError(fault);
    this.#giveUp?.(this.#fault);
  }
}

function failed(error: unknown): SimulationFaultError {
  if (error instanceof SimulationFaultError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new SimulationFaultError({ code: 'gpu-failed', text: `The graphics processor gave no result: ${reason}` });
}
