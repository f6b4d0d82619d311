import { describe, expect, it } from 'vitest';
import type { SessionClosing, SessionOpening } from '../journal/session-documents.ts';
import type { AuditProblem } from './audit-problem.ts';
import { checkSession } from './check-session.ts';

const places = { document: 'session.json', journal: 'journal.exj' };
const first = { seq: 7, hash: 'a' };
const last = { seq: 9, hash: 'b' };
/** Only what is looked at. */
const opening = { session: 's', limits: { hash: 'cc', profile: 'bench' }, audit: first } as SessionOpening;
const closing = { reason: 'completed', ticks: 1, lastSample: 2, audit: last } as SessionClosing;

function check(
  document: unknown,
  documents: Partial<{ opening: SessionOpening; closing: SessionClosing }> = { opening, closing },
) {
  const problems: AuditProblem[] = [];
  const text =
    typeof document === 'string' ? document : document === undefined ? undefined : JSON.stringify(document, null, 2);
  const marks = checkSession(text, { opening: undefined, closing: undefined, ...documents }, places, problems);
  return { marks: marks.map(({ mark }) => mark), problems: problems.map(({ where, what }) => `${where}: ${what}`) };
}

describe('the documents of a session', () => {
  it('agree, and name two entries of the audit log', () => {
    expect(check(opening)).toEqual({ marks: [first, last], problems: [] });
  });

  it('do not agree when session.json was changed, is gone or is none', () => {
    const changed = { ...opening, operator: 'somebody else' };
    expect(check(changed).problems).toEqual(['session.json: the file is not what the journal’s opening record says']);
    const limits = { ...opening, limits: { hash: 'dd' } };
    expect(check(limits).problems).toEqual(['session.json: the file names limits dd, the journal cc']);
    expect(check({ ...opening, limits: undefined }).problems).toEqual([
      'session.json: the file names limits of no hash, the journal cc',
    ]);
    for (const none of [undefined, '{', '5', 'null'])
      expect(check(none).problems).toEqual(['session.json: the file is missing or not JSON']);
  });

  it('are compared with what an older journal says, too', () => {
    const { limits: _limits, ...older } = opening;
    expect(check(opening, { opening: older as SessionOpening, closing }).problems).toEqual([
      'session.json: the file names limits cc, the journal of no hash',
    ]);
  });

  it('are believed without the journal’s opening record, which is a problem of the journal', () => {
    expect(check(opening, {})).toEqual({ marks: [first], problems: [] });
  });

  it('must name entries of the audit log', () => {
    const { audit: _opened, ...unmarked } = opening;
    const { audit: _closed, ...ended } = closing;
    expect(check(unmarked, { opening: unmarked, closing: ended })).toEqual({
      marks: [],
      problems: [
        'session.json, key audit: no entry of the audit log is named',
        'journal.exj, closing record: no entry of the audit log is named',
      ],
    });
    for (const audit of [null, 5, {}, { seq: 1 }, { seq: '1', hash: 'a' }, { seq: 1, hash: 2 }])
      expect(check({ session: 's', audit }, {}).problems).toHaveLength(1);
  });
});
