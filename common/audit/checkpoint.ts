// Checkpoints of the audit log: the station's Ed25519 signature over the entry before; used in every process.
import { z } from 'zod';
import type { AuditMark } from '../journal/session-documents.ts';
import type { AuditEntry } from './audit-entry.ts';

/** Detail of a 'checkpoint' entry; both in Base64. */
export const checkpointSchema = z.strictObject({
  /** The 32 bytes of an Ed25519 public key. */
  publicKey: z.string(),
  /** Of `checkpointText`. */
  signature: z.string(),
});

/** Whether `signature` is the signature of `text` by `publicKey`, both in Base64. Never throws. */
export type VerifySignature = (text: string, signature: string, publicKey: string) => boolean;

/** What is signed: an entry and, by the chain, everything before it. */
export function checkpointText({ seq, hash }: AuditMark): string {
  return `exocortex-audit/1\n${seq}\n${hash}`;
}

/** Takes the entries of a log one after the other, and checks who signed. */
export class CheckpointCheck {
  readonly #verify: VerifySignature;
  /** Public keys that the log has announced by a correction. */
  readonly #announced = new Set<string>();
  /** Public keys that signed, oldest first. */
  readonly keys: string[] = [];
  /** Checkpoints whose signature holds. */
  checkpoints = 0;
  /** Entries behind the last checkpoint. */
  unsigned = 0;

  constructor(verify: VerifySignature) {
    this.#verify = verify;
  }

  /** @returns what is wrong with it. */
  take({ event, detail, seq, prev }: AuditEntry): string | undefined {
    this.unsigned++;
    if (event === 'correction' && typeof detail['publicKey'] === 'string') this.#announced.add(detail['publicKey']);
    if (event !== 'checkpoint') return undefined;
    this.unsigned = 0;
    const { data } = checkpointSchema.safeParse(detail);
    if (data === undefined) return `checkpoint ${seq} has no signature`;
    const { publicKey, signature } = data;
    if (!this.#verify(checkpointText({ seq: seq - 1, hash: prev }), signature, publicKey))
      return `the signature of checkpoint ${seq} does not hold`;
    this.checkpoints++;
    const before = this.keys.at(-1);
    if (publicKey === before) return undefined;
    this.keys.push(publicKey);
    return before === undefined || this.#announced.has(publicKey)
      ? undefined
      : `checkpoint ${seq} was signed with another key than those before it, and no entry announces it`;
  }
}
