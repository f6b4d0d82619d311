// Searches the protocol of interlock, watchdog and stimulator exhaustively, then its mutants:
// `node tests/model/check-model.mjs [--quick | --deep] [--json] [--trace]`. `--deep` is for every night. Ends with 0 when nothing is
// violated, every mutant is killed and every invariant is broken by one.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildTool } from '../build-tool.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    deep: { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
  },
});

/** @param {number} value */
const grouped = (value) => value.toLocaleString('en').padStart(12);
const say = options.json ? () => {} : console.log;

// Bundled: the search calls small functions of many files a hundred million times.
const parts = ['check-model', 'configurations', 'mutants'];
const tool = await buildTool(Object.fromEntries(parts.map((part) => [part, `tests/model/${part}.ts`])));
const [{ checkModel, isPassed }, configurations, { mutants }] = await Promise.all(
  // eslint-disable-next-line exocortex/no-computed-import -- the bundle was built a moment ago, in a folder of a new name.
  parts.map((part) => import(pathToFileURL(join(tool.folder, `${part}.js`)).href)),
);
tool.dispose();

say('      states  transitions   steps   late   seconds');
const report = checkModel({
  configurations: configurations[`${options.quick ? 'quick' : options.deep ? 'deep' : 'full'}Configurations`],
  mutants,
  nowMs: () => performance.now(),
  onConfiguration: ({ name, states, transitions, depth, latestPulse, latestOutput, broken, trace, seconds }) => {
    const late = `${latestPulse}/${latestOutput}`.padStart(6);
    const counts = `${grouped(states)} ${grouped(transitions)} ${`${depth}`.padStart(7)} ${late}`;
    say(`${counts} ${seconds.toFixed(1).padStart(9)}   ${name}${broken === undefined ? '' : `: ${broken} VIOLATED`}`);
    for (const step of trace) say(`    ${step}`);
  },
  onMutant: ({ name, killed, by, steps, trace }) => {
    say(`${killed ? `killed by ${by} in ${steps} steps` : 'SURVIVED'}: ${name}`);
    if (options.trace) for (const step of trace) say(`    ${step}`);
  },
});
const { states, transitions, violations, killed, unbroken, seconds } = report;
for (const name of unbroken) say(`NEVER BROKEN: ${name}`);
say(
  `${states} states, ${transitions} transitions, ${violations} violations, ${killed} of ${report.mutants} mutants killed, ${seconds.toFixed(0)} s`,
);
if (options.json) {
  const withoutTrace = ({ trace: _, ...each }) => each;
  const searched = report.configurations.map((each) => (each.broken === undefined ? withoutTrace(each) : each));
  console.log(
    JSON.stringify({ ...report, configurations: searched, mutantsList: report.mutantsList.map(withoutTrace) }),
  );
}
process.exitCode = isPassed(report) ? 0 : 1;
