// The way to a violation in words: every step with what it led to; for the model check.
import { type Collapse, vectorWords } from './collapse.ts';
import { ageOf, kindOf, type Message, sequenceOf, sessionOf } from './message.ts';
import type { Draft, ModelState, Setting } from './state.ts';
import type { StateSet } from './state-set.ts';
import { forEachSuccessor } from './successors.ts';

/** What a search has met so far. */
export interface Search {
  readonly setting: Setting;
  readonly collapse: Collapse;
  readonly states: StateSet;
}

/** One line for each step. */
export type Trace = readonly string[];

function describeMessage(message: Message): string {
  const kind = kindOf(message);
  const number = kind === 'pulse' ? `.${sequenceOf(message)}` : '';
  return `${kind} ${sessionOf(message)}${number} (${ageOf(message)})`;
}

/** The parts of a state that traces are read for. */
function describe({ rig, device, rigChannel, watchdogChannel, observer }: ModelState): string {
  const { record, life } = rig;
  const cause = record.firstCause === undefined ? '' : `, ${record.firstCause.code}`;
  const output = device.isOutputOn ? `on${device.isDry ? ' dry' : ''}, lease ${device.leaseTicks}` : 'off';
  const underWay = [...rigChannel, ...watchdogChannel].map(describeMessage).join(', ');
  return [
    `rig ${life === 'running' ? '' : `${life}, `}${record.state} ${record.session}${cause}`,
    `device ${output}, session ${device.session}, burned ${device.burned}`,
    `under way: ${underWay === '' ? 'nothing' : underWay}`,
    `permission ${observer.outputPermission} ticks ago`,
  ].join(' | ');
}

/** The label of the step that leads from one known state to another. */
function stepBetween(search: Search, from: number, to: number): string {
  const { collapse, states, setting } = search;
  const now = collapse.unpack(states.vectors, from * vectorWords);
  const vector = new Uint32Array(vectorWords);
  let found = '';
  forEachSuccessor(now, setting, (label, next) => {
    collapse.pack(next, vector);
    if (found === '' && states.find(vector) === to) found = label;
  });
  return found;
}

/** @param last the state from which the violating step goes */
export function traceTo(search: Search, last: number, label: string, violating: Draft): Trace {
  const { collapse, states } = search;
  const lines = [`${label} → ${describe(violating)}`];
  for (let state = last; ;) {
    const parent = states.parentOf(state);
    if (parent === -1) return lines.reverse();
    const reached = collapse.unpack(states.vectors, state * vectorWords);
    lines.push(`${stepBetween(search, parent, state)} → ${describe(reached)}`);
    state = parent;
  }
}
