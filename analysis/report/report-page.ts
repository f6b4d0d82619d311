// The report of a session as one HTML document: no script, nothing from elsewhere, made for paper too; pure; analysis process.
import { interlockWords } from '../../common/contract/interlock-words.ts';
import type { ReviewDescription, ReviewEvents, ReviewNote, SignedNote } from '../../common/contract/review.ts';
import { formatClock, formatMilliseconds, formatNumber } from '../../common/figures/format-quantity.ts';
import type { SessionOpening } from '../../common/journal/session-documents.ts';
import type { SessionSummary } from '../../common/journal/session-summary.ts';
import type { CheckedFiles } from './check-files.ts';
import type { ElectrodeDeliveries } from './deliveries.ts';
import type { InputTotals } from './input-totals.ts';
import { type Cell, count, escaped, facts, figure, section, table } from './html.ts';

export interface ReportContent {
  opening: SessionOpening;
  description: ReviewDescription;
  summary: SessionSummary;
  events: ReviewEvents;
  notes: readonly ReviewNote[];
  signatures: readonly SignedNote[];
  noteProblems: readonly string[];
  tags: readonly string[];
  checked: CheckedFiles;
  deliveries: readonly ElectrodeDeliveries[];
  inputs: readonly InputTotals[];
  /** Drawings as whole SVG files; those that there is nothing to draw for are left out. */
  figures: Partial<Record<'overview' | 'latency' | 'histogram' | 'average' | 'weights', string>>;
  /** Electrodes whose traces the overview shows. */
  tracesShown: number;
  /** When the report was made, ISO 8601, and by which version. */
  madeAt: string;
  madeBy: string;
}

const style = `
@page { size: A4; margin: 14mm; }
body { max-width: 1100px; margin: 24px auto; padding: 0 16px; background: #fff; color: #12171d;
  font: 14px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 17px; margin: 28px 0 8px; border-bottom: 1px solid #c9d1d9; }
h3 { font-size: 14px; margin: 16px 0 4px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 20px; margin: 0; }
dt { color: #43505c; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } thead { display: table-header-group; }
th, td { padding: 3px 16px 3px 0; border-bottom: 1px solid #e4e9ee; text-align: left; vertical-align: top; }
th { color: #43505c; font-weight: 400; } td.number, th.number { text-align: right; } td { overflow-wrap: anywhere; }
figure { margin: 8px 0; break-inside: avoid; } figcaption { color: #43505c; font-size: 12.5px; }
svg { max-width: 100%; height: auto; } .figures { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
.none { color: #43505c; } .good { color: #16795a; } .bad { color: #c9252d; font-weight: 600; }
tr, dt, dd { break-inside: avoid; } h2, h3 { break-after: avoid; }
`;

export function reportPage(content: ReportContent): string {
  const { opening, summary, description, madeAt, madeBy } = content;
  const { experiment } = opening.checked;
  const title = `${description.subject ?? experiment.title} · ${opening.startedAt}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${escaped(experiment.title)}</h1>
<p>${escaped(`Session ${opening.session}, ${summary.reason}, ${formatClock(summary.seconds)}`)}</p>
</header>
${[metadata(content), overview(content), tripsOf(content), latencies(content), deliveries(content), inputs(content), responses(content), learned(content), annotations(content), limits(content), checks(content), provenance(content)].join('\n')}
<footer><p class="none">${escaped(`Made ${madeAt} by Exocortex ${madeBy} from the journal of the session.`)}</p></footer>
</body>
</html>
`;
}

