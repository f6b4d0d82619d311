// Writes audit logs for tests, entry by entry, as the recorder thread does; tests only.
import type { AuditEntry, AuditNote } from './audit-entry.ts';
import type { AuditFiles } from './audit-files.ts';
import { checkpointText } from './checkpoint.ts';
import { logBeginning } from './check-chain.ts';
import { sealEntry, type Sha256 } from './seal-entry.ts';

/** Who signs, and with which key. */
export interface Signer {
  readonly publicKey: string;
  sign(text: string): string;
}

export class AuditLogFixture {
  readonly #sha256: Sha256;
  readonly lines: string[] = [];
  readonly entries: AuditEntry[] = [];
  #newest = logBeginning;
  boot = 'boot-1';
  hostNs = 1e9;

  constructor(sha256: Sha256) {
    this.#sha256 = sha256;
  }

  note(event: AuditNote['event'], detail: AuditNote['detail'] = {}, more: Partial<AuditEntry> = {}): AuditEntry {
    this.hostNs += 250e6;
    const content = {
      seq: this.#newest.seq + 1,
      hostNs: this.hostNs,
      boot: this.boot,
      wall: new Date(Date.UTC(2026, 10, 25) + this.hostNs / 1e6).toISOString(),
      actor: 'rig',
      role: 'program',
      event,
      detail,
      build: '0.1.0',
      prev: this.#newest.hash,
      ...more,
    } as const;
    const { hash, line } = sealEntry(content, this.#sha256);
    this.lines.push(line);
    this.#newest = { seq: content.seq, hash };
    const entry = { ...content, hash };
    this.entries.push(entry);
    return entry;
  }

  checkpoint({ publicKey, sign }: Signer): AuditEntry {
    return this.note('checkpoint', { publicKey, signature: sign(checkpointText(this.#newest)) });
  }
}

/** An evening at the rig, three times: `length` entries, every tenth a checkpoint. */
export function eveningLog(length: number, sha256: Sha256, signer: Signer): AuditLogFixture {
  const log = new AuditLogFixture(sha256);
  const evening: [AuditNote['event'], AuditNote['detail']][] = [
    ['program-started', { pid: 4711 }],
    ['rig-connected', { device: 'virtual-7', firmware: '1.0' }],
    ['limits-in-force', { hash: 'a'.repeat(64), profile: 'bench' }],
    ['arm-requested', {}],
    ['state', { from: 'safe', to: 'check', event: 'arm-requested' }],
    ['state', { from: 'check', to: 'prearmed', event: 'checks-passed' }],
    ['arm-confirmed', { session: 12_345 }],
    ['state', { from: 'prearmed', to: 'armed', event: 'arm-confirmed', session: 12_345 }],
    ['session-started', { folder: '/sessions/µ-1', session: 'f3' }],
    ['trip', { code: 'late-tick', message: 'A tick was 12.5 ms late.', value: 12.5, bound: 10, unit: 'ms' }],
    ['state', { from: 'armed', to: 'stopping', event: 'fault', cause: 'late-tick' }],
    ['state', { from: 'stopping', to: 'tripped', event: 'device-heard', cause: 'late-tick' }],
    ['acknowledged', { cause: 'late-tick' }],
    ['state', { from: 'tripped', to: 'safe', event: 'reset' }],
    ['reset', {}],
    ['program-ended', {}],
  ];
  for (let at = 0; log.lines.length < length; at = (at + 1) % evening.length) {
    if (log.lines.length % 10 === 9) log.checkpoint(signer);
    if (log.lines.length === length) break;
    const [event, detail] = evening[at]!;
    if (event === 'program-started') log.boot = `boot-${log.lines.length}`;
    const isCommand = event.startsWith('arm') || event === 'acknowledged' || event === 'reset';
    log.note(event, detail, isCommand ? { actor: 'Marie Curie', role: 'operator' } : {});
  }
  return log;
}

/** The files of a log in memory. @param segments name and content. */
export function memoryFiles(segments: Readonly<Record<string, string | Uint8Array>>): AuditFiles {
  return {
    names: () => Object.keys(segments),
    read(name) {
      const content = segments[name]!;
      return [typeof content === 'string' ? new TextEncoder().encode(content) : content];
    },
  };
}
