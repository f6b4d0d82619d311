// Points of a plane in classes that no straight line separates: two spirals, and rings around each other; analysis process.
import { Matrix } from '../base/matrix.ts';
import type { Random } from '../base/random.ts';
import { classTargets, drawBatch, type Samples, type StaticTask } from './static-task.ts';

type Point = readonly [x: number, y: number];

/** How many times as many points are tested as are learned. */
const testTimes = 10;

interface PlanarClasses {
  readonly classes: number;
  readonly pointsPerClass: number;
  /** Standard deviation in each direction. */
  readonly noise: number;
  /** The place of a point without noise. @param along 0 to 1 along the curve of its class */
  place(of: number, along: number): Point;
}

/** The points that are learned are drawn once, with their noise; others are tested. */
function planarClasses({ classes, pointsPerClass, noise, place }: PlanarClasses, random: Random): StaticTask {
  const draw = (points: number): Samples => {
    const inputs = new Matrix(classes * points, 2);
    const belongs: number[] = [];
    for (let index = 0; index < classes * points; index++) {
      const of = index % classes;
      const [x, y] = place(of, (Math.floor(index / classes) + 0.5) / points);
      inputs.row(index).set([x + noise * random.normal(), y + noise * random.normal()]);
      belongs.push(of);
    }
    return { inputs, targets: classTargets(belongs, classes) };
  };
  const learned = draw(pointsPerClass);
  const tested = draw(testTimes * pointsPerClass);
  return {
    inputs: 2,
    outputs: classes,
    hasClasses: true,
    batch: (_, samples, from) => drawBatch(learned, samples, from),
    test: () => tested,
  };
}

/** Two arms from near the middle to a radius of 1, half a turn apart. The radius grows evenly with the angle. */
export function spirals(
  { pointsPerSpiral, turns, noise }: { pointsPerSpiral: number; turns: number; noise: number },
  random: Random,
): StaticTask {
  const place = (arm: number, along: number): Point => {
    const radius = 0.1 + 0.9 * along;
    const angle = 2 * Math.PI * turns * along + arm * Math.PI;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  };
  return planarClasses({ classes: 2, pointsPerClass: pointsPerSpiral, noise, place }, random);
}

/** Rings around the origin; the outermost has a radius of 1, and they are evenly spaced. */
export function rings(
  { rings: count, pointsPerRing, noise }: { rings: number; pointsPerRing: number; noise: number },
  random: Random,
): StaticTask {
  const place = (ring: number, along: number): Point => {
    const radius = (ring + 1) / count;
    return [radius * Math.cos(2 * Math.PI * along), radius * Math.sin(2 * Math.PI * along)];
  };
  return planarClasses({ classes: count, pointsPerClass: pointsPerRing, noise, place }, random);
}