function metadata({ opening, summary, description, tags }: ReportContent): string {
  const { checked, device, simulation } = opening;
  const { subject } = checked.experiment;
  const rules = checked.network.projections.flatMap(({ plasticity }) => plasticity?.rule ?? []);
  return section(
    'Session',
    facts([
      ['Subject', subject?.id ?? 'not named'],
      ['Experiment', checked.experiment.title],
      ['Operator', opening.operator],
      ['Began', opening.startedAt],
      ['Length', formatClock(summary.seconds)],
      ['Ended', `${summary.reason}${summary.complete ? ', complete' : ', NOT complete'}`],
      ['Output', opening.isArmed ? 'armed' : 'disarmed, a control'],
      ['Tags', tags.join(', ') || 'none'],
      ['Source', `${device.description}, serial number ${device.serial}, firmware ${device.firmware}`],
      ['Recording', `${opening.channels} electrodes at ${count(opening.sampleRateHz)} Hz`],
      [
        'Lost',
        `${count(summary.samplesLost)} samples per electrode in ${summary.gaps} gaps; ${description.framesLost} records of the journal`,
      ],
      [
        'Population',
        `${count(simulation.neurons)} neurons, ${count(simulation.synapses)} synapses (${count(simulation.plasticSynapses)} plastic), ${simulation.backend}`,
      ],
      ['Learning rules', [...new Set(rules)].join(', ') || 'none'],
      ['Spikes', `${count(summary.spikes)} of the tissue, ${count(summary.simulatedSpikes)} simulated`],
    ]),
  );
}

function overview({ figures, events, description, tracesShown }: ReportContent): string {
  const seconds = (at: number) => at / description.sampleRateHz;
  const phases = events.phases.map(({ at, name, stimulation }, index): Cell[] => {
    const until = events.phases[index + 1]?.at ?? description.samples;
    return [
      name,
      formatClock(seconds(at)),
      formatClock(seconds(until - at)),
      stimulation ? 'stimulates' : 'does not stimulate',
    ];
  });
  const shown =
    tracesShown < description.channels
      ? `electrodes E0 to E${tracesShown - 1} of ${description.channels}`
      : 'all electrodes';
  const caption = `From above: traces of ${shown} (minimum and maximum of each column), spikes of the tissue, ${description.populations.length > 0 ? 'spikes of the simulated neurons by population, ' : ''}rates per electrode and per neuron, stimuli (mark: asked, stem: delivered, below: refused), ${description.digitalInputs.length > 0 ? 'digital inputs (bar: high, stroke: edge, at the right: rising edges), ' : ''}latency with its limit, phases and states of the interlock, notes.`;
  return [
    section(
      'Overview',
      ...(figures.overview === undefined
        ? ['<p class="none">No sample was recorded.</p>']
        : [figure(figures.overview, caption)]),
    ),
    section('Phases', table(['Phase', 'From', 'Length', 'Output'], phases)),
  ].join('\n');
}

function tripsOf({ events, description, summary }: ReportContent): string {
  const seconds = (at: number) => formatClock(at / description.sampleRateHz);
  const rows = events.faults.map(({ at, code, message, isFirst }): Cell[] => [
    seconds(at),
    isFirst ? 'cause of a trip' : 'further',
    code,
    message,
  ]);
  const states = events.states.map(({ at, state, event, operator }): Cell[] => [
    seconds(at),
    interlockWords[state],
    event,
    operator ?? '',
  ]);
  return section(
    'Trips',
    `<p>${summary.trips === 0 ? 'No fault turned the output off.' : `${summary.trips} ${summary.trips === 1 ? 'fault' : 'faults'} turned the output off.`}</p>`,
    table(['At', 'What', 'Code', 'Message'], rows, 'No fault.'),
    '<h3>States of the interlock</h3>',
    table(['At', 'State', 'Because of', 'Operator'], states),
    ...(events.cut.length === 0 ? [] : [`<p>There are more ${escaped(events.cut.join(', '))} than are told here.</p>`]),
  );
}

