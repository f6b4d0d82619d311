// Seals entries of the audit log and opens them again: canonical form (RFC 8785), hash, line on disk; used in every process.
import { canonicalJson } from '../base/canonical-json.ts';
import { type AuditDetail, type AuditEntry, auditEntrySchema } from './audit-entry.ts';

/** Lower-case hexadecimal SHA-256 of a text in UTF-8. */
export type Sha256 = (text: string) => string;

/** `prev` of the very first entry. */
export const noEntryBefore = '0'.repeat(64);

/** @returns the entry's hash, and its line without the line feed. */
export function sealEntry(content: Omit<AuditEntry, 'hash'>, sha256: Sha256): { hash: string; line: string } {
  const hash = sha256(canonicalJson(content));
  return { hash, line: canonicalJson({ ...content, hash }) };
}

/** An entry as it was read. */
export interface OpenedEntry {
  readonly entry: AuditEntry;
  /** How the line is not the one that was sealed, in words; undefined: it is. */
  readonly damage: string | undefined;
}

/** @returns undefined when the line is not an entry at all. */
export function openEntry(line: string, sha256: Sha256): OpenedEntry | undefined {
  const read = parse(line);
  if (read === undefined) return undefined;
  const { entry, canonical } = read;
  const { hash, ...content } = entry;
  if (sha256(canonicalJson(content)) !== hash)
    return { entry, damage: `entry ${entry.seq} was changed: its content has another hash` };
  if (canonical !== line) return { entry, damage: `entry ${entry.seq} is not written as it was sealed` };
  return { entry, damage: undefined };
}

function parse(line: string): { entry: AuditEntry; canonical: string } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isAuditEntry(value) ? { entry: value, canonical: canonicalJson(value) } : undefined;
  } catch {
    // Not JSON; or half a character, written as an escape, which has no canonical form.
    return undefined;
  }
}

/** The value itself is looked at, not a copy: a key that a copy would leave out is part of what was written. */
function isAuditEntry(value: unknown): value is AuditEntry {
  return auditEntrySchema.safeParse(value).success;
}

/** A text as it can be written: half a character, which UTF-8 does not have, is replaced. */
export function writableText(text: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text));
}

/** A detail that can be written whatever it came from: JSON has no number that is not finite, so its name is written. */
export function writableDetail(detail: AuditDetail): AuditDetail {
  return Object.fromEntries(Object.entries(detail).map(([name, value]) => [writableText(name), writableValue(value)]));
}

function writableValue(value: AuditDetail[string]): AuditDetail[string] {
  if (typeof value === 'string') return writableText(value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
