// Checks what phases inject into populations against the network; used by the main process.
import type { Experiment } from '../../common/experiment/experiment.ts';
import type { NetworkModel } from '../../common/experiment/network-model.ts';
import { type DriveProblem, driveProblem, driveRange, noDrive } from '../../common/experiment/network/drive.ts';
import { population as populationSchema } from '../../common/experiment/network/population.ts';
import { driveOf, phaseDriveSchema, type StrengthKey, strengthKeys } from '../../common/experiment/phase-drive.ts';
import { checkReference, type FileContent, namesOf } from './file-content.ts';
import { populationOf } from './network-references.ts';
import type { ProblemList } from './problem-list.ts';

export function checkPhaseDrives(
  experiment: FileContent<Experiment>,
  network: FileContent<NetworkModel>,
  problems: ProblemList,
): void {
  for (const [phase, { drives } = {}] of (experiment.value.phases ?? []).entries()) {
    for (const index of drives?.keys() ?? []) checkDrive(experiment, network, phase, index, problems);
    const names = drives?.map((drive) => drive?.population) ?? [];
    for (const [index, name] of names.entries()) {
      if (name === undefined || names.indexOf(name) === index) continue;
      problems.error(
        experiment.tree.placeAt(['phases', phase, 'drives', index, 'population']),
        `${name} is driven twice in this phase`,
        'Leave one of the two drives out',
      );
    }
  }
}

const keys = Object.keys(strengthKeys) as StrengthKey[];

function checkDrive(
  experiment: FileContent<Experiment>,
  network: FileContent<NetworkModel>,
  phase: number,
  index: number,
  problems: ProblemList,
): void {
  const { value, tree } = experiment;
  const path = ['phases', phase, 'drives', index];
  const { drives, seconds } = value.phases?.[phase] ?? {};
  const drive = drives?.[index];
  const names = namesOf(network.value.populations);
  checkReference(experiment, [...path, 'population'], drive?.population, names, 'population', problems);
  const population = populationSchema.safeParse(populationOf(network.value, drive?.population));
  const { stepMilliseconds } = network.value;
  const { tickMilliseconds } = value;
  // What is wrong there has been reported.
  if (!population.success || stepMilliseconds === undefined || tickMilliseconds === undefined) return;
  const range = driveRange(population.data, stepMilliseconds);
  const right = keys.find((key) => strengthKeys[key] === range?.unit);
  const report = ({ at, what, fix }: DriveProblem) => {
    const key = at === 'population' ? at : at === 'milliseconds' ? 'durationMilliseconds' : right!;
    const place = tree.hasKey([...path, key]) ? [...path, key] : path;
    problems.error(tree.placeAt(place), `${what[0]!.toUpperCase()}${what.slice(1)}`, fix);
  };
  if (right === undefined) return report(noDrive(population.data));
  const given = keys.filter((key) => tree.hasKey([...path, key]));
  const wrong = given.find((key) => key !== right);
  if (wrong !== undefined) {
    const what = `${population.data.name} is driven in ${strengthKeys[right]}, which ${wrong} does not say`;
    const fix = given.includes(right) ? `Leave ${wrong} out` : `Replace ${wrong} by ${right}`;
    return problems.error(tree.placeAt([...path, wrong]), what, fix);
  }
  if (given.length === 0) return problems.error(tree.placeAt(path), `${right} is missing`, `Add ${right}`);
  const whole = phaseDriveSchema.safeParse(drive);
  if (!whole.success || seconds === undefined) return;
  const problem = driveProblem(population.data, driveOf(whole.data, seconds), stepMilliseconds, tickMilliseconds);
  if (problem !== undefined) report(problem);
}
