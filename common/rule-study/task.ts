// The tasks that a study of learning rules may set, as its file names them; each kind is one entry of the list.
import { z } from 'zod';
import { quantity } from '../experiment/quantity.ts';
import type { NetworkKind } from './network-kind.ts';
import { controlTasks, rewardTasks, temporalTasks } from './time-task.ts';

const neurons = (label: string, min = 1) => quantity({ label, unit: '', min, max: 1000, step: 1, isInteger: true });

const noise = (standard: number) =>
  quantity({ label: 'Noise', note: 'Standard deviation', unit: '', min: 0, max: 1, step: 0.01 }).default(standard);

const kind = <const Kind extends string>(word: Kind) => z.literal(word).meta({ label: 'Task' });

/** What a network with one hidden layer and random weights makes of Gaussian inputs. */
const teacherStudent = z.strictObject({
  kind: kind('teacher-student'),
  inputs: neurons('Inputs'),
  teacherNeurons: neurons('Hidden neurons of the teacher'),
  outputs: neurons('Outputs'),
});

/** The same, with a teacher whose hidden weights turn while the student learns. */
const rotatingTeacher = z.strictObject({
  kind: kind('rotating-teacher'),
  inputs: neurons('Inputs', 2),
  teacherNeurons: neurons('Hidden neurons of the teacher'),
  outputs: neurons('Outputs'),
  degreesPerThousandPresentations: quantity({
    label: 'Rotation',
    note: 'Of the teacher’s inputs, in one random plane',
    unit: '°',
    min: 0,
    max: 36_000,
    step: 1,
  }),
});

/** Whether an odd number of inputs is on; all patterns. Two bits are XOR. */
const parity = z.strictObject({
  kind: kind('parity'),
  bits: quantity({ label: 'Bits', note: '2 is XOR', unit: '', min: 2, max: 10, step: 1, isInteger: true }),
});

const spirals = z.strictObject({
  kind: kind('spirals'),
  pointsPerSpiral: quantity({
    label: 'Points of each spiral',
    unit: '',
    min: 2,
    max: 10_000,
    step: 1,
    isInteger: true,
  }).default(97),
  turns: quantity({ label: 'Turns', unit: '', min: 0.1, max: 5, step: 0.05 }).default(1.5),
  noise: noise(0.05),
});

const rings = z.strictObject({
  kind: kind('rings'),
  rings: quantity({
    label: 'Rings',
    note: 'One class each',
    unit: '',
    min: 2,
    max: 10,
    step: 1,
    isInteger: true,
  }).default(2),
  pointsPerRing: quantity({
    label: 'Points of each ring',
    unit: '',
    min: 2,
    max: 10_000,
    step: 1,
    isInteger: true,
  }).default(100),
  noise: noise(0.05),
});

/** Gaussian inputs with a given spectrum, to be given back through fewer neurons than there are inputs. */
const pcaStream = z.strictObject({
  kind: kind('pca-stream'),
  variances: z
    .array(quantity({ label: 'Variance', unit: '', min: 0, max: 1000, step: 0.01 }))
    .min(2)
    .meta({ label: 'Variances along the principal axes', note: 'The axes are turned at random' }),
});

/** Glyphs of 8 × 8 pixels, turned, scaled, sheared and shifted at random. */
const digits = z.strictObject({
  kind: kind('digits'),
  jitter: quantity({
    label: 'Jitter',
    note: '1 is up to 10°, 10 % of size, 0.1 of shear and 0.7 pixels',
    unit: '',
    min: 0,
    max: 2,
    step: 0.1,
  }).default(1),
  noise: noise(0.1),
});

/** Tasks of samples that do not depend on each other: supervised, for multilayer networks. */
export const staticTasks = [teacherStudent, rotatingTeacher, parity, spirals, rings, pcaStream, digits] as const;

export const taskSchema = z
  .discriminatedUnion('kind', [...staticTasks, ...temporalTasks, ...rewardTasks, ...controlTasks])
  .meta({ label: 'Task' });

export type StudyTask = z.infer<typeof taskSchema>;
export type StaticTaskDeclaration = z.infer<(typeof staticTasks)[number]>;
export type TemporalTaskDeclaration = z.infer<(typeof temporalTasks)[number]>;
export type RewardTaskDeclaration = z.infer<(typeof rewardTasks)[number]>;
export type ControlTaskDeclaration = z.infer<(typeof controlTasks)[number]>;

/** @returns the kind of network that learns a task */
export function networkOf(kind: StudyTask['kind']): NetworkKind {
  const isAmong = (tasks: readonly { shape: { kind: { value: string } } }[]) =>
    tasks.some(({ shape }) => shape.kind.value === kind);
  if (isAmong(staticTasks)) return 'multilayer';
  if (isAmong(temporalTasks)) return 'recurrent-spiking';
  return isAmong(rewardTasks) ? 'spiking-actor' : 'recurrent-rate';
}
