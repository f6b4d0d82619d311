// The bytes of ZMTP 3.0 without security (rfc.zeromq.org/spec/23): greeting, commands and messages; runs wherever a ZeroMQ socket is spoken to.

/** What a socket says of itself in READY. */
export type SocketType = 'SUB' | 'PUB' | 'REQ' | 'REP';

const greetingBytes = 64;
const flag = { more: 1, long: 2, command: 4 } as const;
const known = flag.more | flag.long | flag.command;
const shortMax = 255;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** Signature, version 3.0, mechanism NULL, not a security server. */
export function encodeGreeting(): Uint8Array {
  const bytes = new Uint8Array(greetingBytes);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.set(encoder.encode('NULL'), 12);
  return bytes;
}

function encodeFrame(body: Uint8Array, flags: number): Uint8Array {
  const isLong = body.length > shortMax;
  const bytes = new Uint8Array((isLong ? 9 : 2) + body.length);
  bytes[0] = flags | (isLong ? flag.long : 0);
  if (isLong) new DataView(bytes.buffer).setBigUint64(1, BigInt(body.length));
  else bytes[1] = body.length;
  bytes.set(body, bytes.length - body.length);
  return bytes;
}

/** @param frames at least one */
export function encodeMessage(frames: readonly Uint8Array[]): Uint8Array {
  const parts = frames.map((frame, index) => encodeFrame(frame, index < frames.length - 1 ? flag.more : 0));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The command that ends the handshake. */
export function encodeReady(type: SocketType): Uint8Array {
  const property = (name: string, value: string) => [
    name.length,
    ...encoder.encode(name),
    ...[0, 0, 0, value.length],
    ...encoder.encode(value),
  ];
  const body = [5, ...encoder.encode('READY'), ...property('Socket-Type', type), ...property('Identity', '')];
  return encodeFrame(Uint8Array.from(body), flag.command);
}

/** @returns the properties of a READY command, names in small letters; undefined when they cannot be read */
export function readProperties(body: Uint8Array): Map<string, string> | undefined {
  const found = new Map<string, string>();
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  for (let at = 0; at < body.length;) {
    const nameEnd = at + 1 + body[at]!;
    if (nameEnd + 4 > body.length) return undefined;
    const valueEnd = nameEnd + 4 + view.getUint32(nameEnd);
    if (valueEnd > body.length) return undefined;
    const name = String.fromCharCode(...body.subarray(at + 1, nameEnd));
    found.set(name.toLowerCase(), String.fromCharCode(...body.subarray(nameEnd + 4, valueEnd)));
    at = valueEnd;
  }
  return found;
}

/** Text of a frame. @returns undefined when it is no UTF-8 */
export function frameText(frame: Uint8Array): string | undefined {
  try {
    return decoder.decode(frame);
  } catch {
    return undefined;
  }
}

export interface FrameListener {
  onGreeting(): void;
  /** @param body behind the name */
  onCommand(name: string, body: Uint8Array): void;
  /** The frames belong to the listener. */
  onMessage(frames: Uint8Array[]): void;
}

export interface FrameLimits {
  readonly frameBytes: number;
  readonly frames: number;
}

/** Reads a stream that may be cut anywhere. */
export class ZmtpFrames {
  readonly #limits: FrameLimits;
  readonly #listener: FrameListener;
  #held = new Uint8Array(4096);
  #from = 0;
  #to = 0;
  #isGreeted = false;
  #frames: Uint8Array[] = [];
  #violation: string | undefined;

  constructor(limits: FrameLimits, listener: FrameListener) {
    this.#limits = limits;
    this.#listener = listener;
  }

  /** @returns why no more can be read of this stream; undefined while it can */
  push(bytes: Uint8Array): string | undefined {
    if (this.#violation !== undefined) return this.#violation;
    this.#hold(bytes);
    if (!this.#isGreeted && !this.#readGreeting()) return this.#violation;
    while (this.#violation === undefined && this.#readFrame());
    return this.#violation;
  }

  #hold(bytes: Uint8Array): void {
    const kept = this.#to - this.#from;
    if (this.#to + bytes.length > this.#held.length) {
      const room = kept + bytes.length > this.#held.length ? new Uint8Array(2 * (kept + bytes.length)) : this.#held;
      room.set(this.#held.subarray(this.#from, this.#to));
      this.#held = room;
      [this.#from, this.#to] = [0, kept];
    }
    this.#held.set(bytes, this.#to);
    this.#to += bytes.length;
  }

  #readGreeting(): boolean {
    const held = this.#held.subarray(this.#from, this.#to);
    const isSigned = (held.length < 1 || held[0] === 0xff) && (held.length < 10 || (held[9]! & 1) === 1);
    if (!isSigned) this.#violation = 'what answers there is no ZeroMQ socket';
    else if (held.length > 10 && held[10]! < 3) this.#violation = `it speaks version ${held[10]} of ZeroMQ, not 3`;
    if (this.#violation !== undefined || held.length < greetingBytes) return false;
    if (String.fromCharCode(...held.subarray(12, 32)).replace(/\0*$/, '') !== 'NULL') {
      this.#violation = 'it asks for a password or key';
      return false;
    }
    this.#from += greetingBytes;
    this.#isGreeted = true;
    this.#listener.onGreeting();
    return true;
  }

  /** @returns whether there was a whole one */
  #readFrame(): boolean {
    const [held, at] = [this.#held, this.#from];
    const length = this.#to - at;
    if (length < 2) return false;
    const flags = held[at]!;
    const isLong = (flags & flag.long) !== 0;
    const isCommand = (flags & flag.command) !== 0;
    const isLast = (flags & flag.more) === 0;
    if ((flags & ~known) !== 0 || (isCommand && (!isLast || this.#frames.length > 0))) {
      this.#violation = `a frame begins with ${flags}, which none does`;
      return false;
    }
    const headBytes = isLong ? 9 : 2;
    if (length < headBytes) return false;
    const size = isLong ? Number(new DataView(held.buffer, at + 1, 8).getBigUint64(0)) : held[at + 1]!;
    if (size > this.#limits.frameBytes) this.#violation = `a frame of ${size} bytes is none of Open Ephys`;
    else if (this.#frames.length >= this.#limits.frames) this.#violation = 'a message has too many frames';
    if (this.#violation !== undefined || length < headBytes + size) return false;
    const body = held.slice(at + headBytes, at + headBytes + size);
    this.#from = at + headBytes + size;
    if (isCommand) this.#takeCommand(body);
    else {
      this.#frames.push(body);
      if (isLast) {
        const frames = this.#frames;
        this.#frames = [];
        this.#listener.onMessage(frames);
      }
    }
    return true;
  }

  #takeCommand(body: Uint8Array): void {
    const nameEnd = 1 + (body[0] ?? 0);
    if (body.length < 2 || nameEnd > body.length) this.#violation = 'a command has no name';
    else this.#listener.onCommand(String.fromCharCode(...body.subarray(1, nameEnd)), body.subarray(nameEnd));
  }
}
