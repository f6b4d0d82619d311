// Canonical JSON (RFC 8785) of plain data: the same content is the same bytes; used in every process.
import canonicalize from 'canonicalize';
import { assert } from './assert.ts';

/** @param value plain data. @throws Error for a number that is not finite and for half a character, Defect for what is no JSON. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  assert(text !== undefined, 'plain data has a canonical text');
  return text;
}
