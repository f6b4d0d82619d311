// What the self test of a graphics processor tells, and how the simulation learns of it; simulation process and Electron's main process.
import { z } from 'zod';

const milliseconds = z.number().min(0);
const trial = {
  adapter: z.strictObject({
    name: z.string(),
    /** The processor itself computes: right, but tens to hundreds of times slower than the native back end. */
    isSoftware: z.boolean(),
  }),
  medianMilliseconds: milliseconds,
  /** 99 % of the ticks were faster. */
  p99Milliseconds: milliseconds,
};

/** What one attempt tells: its message to whoever started it. */
export const selfTestReportSchema = z.union([z.strictObject(trial), z.strictObject({ reason: z.string() })]);
export type SelfTestReport = z.output<typeof selfTestReportSchema>;

const ways = z.enum(['plain', 'hook']);
export const selfTestResultSchema = z.union([
  z.strictObject({ works: ways, ...trial }),
  z.strictObject({ works: z.literal('none'), reason: z.string() }),
]);
/** 'plain': Dawn works as it is, as in a plain Node program. 'hook': where the native addon makes it copy. */
export type SelfTestResult = z.output<typeof selfTestResultSchema>;

export interface SelfTestAttempt {
  readonly works: z.output<typeof ways>;
  /** How Dawn is to hand out memory: the argument of the self test. */
  readonly mode: 'plain' | 'copy' | 'forbid';
}

export const attemptsInOneProgram: readonly SelfTestAttempt[] = [
  { works: 'plain', mode: 'plain' },
  { works: 'hook', mode: 'copy' },
];

/** @param attempts in order of preference: the first that works ends the search */
export async function firstThatWorks<A extends SelfTestAttempt>(
  attempts: readonly A[],
  tryOnce: (attempt: A) => Promise<SelfTestReport>,
): Promise<SelfTestResult> {
  const reasons: string[] = [];
  for (const attempt of attempts) {
    const report = await tryOnce(attempt);
    if (!('reason' in report)) return { works: attempt.works, ...report };
    if (!reasons.includes(report.reason)) reasons.push(report.reason);
  }
  return { works: 'none', reason: reasons.join(' ') };
}

/** @param message whatever came from the self test */
export function readReport(message: unknown): SelfTestReport {
  const checked = selfTestReportSchema.safeParse(message);
  return checked.success ? checked.data : { reason: 'The self test of the graphics processor told something else.' };
}

export const crashed = (how: string): SelfTestReport => ({
  reason: `The self test of the graphics processor crashed (${how}).`,
});
export const hung = (withinMilliseconds: number): SelfTestReport => ({
  reason: `The self test of the graphics processor gave no answer within ${withinMilliseconds} ms.`,
});

const resultVariable = 'EXOCORTEX_GPU_SELF_TEST';

export function toEnvironment(result: SelfTestResult): Record<string, string> {
  return { [resultVariable]: JSON.stringify(result) };
}

/** @returns what the program that started this one has found out; undefined when it has not. */
export function fromEnvironment(environment: Readonly<Record<string, string | undefined>>): SelfTestResult | undefined {
  try {
    return selfTestResultSchema.parse(JSON.parse(environment[resultVariable] ?? ''));
  } catch {
    return undefined;
  }
}
