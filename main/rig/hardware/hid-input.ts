// Lists HID devices and listens to them; nothing is ever written to one. The only file that knows node-hid; runs in the stop-input thread.
import type * as nodeHid from 'node-hid';
import { type Disposable, toDisposable } from '../../../common/base/disposable.ts';

/** One collection of a HID device as the system lists it. */
export interface HidDevice {
  /** What the device is opened by; the same for several collections where the system reads them together. */
  readonly path: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber?: string;
  /** The device's name for itself. */
  readonly product?: string;
  readonly usagePage?: number;
  readonly usage?: number;
}

export interface HidListener {
  /** One report, with its number in byte 0 where the device's reports have numbers. */
  onReport(report: Uint8Array): void;
  /** The device is gone, or reading it failed; nothing comes after it. */
  onLost(message: string): void;
}

export interface HidSource {
  /** Lists all devices. Known to stall for seconds on some systems: never while armed. Rejects with the system's words. */
  devices(): Promise<HidDevice[]>;
  /** Listens to one device until the answer is disposed of. The listener is not called before. Rejects with the system's words. */
  open(path: string, listener: HidListener): Promise<Disposable>;
}

/** What is used of the package. Its blocking calls run on threads of its own and of libuv, not on the caller's. */
export type NodeHid = Pick<typeof nodeHid, 'devicesAsync' | 'HIDAsync' | 'getHidapiVersion'>;

/** Loads the package and its native part. @returns why HID devices cannot be used here, where they cannot */
export async function loadHidSource(
  importPackage: () => Promise<NodeHid> = () => import('node-hid'),
): Promise<HidSource | { unsupported: string }> {
  try {
    const hid = await importPackage();
    // The native part is loaded at the first use.
    hid.getHidapiVersion();
    return new NodeHidSource(hid);
  } catch (error) {
    return { unsupported: `HID devices cannot be read on ${process.platform} ${process.arch}: ${wordsOf(error)}` };
  }
}

class NodeHidSource implements HidSource {
  readonly #hid: NodeHid;

  constructor(hid: NodeHid) {
    this.#hid = hid;
  }

  async devices(): Promise<HidDevice[]> {
    const listed = await this.#hid.devicesAsync();
    return listed.flatMap(({ path, vendorId, productId, serialNumber, product, usagePage, usage }) =>
      path === undefined
        ? []
        : {
            path,
            vendorId,
            productId,
            ...(serialNumber ? { serialNumber } : {}),
            ...(product ? { product } : {}),
            ...(usagePage === undefined ? {} : { usagePage }),
            ...(usage === undefined ? {} : { usage }),
          },
    );
  }

  async open(path: string, listener: HidListener): Promise<Disposable> {
    // macOS gives a keyboard to nobody but the super user exclusively; elsewhere the option has no effect.
    const device = await this.#hid.HIDAsync.open(path, { nonExclusive: true });
    device.on('error', (error: unknown) => listener.onLost(wordsOf(error)));
    device.on('data', (report: Buffer) => listener.onReport(report));
    // A device that is gone may fail to close, and there is nothing left to be done about it.
    return toDisposable(() => void device.close().catch(() => {}));
  }
}

/** Errors of reading arrive as texts, all others as errors. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
