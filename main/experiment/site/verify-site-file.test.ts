// A site's limit file is believed only as its signers left it: whatever else is said to be one is refused, with the reason.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ceilingOf, toFileUnits, toWholeUnits } from '../../../common/limits/limit-declaration.ts';
import { allLimits } from '../../../common/limits/limits.fixture.ts';
import { profileNames } from '../../../common/limits/profile-name.ts';
import type { SiteLimits } from '../../../common/limits/site-file.ts';
import { canonicalJson } from '../../../common/base/canonical-json.ts';
import {
  ada,
  bob,
  context,
  eve,
  person,
  signature,
  signedFile,
  siteGroup,
  siteLimits,
  trustedKeys,
} from './site-file.fixture.ts';
import { seenVersionOf } from './site-versions.ts';
import type { SiteProblemCode } from './site-problem.ts';
import { type SiteContext, verifySiteFile } from './verify-site-file.ts';

const limits = siteLimits();
const valid = signedFile(limits, ada);

function codes(bytes: Uint8Array, change: Partial<SiteContext> = {}): SiteProblemCode[] {
  const verdict = verifySiteFile(bytes, { ...context, ...change });
  return verdict.ok ? [] : verdict.problems.map(({ code }) => code);
}

function whats(bytes: Uint8Array, change: Partial<SiteContext> = {}): string {
  const verdict = verifySiteFile(bytes, { ...context, ...change });
  return verdict.ok ? '' : verdict.problems.map(({ what, cure }) => `${what}. ${cure}.`).join('\n');
}

test('a file as its signer left it is believed: limits, signers and its hash', () => {
  expect(verifySiteFile(valid, context)).toEqual({
    ok: true,
    limits,
    signers: ['Ada'],
    sha256: createHash('sha256').update(valid).digest('hex'),
  });
});

