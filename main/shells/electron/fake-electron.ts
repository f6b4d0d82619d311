// The part of Electron that the shell uses, for tests: nothing is drawn, nothing is started, everything is written down.
import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, CustomScheme, ForkOptions } from 'electron';

/** A utility process that records what it is told. */
export class FakeUtilityProcess extends EventEmitter {
  readonly pid = 4711;
  readonly received: unknown[] = [];
  readonly modulePath: string;
  readonly args: readonly string[];
  readonly options: ForkOptions;
  isKilled = false;

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super();
    this.modulePath = modulePath;
    this.args = args;
    this.options = options;
  }

  postMessage(message: unknown): void {
    this.received.push(message);
  }

  kill(): boolean {
    this.isKilled = true;
    return true;
  }
}

/** One end of a channel: what is sent at the other end arrives at once, or waits for `start`. */
export class FakeMessagePortMain extends EventEmitter {
  other: FakeMessagePortMain | undefined;
  #waiting: unknown[] = [];
  #isStarted = false;

  postMessage(data: unknown): void {
    this.other?.take(structuredClone(data));
  }

  take(data: unknown): void {
    if (this.#isStarted) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }

  start(): void {
    this.#isStarted = true;
    for (const data of this.#waiting.splice(0)) this.emit('message', { data, ports: [] });
  }

  close(): void {
    const { other } = this;
    if (other === undefined) return;
    this.other = undefined;
    other.other = undefined;
    other.emit('close');
    this.emit('close');
  }
}

export class FakeMessageChannelMain {
  readonly port1 = new FakeMessagePortMain();
  readonly port2 = new FakeMessagePortMain();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

/** The page's frame as the main process sees it. */
export interface FakeFrame {
  url: string;
}

export class FakeWebContents extends EventEmitter {
  readonly mainFrame: FakeFrame = { url: 'app://exocortex/' };
  readonly posted: { channel: string; ports: FakeMessagePortMain[] }[] = [];
  openWindow: ((details: { url: string }) => { action: string }) | undefined;

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openWindow = handler;
  }

  postMessage(channel: string, _message: unknown, ports: FakeMessagePortMain[]): void {
    this.posted.push({ channel, ports });
  }
}

export class FakeBrowserWindow extends EventEmitter {
  readonly webContents = new FakeWebContents();
  readonly loaded: string[] = [];
  readonly options: BrowserWindowConstructorOptions;
  isFocused = false;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    written.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL(address: string): Promise<void> {
    this.loaded.push(address);
    return Promise.resolve();
  }

  show(): void {}
  isDestroyed = (): boolean => false;
  isMinimized = (): boolean => false;

  focus(): void {
    this.isFocused = true;
  }
}

/** What the shell did, newest last. */
export const written = {
  processes: [] as FakeUtilityProcess[],
  windows: [] as FakeBrowserWindow[],
  schemes: [] as CustomScheme[],
  heldAwake: new Set<number>(),
  /** Global key combinations that are held, with what they do. */
  shortcuts: new Map<string, () => void>(),
  errors: [] as string[],
  sent: [] as string[],
  exitCode: undefined as number | undefined,
};

class FakeApp extends EventEmitter {
  isPackaged = false;
  isSandboxed = false;
  readonly ready = Promise.resolve();
  readonly commandLine = {
    switches: [] as string[][],
    appendSwitch(...words: string[]): void {
      this.switches.push(words);
    },
  };
  enableSandbox(): void {
    this.isSandboxed = true;
  }
  whenReady = (): Promise<void> => this.ready;
  getAppPath = (): string => '/opt/exocortex';
  getPath = (name: string): string => `/home/operator/${name}`;
  getVersion = (): string => '0.1.0';
  exit(code: number): void {
    written.exitCode = code;
  }
}

class FakeSession extends EventEmitter {
  requestPermission: ((page: unknown, permission: string, answer: (isGranted: boolean) => void) => void) | undefined;
  checkPermission: (() => boolean) | undefined;
  checkDevice: (() => boolean) | undefined;
  setPermissionRequestHandler(handler: NonNullable<FakeSession['requestPermission']>): void {
    this.requestPermission = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.checkPermission = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.checkDevice = handler;
  }
}

export const app = new FakeApp();
export const ipcMain = new EventEmitter();
export const powerMonitor = new EventEmitter();
/** What the preload sends goes to `written.sent`. */
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: (channel: string): number => written.sent.push(channel),
});
export const session = { defaultSession: new FakeSession() };
export const Menu = { setApplicationMenu: (): void => {}, buildFromTemplate: (): object => ({}) };
export const dialog = {
  showErrorBox: (title: string, text: string): number => written.errors.push(`${title}: ${text}`),
};
export const BrowserWindow = FakeBrowserWindow;
export const MessageChannelMain = FakeMessageChannelMain;

export const globalShortcut = {
  takenElsewhere: new Set<string>(),
  register(accelerator: string, onPress: () => void): boolean {
    if (this.takenElsewhere.has(accelerator)) return false;
    written.shortcuts.set(accelerator, onPress);
    return true;
  },
  unregister: (accelerator: string): boolean => written.shortcuts.delete(accelerator),
};

let nextBlocker = 1;
export const powerSaveBlocker = {
  start(): number {
    written.heldAwake.add(nextBlocker);
    return nextBlocker++;
  },
  stop: (id: number): boolean => written.heldAwake.delete(id),
};

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[], options: ForkOptions): FakeUtilityProcess {
    const child = new FakeUtilityProcess(modulePath, args, options);
    written.processes.push(child);
    return child;
  },
};

const handlers = new Map<string, (request: Request) => Promise<Response>>();
export const protocol = {
  registerSchemesAsPrivileged: (schemes: CustomScheme[]): number => written.schemes.push(...schemes),
  handle: (scheme: string, handler: (request: Request) => Promise<Response>): void =>
    void handlers.set(scheme, handler),
};

/** Answers as Electron would when the page asks for `address`. */
export async function request(address: string, method = 'GET'): Promise<Response> {
  const scheme = address.slice(0, address.indexOf(':'));
  const handler = handlers.get(scheme);
  if (handler === undefined) throw new Error(`nobody serves ${scheme}:`);
  return handler({ url: address, method } as Request);
}

/** Files of these tests carry their place with them. */
export const webUtils = { getPathForFile: ({ at }: { at: string }) => at };
