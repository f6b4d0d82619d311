// The folder of a study's finished units, each whole in a file of its own or not there; analysis process.
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type StudyUnit,
  type UnitResult,
  unitResultSchema,
  unitsVersionSchema,
} from '../../../common/rule-study/unit-result.ts';
import { AnalysisFailure } from '../../failure.ts';
import { writeJsonFile } from '../../write-json-file.ts';
import { fileOf } from './units.ts';

/** Written before the first unit, so that a folder never holds units of two versions. */
const versionFileName = 'version.json';

export class UnitFolder {
  readonly #folder: string;
  readonly #study: string;

  private constructor(folder: string, study: string) {
    this.#folder = folder;
    this.#study = study;
  }

  /**
   * @param study SHA-256 of what decides the study's numbers
   * @throws AnalysisFailure when the folder holds units of another version.
   */
  static async open(folder: string, study: string): Promise<UnitFolder> {
    await mkdir(folder, { recursive: true });
    const file = join(folder, versionFileName);
    const found = await readJson(file);
    if (found === undefined) {
      const others = (await readdir(folder)).filter((name) => name.endsWith('.json'));
      if (others.length > 0)
        throw new AnalysisFailure(`${folder} holds ${others[0]!} and no ${versionFileName}.`, cure);
      await writeJsonFile(file, { study });
    } else if (unitsVersionSchema.safeParse(found).data?.study !== study) {
      throw new AnalysisFailure(
        `${folder} holds results of another version of this study: its task, network, rules or presentations differ.`,
        cure,
      );
    }
    return new UnitFolder(folder, study);
  }

  /** @returns undefined for a unit that is not finished. @throws AnalysisFailure for a file that is not this unit's. */
  async find(unit: StudyUnit): Promise<UnitResult | undefined> {
    const file = join(this.#folder, fileOf(unit));
    const found = await readJson(file);
    if (found === undefined) return undefined;
    const { data } = unitResultSchema.safeParse(found);
    if (data === undefined || data.study !== this.#study || fileOf(data) !== fileOf(unit))
      throw new AnalysisFailure(
        `${file} is not the result of its unit.`,
        'Remove the file; the unit is then run again.',
      );
    return data;
  }

  async save(result: Omit<UnitResult, 'format' | 'study'>): Promise<UnitResult> {
    const whole: UnitResult = { format: 'exocortex-rule-study-unit/1', study: this.#study, ...result };
    await writeJsonFile(join(this.#folder, fileOf(whole)), whole);
    return whole;
  }
}

const cure = 'Name another folder with --out, or remove this one.';

/** @returns undefined for a file that is not there. */
async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new AnalysisFailure(`${file} cannot be read: ${String(error)}`, 'Check the rights of its folder.', {
      cause: error,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AnalysisFailure(`${file} is not JSON.`, 'Remove the file; what it held is computed again.', {
      cause: error,
    });
  }
}