describe('S27: a changed file is refused', () => {
  // Two signatures, a section of each kind and letters beyond ASCII.
  const rich = signedFile(
    siteLimits({
      ...siteGroup({ amplitudeMaxMicroamps: 12.5, shortTrainExtension: false }),
      reason: 'Größe „µ“',
      pitchMicrometres: 100,
      total: { rateMaxHz: 10 },
      timing: { leaseMilliseconds: 80 },
    }),
    ada,
    bob,
  );

  test('H70: it is valid before', () => {
    expect(codes(rich)).toEqual([]);
  });

  test('H70: whichever bit of whichever byte is flipped', () => {
    for (let index = 0; index < rich.length; index++) {
      for (let bit = 0; bit < 8; bit++) {
        const flipped = Uint8Array.from(rich);
        flipped[index] = flipped[index]! ^ (1 << bit);
        expect(codes(flipped).length, `bit ${bit} of byte ${index}`).toBeGreaterThan(0);
      }
    }
  });

  test('H70: wherever it is cut off', () => {
    for (let length = 0; length < rich.length; length++) expect(codes(rich.subarray(0, length))).not.toEqual([]);
  });

  test('H70: whatever is put in, taken out or doubled', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 5 }), fc.uint8Array({ maxLength: 5 }), (at, removed, inserted) => {
        const start = at % rich.length;
        const end = Math.min(rich.length, start + removed);
        const changed = Buffer.concat([rich.subarray(0, start), inserted, rich.subarray(end)]);
        fc.pre(!changed.equals(rich));
        expect(codes(changed)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test('H70: whatever else it is, and nothing is thrown', () => {
    const json = fc.json().map((text) => Buffer.from(text));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), json), (bytes) => {
        expect(codes(bytes)).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['nothing at all', ''],
    ['a byte-order mark before it', `\uFEFF${canonicalJson({})}`],
    ['half a character', '{"name":"\\ud800"}'],
    ['an infinite number', '{"version":1e999}'],
    ['a list without end', '['.repeat(200_000)],
    ['lists in lists', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('H70: %s', (_what, text) => {
    expect(codes(Buffer.from(text))).toHaveLength(1);
  });
});

describe('a file is refused for each thing that is wrong with it', () => {
  const rewritten = (change: (file: Record<string, unknown>) => void): Uint8Array => {
    const file = JSON.parse(Buffer.from(valid).toString()) as Record<string, unknown>;
    change(file);
    return Buffer.from(canonicalJson(file));
  };

  test('what is no JSON, and JSON that is not canonical, from the byte on in which it is not', () => {
    expect(codes(Buffer.from('{'))).toEqual(['unreadable']);
    const pretty = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(valid).toString()), undefined, 2));
    expect(codes(pretty)).toEqual(['not-canonical']);
    expect(whats(pretty)).toContain('its byte 2 is not as it must be');
    expect(whats(Buffer.concat([valid, Buffer.from('\n')]))).toContain(
      `its byte ${valid.length + 1} is not as it must be`,
    );
    expect(codes(rewritten((file) => (file['version'] = -0)))).toEqual(['malformed']);
  });

  test('keys that are not known, wherever they are', () => {
    expect(codes(rewritten((file) => (file['amplitude'] = 1)))).toEqual(['unknown-key']);
    expect(whats(rewritten((file) => Object.assign(file, { a: 1, b: 2 })))).toContain(
      'The site file has the unknown keys a, b',
    );
    const group = { electrodes: [0], areaSquareMicrometres: 1, material: 'pedot', amplitudeMaxMilliamps: 1 };
    expect(whats(rewritten((file) => (file['electrodeGroups'] = [group])))).toContain(
      'electrodeGroups[0] has the unknown key amplitudeMaxMilliamps',
    );
    const hidden = Buffer.from(Buffer.from(valid).toString().replace('{', '{"__proto__":{"version":9},'));
    expect(codes(hidden)).toEqual(['unknown-key']);
  });

  test('values that are none, with their place', () => {
    expect(whats(rewritten((file) => (file['electrodeGroups'] = [])))).toContain('electrodeGroups: ');
    expect(whats(rewritten((file) => (file['notAfter'] = '2026-02-30')))).toContain('notAfter: ');
    expect(codes(Buffer.from('[]'))).toEqual(['malformed']);
    expect(codes(Buffer.from('null'))).toEqual(['malformed']);
  });

  test('H70: a signature that does not fit', () => {
    const forged = rewritten((file) => (file['reason'] = 'another'));
    expect(codes(forged)).toEqual(['bad-signature', 'too-few-signatures']);
    expect(whats(forged)).toContain('The signature of Ada does not fit the file');
    expect(
      codes(
        rewritten((file) => ((file['signatures'] as { signedAt: string }[])[0]!.signedAt = '2026-11-24T09:00:01.000Z')),
      ),
    ).toEqual(['bad-signature', 'too-few-signatures']);
  });

  test('H70: a signature of another file, or for another purpose', () => {
    const other = signature(siteLimits({ version: 4 }), ada);
    expect(codes(Buffer.from(canonicalJson({ ...limits, signatures: [other] })))).toEqual([
      'bad-signature',
      'too-few-signatures',
    ]);
  });

  test('a signature by a key that is not trusted, or under another’s name', () => {
    expect(codes(signedFile(limits, eve))).toEqual(['untrusted', 'too-few-signatures']);
    expect(whats(signedFile(limits, eve))).toContain("enrol the key with 'exocortex limits trust'");
    const imposter = { ...eve, name: 'Ada' };
    expect(whats(signedFile(limits, imposter))).toContain(
      'Ask Ada: the key that is enrolled under this name is another one',
    );
    expect(whats(signedFile(limits, { ...ada, name: 'Bob' }))).toContain(
      'The signature under the name Bob is by the key of Ada',
    );
    // A good signature does not make up for a bad one.
    expect(codes(signedFile(limits, ada, eve))).toEqual(['untrusted']);
    expect(codes(valid, { trustedKeys: [] })).toEqual(['untrusted', 'too-few-signatures']);
  });

  test('Base64 that is written in another way than encoders do', () => {
    // Of the last letter before the filling only two bits count: the next letter of the alphabet stands for the same bytes.
    const next = (text: string) => String.fromCharCode(text.charCodeAt(0) + 1);
    const bytes = rewritten((file) => {
      const [first] = file['signatures'] as { signature: string }[];
      first!.signature = first!.signature.replace(/.(?===$)/, next);
    });
    expect(codes(bytes)).toEqual(['bad-signature', 'too-few-signatures']);
  });

  test('H70: its time is over', () => {
    expect(codes(valid, { today: '2026-11-26' })).toEqual([]);
    expect(codes(valid, { today: '2026-11-27' })).toEqual(['expired']);
    expect(whats(valid, { today: '2027-01-01' })).toContain('held until 2026-11-26 and today is 2027-01-01');
  });

  test('H70: an older version than one that was seen', () => {
    const own = seenVersionOf(siteLimits());
    const seen = (version: number | undefined) =>
      codes(valid, { newestVersion: () => (version === undefined ? undefined : { ...own, version }) });
    expect([seen(undefined), seen(2), seen(3)]).toEqual([[], [], []]);
    expect(seen(4)).toEqual(['older-version']);
    expect(
      whats(valid, {
        newestVersion: ({ name, probeSerial }) =>
          name === 'lab-mea' && probeSerial === 'EXO-1' ? { ...own, version: 9 } : undefined,
      }),
    ).toContain('This is version 3 of lab-mea, and this station has seen version 9');
  });

  test('H70: other limits than those that were seen under this number; a further signature does not make them others', () => {
    const newestVersion = () => seenVersionOf(siteLimits());
    expect(codes(signedFile(siteLimits(), ada, bob), { newestVersion })).toEqual([]);
    const other = siteLimits({ notAfter: '2026-11-25' });
    expect(codes(signedFile(other, ada), { newestVersion })).toEqual(['other-content']);
    expect(whats(signedFile(other, ada), { newestVersion })).toContain('has seen other limits as version 3 of lab-mea');
  });

  test('H13: the probe of another file', () => {
    expect(codes(valid, { probeSerial: 'EXO-1' })).toEqual([]);
    expect(codes(valid, { probeSerial: 'EXO-2' })).toEqual(['foreign-probe']);
    expect(whats(valid, { probeSerial: 'exo-1' })).toContain('is for the probe EXO-1, and exo-1 is connected');
  });

  test('parts that contradict each other', () => {
    const groups = (...electrodes: number[][]) => ({
      electrodeGroups: electrodes.map((list) => ({ electrodes: list, areaSquareMicrometres: 707, material: 'pedot' })),
    });
    const doubled = signedFile(siteLimits(groups([0, 1], [1, 2])), ada);
    expect(codes(doubled)).toEqual(['contradiction']);
    expect(whats(doubled)).toContain('Electrode 1 is in group 1 and in group 2');
    expect(codes(signedFile(siteLimits(groups([4, 4])), ada))).toEqual(['contradiction']);
    const crossed = siteGroup({ phaseMinMicroseconds: 300, phaseMaxMicroseconds: 200 });
    expect(codes(signedFile(siteLimits(crossed), ada))).toEqual(['contradiction']);
    expect(
      codes(signedFile(siteLimits(siteGroup({ phaseMinMicroseconds: 200, phaseMaxMicroseconds: 200 })), ada)),
    ).toEqual([]);
  });

  test('a dummy load in tissue', () => {
    expect(codes(signedFile(siteLimits(siteGroup({ material: 'dummy-load' })), ada))).toEqual(['not-for-tissue']);
    expect(codes(signedFile(siteLimits({ profile: 'bench', ...siteGroup({ material: 'dummy-load' }) }), ada))).toEqual(
      [],
    );
  });

  test('everything at once', () => {
    const wrong = siteLimits({
      notAfter: '2020-01-01',
      ...siteGroup({ material: 'dummy-load', amplitudeMaxMicroamps: 101 }),
    });
    expect(
      codes(signedFile(wrong, eve), {
        probeSerial: 'other',
        newestVersion: () => ({ ...seenVersionOf(wrong), version: 9 }),
      }),
    ).toEqual([
      'beyond-ceiling',
      'not-for-tissue',
      'expired',
      'older-version',
      'foreign-probe',
      'untrusted',
      'too-few-signatures',
      'too-few-signatures',
    ]);
  });
});

