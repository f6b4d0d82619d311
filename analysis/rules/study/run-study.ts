// Runs a study: the units that are not there yet on several workers, what is known after each, and everything that is made of all of them; analysis process.
import { join } from 'node:path';
import type { StudyOutcome } from '../../../common/rule-study/study-results.ts';
import { median } from '../../../common/base/percentile.ts';
import type { RuleStudy } from '../../../common/rule-study/study.ts';
import type { StudyUnit, UnitResult } from '../../../common/rule-study/unit-result.ts';
import type { JobOptions } from '../../progress.ts';
import { type Worker, workThrough } from '../crew/crew.ts';
import type { StudyKind, UnitFindings } from './study-kind.ts';
import { kindOf } from './study-kinds.ts';
import { summariseStudy } from './summarise-study.ts';
import { UnitFolder } from './unit-folder.ts';
import { fileOf, rulesOf, unitsOf } from './units.ts';
import { writeReport, writeResults } from './report/write-report.ts';

export interface UnitPiece {
  readonly study: RuleStudy;
  readonly unit: StudyUnit;
}

export interface RunStudyOptions extends JobOptions {
  /** Where units and results go. */
  readonly folder: string;
  /** SHA-256 of what decides the study's numbers. */
  readonly hash: string;
  readonly kinds: readonly StudyKind[];
  readonly workers: number;
  startWorker(): Worker<UnitPiece, UnitFindings>;
  /** In ms, of any beginning. */
  now(): number;
}

/** @throws AnalysisFailure for a folder of another study; the signal's reason when it aborts, with the finished units saved. */
export async function runStudy(study: RuleStudy, options: RunStudyOptions): Promise<StudyOutcome> {
  const startedMs = options.now();
  const kind = kindOf(study, options.kinds);
  const units = unitsOf(study, rulesOf(study, kind));
  const saved = await UnitFolder.open(join(options.folder, 'units'), options.hash);
  const results = new Map<string, UnitResult>();
  for (const unit of units) {
    const found = await saved.find(unit);
    if (found !== undefined) results.set(fileOf(unit), found);
  }
  const resumed = results.size;
  const summarise = () =>
    summariseStudy(
      study,
      options.hash,
      kind,
      units.flatMap((unit) => results.get(fileOf(unit)) ?? []),
      units.length - results.size,
    );
  /** Units whose part of the results can be read. */
  let told = resumed;
  const tell = (fraction: number) =>
    options.onProgress?.(
      fraction,
      `${told} of ${units.length} units${resumed === 0 ? '' : `, ${resumed} of them were there`}`,
    );
  let written: Promise<void> = Promise.resolve();
  const showNewest = async () => {
    const count = results.size;
    if (count < units.length) await writeResults(options.folder, summarise());
    told = Math.max(told, count);
  };
  tell(resumed / units.length);
  await workThrough(
    units.filter((unit) => !results.has(fileOf(unit))).map((unit): UnitPiece => ({ study, unit })),
    {
      workers: options.workers,
      startWorker: options.startWorker,
      onProgress: (fraction) => tell((resumed + fraction * (units.length - resumed)) / units.length),
      async onResult(findings, { unit }) {
        const { label, seed, setting } = unit;
        results.set(fileOf(unit), await saved.save({ label, seed, ...(setting && { setting }), ...findings }));
        written = written.then(showNewest);
        await written;
      },
      signal: options.signal,
    },
  );
  const summary = summarise();
  const nanosecondsPerSynapse = timesOf([...results.values()]);
  const files = await writeReport(options.folder, summary, nanosecondsPerSynapse);
  return {
    folder: options.folder,
    units: units.length,
    resumed,
    seconds: (options.now() - startedMs) / 1000,
    results: summary,
    nanosecondsPerSynapse,
    files,
  };
}

/** Medians over the units of each rule: a unit that had to share its core counts little. */
function timesOf(units: readonly UnitResult[]): Record<string, number> {
  const labels = [...new Set(units.map(({ label }) => label))];
  return Object.fromEntries(
    labels.map((label) => [
      label,
      median(units.filter((unit) => unit.label === label).map(({ measured }) => measured.nanosecondsPerSynapse))!,
    ]),
  );
}
