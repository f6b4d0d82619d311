// What two sessions have at a moment and in the window that is looked at, as a table of words; pure; used in the page.
import { formatClock, formatNumber } from '../../../common/figures/format-quantity.ts';
import { binAt, type Course, secondsAt } from './course.ts';
import { courseKeys, type CourseLine, inputKey } from './course-lines.ts';

/** A quantity, with one value for each session: '–' where it has none. */
export interface CourseRow {
  name: string;
  values: string[];
}

const none = '–';
const withUnit = (value: number, unit: string) => (Number.isFinite(value) ? `${formatNumber(value)} ${unit}` : none);

function rowsOf(courses: readonly Course[], tell: (line: CourseLine, course: Course) => string): CourseRow[] {
  return courseKeys(courses.map(({ session }) => session.scene.description)).map((key) => {
    const lines = courses.map((course) => course.lines.find((line) => line.key === key));
    return {
      name: lines.find((line) => line !== undefined)?.name ?? key,
      values: lines.map((line, index) => (line === undefined ? none : tell(line, courses[index]!))),
    };
  });
}

/** @param sample of the first session */
export function courseValuesAt(courses: readonly Course[], sample: number): CourseRow[] {
  const [first] = courses;
  if (first === undefined) return [];
  const seconds = courses.map(({ session }) => secondsAt(session, first.session, sample));
  const isWithin = ({ session }: Course, index: number) => {
    const { samples, sampleRateHz } = session.scene.description;
    return seconds[index]! >= 0 && seconds[index]! <= samples / sampleRateHz;
  };
  const times = courses.map((course, index) => (isWithin(course, index) ? formatClock(seconds[index]!) : none));
  return [
    { name: 'Time', values: times },
    ...rowsOf(courses, (line, course) => {
      const place = seconds[courses.indexOf(course)]! * course.session.scene.window.sampleRateHz;
      const bin = binAt(course, place);
      return bin === undefined ? none : withUnit(line.values[bin]!, line.unit);
    }),
  ];
}

/** Means over the bins of the window; deliveries and edges as they are counted, of the weights the first and the last, and the highest latency. */
export function courseSummary(courses: readonly Course[]): CourseRow[] {
  const highest = courses.map(({ lines }) => {
    const latency = lines.find(({ key }) => key === 'latency');
    const highs = Array.from(latency?.highs ?? []).filter((high) => Number.isFinite(high));
    return withUnit(Math.max(...highs), latency?.unit ?? '');
  });
  return [...meansOf(courses), { name: 'Highest latency', values: highest }];
}

function meansOf(courses: readonly Course[]): CourseRow[] {
  return rowsOf(courses, (line, { bins, session }) => {
    const values = line.values.filter((value) => Number.isFinite(value));
    if (values.length === 0) return none;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    switch (line.key) {
      case 'weight':
        return `${formatNumber(values[0]!)} → ${withUnit(values.at(-1)!, line.unit)}`;
      case 'deliveries':
        return formatNumber(bins.delivered.reduce((sum, count) => sum + count, 0));
      default: {
        const input = session.scene.description.digitalInputs.findIndex(({ name }) => inputKey(name) === line.key);
        if (input >= 0) return formatNumber(bins.rises[input]!.reduce((sum, count) => sum + count, 0));
        return withUnit(mean, line.unit);
      }
    }
  });
}