describe('one signature of a PI is enough', () => {
  test('for the defaults and for everything tighter', () => {
    expect(codes(signedFile(limits, ada))).toEqual([]);
    expect(
      codes(signedFile(siteLimits(siteGroup({ amplitudeMaxMicroamps: 3, phaseMinMicroseconds: 50 })), ada)),
    ).toEqual([]);
  });

  test('but not that of a second person, nor none', () => {
    expect(whats(signedFile(limits, bob))).toContain('No PI of this station has signed the file');
    expect(codes(signedFile(limits))).toEqual(['too-few-signatures']);
    expect(codes(signedFile(limits, bob, person('Carl', 'second')), { trustedKeys })).toEqual([
      'untrusted',
      'too-few-signatures',
    ]);
  });
});

describe('two people must sign', () => {
  const macro = siteLimits({
    profile: 'animal-macro',
    ...siteGroup({ areaSquareMicrometres: 4_150_000, material: 'platinum' }),
  });

  test.each<[string, SiteLimits, string]>([
    ['every file for macroelectrodes', macro, 'every file for animal-macro'],
    [
      'a limit that is looser than its default',
      siteLimits(siteGroup({ amplitudeMaxMicroamps: 3.001 })),
      'amplitudeMaxMicroamps of group 1 is 3.001 µA, the default 3 µA',
    ],
    [
      'a smallest value that is looser',
      siteLimits({ profile: 'penetrating-micro', ...siteGroup({ phaseMinMicroseconds: 49 }) }),
      'phaseMinMicroseconds',
    ],
    [
      'a limit of time that is looser',
      siteLimits({ timing: { leaseMilliseconds: 101 } }),
      'leaseMilliseconds of timing is 101 ms',
    ],
    [
      'the short-train extension',
      siteLimits({ profile: 'penetrating-micro', ...siteGroup({ shortTrainExtension: true }) }),
      'group 1 has the short-train extension',
    ],
    [
      'a measured injection limit above the derated one',
      siteLimits(siteGroup({ injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: 301 })),
      'the measured injection limit of group 1',
    ],
  ])('for %s', (_what, own, reason) => {
    expect(codes(signedFile(own, ada, bob))).toEqual([]);
    expect(codes(signedFile(own, ada))).toEqual(['too-few-signatures']);
    expect(whats(signedFile(own, ada))).toContain(reason);
    // The same person twice is one person.
    expect(codes(signedFile(own, ada, ada))).toEqual(['too-few-signatures']);
  });

  test('but not for a measured injection limit that is tighter, nor for an extension that is declined', () => {
    expect(
      codes(signedFile(siteLimits(siteGroup({ injectionLimitMeasuredMicrocoulombsPerSquareCentimetre: 300 })), ada)),
    ).toEqual([]);
    expect(codes(signedFile(siteLimits(siteGroup({ shortTrainExtension: false })), ada))).toEqual([]);
  });
});