function latencies({ summary, description, figures }: ReportContent): string {
  const { latencyMs, stagesMs, lateHandling } = summary;
  const row = (name: string, { count: ticks, p50, p99, p999, max }: typeof latencyMs): Cell[] => [
    name,
    ticks,
    ...[p50, p99, p999, max].map(formatMilliseconds),
  ];
  const handled = Object.entries(lateHandling).map(([how, ticks]) => `${ticks} ${how}`);
  return section(
    'Latency',
    `<p>${escaped(`Limit ${description.deadlineMilliseconds} ms. ${count(summary.lateTicks)} of ${count(summary.ticks)} ticks were late${handled.length === 0 ? '' : ` (${handled.join(', ')})`}.`)}</p>`,
    table(
      ['From acquisition to the end of the tick, and stage by stage', 'Ticks', 'Median', '99 %', '99.9 %', 'Greatest'],
      [row('whole', latencyMs), ...Object.entries(stagesMs).map(([stage, values]) => row(stage, values))],
    ),
    ...(figures.latency === undefined
      ? []
      : [figure(figures.latency, 'Ticks by latency; both axes in powers of ten. Over time: in the overview.')]),
  );
}

function deliveries({ deliveries: rows, summary }: ReportContent): string {
  const refusals = Object.entries(summary.refusals).map(([code, requests]): Cell[] => [code, requests]);
  const microamps = (value: number) => (Number.isNaN(value) ? '–' : `${formatNumber(value)} µA`);
  return section(
    'Stimuli',
    `<p>${escaped(`${count(summary.requests)} asked, ${count(summary.permits)} permitted, ${count(summary.deliveries)} delivered; ${count(summary.refusedByDevice)} refused by the device, ${count(summary.unacknowledged)} not acknowledged.`)}</p>`,
    table(
      ['Electrode', 'Asked', 'Delivered', 'Refused', 'Other', 'Mean asked', 'Mean delivered'],
      rows.map(({ electrode, asked, delivered, refused, other, askedMicroamps, deliveredMicroamps }) => [
        `E${electrode}`,
        asked,
        delivered,
        refused,
        other,
        microamps(askedMicroamps),
        microamps(deliveredMicroamps),
      ]),
      'No stimulus was asked for.',
    ),
    '<h3>Refusals of the interlock</h3>',
    table(['Code', 'Requests'], refusals),
  );
}

/** Nothing where the experiment names none. */
function inputs({ inputs: totals }: ReportContent): string {
  if (totals.length === 0) return '';
  const clock = (seconds: number | undefined) => (seconds === undefined ? '–' : formatClock(seconds));
  return section(
    'Digital inputs',
    table(
      ['Input', 'Line', 'Rising edges', 'Falling edges', 'First rising edge', 'Last rising edge', 'High for'],
      totals.map(({ name, line, rises, falls, firstRiseSeconds, lastRiseSeconds, highSeconds }) => [
        name,
        line,
        rises,
        falls,
        clock(firstRiseSeconds),
        clock(lastRiseSeconds),
        highSeconds === undefined ? 'not known' : formatClock(highSeconds),
      ]),
    ),
  );
}

function responses({ summary, figures }: ReportContent): string {
  const row = (
    name: string,
    { stimuli, evokedSpikesPerDelivery, baselineSpikesPerDelivery }: typeof summary.evoked,
  ): Cell[] => [name, stimuli, formatNumber(baselineSpikesPerDelivery), formatNumber(evokedSpikesPerDelivery)];
  const [from, to] = summary.evoked.evokedWindowMs;
  const drawn = [
    ...(figures.histogram === undefined
      ? []
      : [figure(figures.histogram, 'All electrodes; the refused requests are the control.')]),
    ...(figures.average === undefined ? [] : [figure(figures.average, 'Stimulation artefacts are not removed.')]),
  ];
  return section(
    'Responses',
    table(
      ['Around', 'Stimuli', 'Spikes before, each', `Spikes ${from} to ${to} ms after, each`],
      [row('deliveries', summary.evoked), row('refused requests (control)', summary.evokedControl)],
    ),
    '<p class="none">Spikes of the stimulated electrode and its neighbours, in windows of the same length.</p>',
    ...(drawn.length === 0 ? [] : [`<div class="figures">${drawn.join('\n')}</div>`]),
  );
}

function learned({ summary, figures }: ReportContent): string {
  const weights = summary.meanPlasticWeightMillivolts;
  const words =
    weights === undefined
      ? 'The population gave no result.'
      : `Mean plastic weight: ${formatNumber(weights.first)} mV at the beginning, ${formatNumber(weights.last)} mV at the end.`;
  return section(
    'Learned weights',
    `<p>${escaped(words)}</p>`,
    ...(figures.weights === undefined
      ? []
      : [figure(figures.weights, 'Over the session, after each result of the simulation.')]),
  );
}

