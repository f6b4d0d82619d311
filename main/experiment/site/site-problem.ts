// What can be wrong with a site's limit file; used by the main process.

export type SiteProblemCode =
  | 'unreadable'
  | 'not-canonical'
  | 'malformed'
  | 'unknown-key'
  | 'contradiction'
  | 'beyond-ceiling'
  | 'not-for-tissue'
  | 'untrusted'
  | 'bad-signature'
  | 'too-few-signatures'
  | 'expired'
  | 'older-version'
  | 'other-content'
  | 'foreign-probe'
  | 'station';

/** Both texts without a full stop, as in a diagnostic. */
export interface SiteProblem {
  code: SiteProblemCode;
  what: string;
  cure: string;
}