describe('nobody signs beyond a ceiling', () => {
  const cases = allLimits.flatMap((limit) => profileNames.map((profile) => ({ ...limit, profile })));

  test.each(cases)('$section $name on $profile', ({ section, name, declaration, profile }) => {
    const direction = declaration.sense === 'max' ? 1 : -1;
    const ceiling = toWholeUnits(declaration, ceilingOf(declaration, profile));
    const verify = (whole: number) => {
      const limit = { [declaration.fileKey]: toFileUnits(declaration, whole) };
      const extension =
        name === 'chargePerPhaseMaxFemtocoulombs' && profile === 'penetrating-micro'
          ? { shortTrainExtension: true }
          : {};
      const part =
        section === 'electrode' ? siteGroup({ material: 'platinum', ...limit, ...extension }) : { [section]: limit };
      // The schema refuses what no preparation allows; here it shall not stand before the check.
      const own = {
        ...siteLimits({ profile }),
        ...(section === 'electrode' ? part : { [section]: limit }),
      } as SiteLimits;
      return codes(signedFile(own, ada, bob));
    };
    expect(verify(ceiling)).toEqual([]);
    expect(verify(ceiling - direction)).toEqual([]);
    const beyond = verify(ceiling + direction);
    expect(beyond).toHaveLength(1);
    expect(['beyond-ceiling', 'malformed']).toContain(beyond[0]);
  });

  test('microelectrodes carry more than 4 nC under the short-train extension only, which shortens their trains', () => {
    const micro = (change: object) =>
      codes(signedFile(siteLimits({ profile: 'penetrating-micro', ...siteGroup(change) }), ada, bob));
    expect(micro({ chargePerPhaseMaxNanocoulombs: 4 })).toEqual([]);
    expect(micro({ chargePerPhaseMaxNanocoulombs: 4.000001 })).toEqual(['beyond-ceiling']);
    expect(micro({ chargePerPhaseMaxNanocoulombs: 20, shortTrainExtension: true })).toEqual([]);
    expect(micro({ trainMaxSeconds: 2 })).toEqual([]);
    expect(micro({ trainMaxSeconds: 2, shortTrainExtension: true })).toEqual(['beyond-ceiling']);
  });

  test('the short-train extension is for penetrating microelectrodes', () => {
    expect(codes(signedFile(siteLimits(siteGroup({ shortTrainExtension: true })), ada, bob))).toEqual([
      'beyond-ceiling',
    ]);
  });

  test('the message names limit, value, ceiling and cure', () => {
    expect(whats(signedFile(siteLimits(siteGroup({ amplitudeMaxMicroamps: 101 })), ada, bob))).toBe(
      'amplitudeMaxMicroamps of group 1 is 101 µA, above what any signature allows for in-vitro-mea, 100 µA. Write a new version of the file with at most 100 µA.',
    );
    expect(whats(signedFile(siteLimits({ timing: { lateTicksWindow: 99 } }), ada, bob))).toBe(
      'lateTicksWindow of timing is 99, below what any signature allows for in-vitro-mea, 100. Write a new version of the file with at least 100.',
    );
  });
});