function annotations({ notes, signatures, noteProblems, events, description }: ReportContent): string {
  const span = ({ fromSeconds, toSeconds }: ReviewNote) => `${formatClock(fromSeconds)} – ${formatClock(toSeconds)}`;
  return section(
    'Notes and marks',
    table(
      ['About', 'Label', 'Text', 'Author', 'Written'],
      notes.map((note) => [span(note), note.label, note.text, note.author, note.writtenAt]),
      'No note.',
    ),
    ...noteProblems.map((problem) => `<p class="bad">${escaped(problem)}</p>`),
    '<h3>Signatures</h3>',
    table(
      ['Verdict', 'Statement', 'Signed by', 'Written', 'Entry of the audit log'],
      signatures.map(({ signOff, text, author, writtenAt }) => [
        signOff.verdict,
        text,
        author,
        writtenAt,
        String(signOff.audit.seq),
      ]),
      'Nobody has signed this session off.',
    ),
    '<h3>Marks of the recording</h3>',
    table(
      ['At', 'Text'],
      events.marks.map(({ at, text }) => [formatClock(at / description.sampleRateHz), text]),
      'No mark.',
    ),
  );
}

/** Every value by the path of its name. */
function flattened(value: unknown, path: string): [string, Cell][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]];
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return [[path, value.join(', ')]];
  return Object.entries(value).flatMap(([key, each]) => flattened(each, path === '' ? key : `${path} · ${key}`));
}

const limits = ({ opening }: ReportContent) =>
  section('Limits in force', facts([['SHA-256', opening.limits.hash], ...flattened(opening.limits.limits, '')]));

const filesAgree = 'Journal and session.json are whole and agree, and every file that was signed is as it was then.';

function checks({ checked }: ReportContent): string {
  const { records, requests, permits, deliveries: answers, marks, ended, manifest, problems } = checked;
  const isWhole = problems.length === 0;
  return section(
    'Checks',
    `<p class="${isWhole ? 'good' : 'bad'}">${isWhole ? filesAgree : `${problems.length} ${problems.length === 1 ? 'problem was' : 'problems were'} found.`}</p>`,
    facts([
      ['The session', ended],
      ['Manifest', manifest],
      ['Records with their checksums', count(records)],
      ['Requests, permits, answers of the device', [requests, permits, answers].map(count).join(', ')],
      [
        'Entries of the audit log that it names',
        `${marks}; “exocortex verify <session>” looks for them in the log of the station`,
      ],
    ]),
    ...(isWhole
      ? []
      : [
          table(
            ['Where', 'What', 'What to do'],
            problems.map(({ where, what, cure }) => [where, what, cure]),
          ),
        ]),
  );
}

function provenance({ opening, summary, description }: ReportContent): string {
  const { kernels, simulation, audit } = opening;
  return section(
    'Provenance',
    facts([
      ['Session', opening.session],
      ['Folder', description.folder],
      ['Recorded by', `Exocortex ${opening.exocortexVersion}`],
      ['Experiment file', opening.checked.file],
      ['Limits', opening.limits.hash],
      ['Audit log', audit === undefined ? 'not named' : `entry ${audit.seq}, ${audit.hash}`],
      ['Kernels', kernels.kernel === 'native' ? 'native' : `TypeScript: ${kernels.reason ?? ''}`],
      ['Population computed by', [simulation.backend, simulation.backendReason].filter(Boolean).join('. ')],
      [
        'Population went on from',
        simulation.startedFrom === undefined
          ? 'its seed'
          : `step ${simulation.startedFrom.step}, ${simulation.startedFrom.sha256}`,
      ],
      [
        'Journal',
        `${count(summary.journal.frames)} records, ${count(summary.journal.framesLost)} lost, ${count(summary.journal.validBytes)} bytes`,
      ],
    ]),
  );
}
