// Everything that has to be said loudly now, the gravest first. Runs in the page.
import { faultWords } from '../../common/contract/faults.ts';
import { formatClock } from '../../common/figures/format-quantity.ts';
import { ago, count, percent } from '../words/format.ts';
import { highUseOf, limitName, useOf, useWords } from '../words/status-words.ts';
import type { PageState } from './page-state.svelte.ts';
import type { SourceAlarm } from './source-watch.svelte.ts';

export interface Alarm {
  id: string;
  /** high: act now. medium: look soon. Each has a shape and a word of its own. */
  priority: 'high' | 'medium';
  what: string;
  /** Numbers; they may change while the alarm stands. */
  detail: string;
  toDo: string;
  /** Absent: it goes when its cause goes. */
  button?: { words: string; isEnabled: boolean; press: () => void };
}

type Page = Pick<PageState, 'link' | 'rig' | 'status' | 'stop' | 'source' | 'limits' | 'view'>;

function connection({ link, rig }: Page): Alarm[] {
  if (link.state === 'lost') {
    const detail = 'What it does now is not known here; the rig itself goes on.';
    return [{ id: 'connection', priority: 'high', what: 'No connection to the rig', detail, toDo: link.cure }];
  }
  if (rig.isKnown || rig.status === undefined) return [];
  return [
    {
      id: 'silent',
      priority: 'high',
      what: 'The rig does not answer',
      detail: `It has said nothing for ${ago(rig.ageMs)}, and what was shown is old.`,
      toDo: 'If this goes on, turn the stimulator off at the device.',
    },
  ];
}

function stop({ stop: { progress } }: Page): Alarm[] {
  if (progress.kind !== 'sent' || !progress.isOverdue) return [];
  return [
    {
      id: 'stop',
      priority: 'high',
      what: 'The stop is not confirmed',
      detail: 'Stop is sent again until it is.',
      toDo: 'Disconnect the stimulator from the tissue now.',
    },
  ];
}

/** A trip's card stands in Rig and Run; elsewhere the alarm leads to it. */
function trip(page: Page): Alarm[] {
  const interlock = page.status?.interlock;
  if (interlock?.state === 'fault') {
    return [
      {
        id: 'fault',
        priority: 'high',
        what: 'The output could not be confirmed off',
        detail: '',
        toDo: 'Disconnect the stimulator from the tissue now, then restart Exocortex.',
      },
    ];
  }
  if (interlock?.state !== 'tripped' || page.view === 'run' || page.view === 'rig') return [];
  const title = interlock.firstCause === undefined ? 'cause not known' : faultWords[interlock.firstCause.code].title;
  return [
    {
      id: 'trip',
      priority: 'high',
      what: `The rig tripped: ${title}`,
      detail: '',
      toDo: interlock.isAcknowledged ? 'Reset it on its card.' : 'Name the cause on its card.',
      button: { words: 'Show the card', isEnabled: true, press: () => (page.view = 'run') },
    },
  ];
}

function sourceDetail({ kind, amount, gaps, atSeconds }: SourceAlarm): string {
  const lost = `${count(amount)} samples in ${count(gaps)} ${gaps === 1 ? 'gap' : 'gaps'}`;
  const since = atSeconds === undefined ? 'since before this page was opened' : `first at ${formatClock(atSeconds)}`;
  return `${kind === 'lost' ? lost : `${ago(amount)} without data`}, ${since}.`;
}

function source({ source: watch }: Page): Alarm[] {
  return watch.alarms.map((alarm) => ({
    id: `source-${alarm.kind}`,
    priority: alarm.isGoingOn || alarm.kind === 'lost' ? 'high' : 'medium',
    what: alarm.isGoingOn || alarm.kind === 'lost' ? alarm.what : `${alarm.what} (over)`,
    detail: sourceDetail(alarm),
    toDo: alarm.toDo,
    button: {
      words: alarm.isGoingOn ? 'Goes on' : 'Seen',
      isEnabled: !alarm.isGoingOn,
      press: () => watch.see(alarm.kind),
    },
  }));
}

function stopInputs({ status }: Page): Alarm[] {
  if (status?.interlock.stopInputs !== 'missing') return [];
  return [
    {
      id: 'stop-input',
      priority: 'medium',
      what: 'A stop pedal or key is missing',
      detail: 'The rig cannot be armed without it.',
      toDo: 'Plug it in again and connect anew, or remove it from the station’s settings.',
    },
  ];
}

function triggerInputs({ status }: Page): Alarm[] {
  if (status?.triggerInputs !== 'missing') return [];
  return [
    {
      id: 'trigger-input',
      priority: 'medium',
      what: 'A trigger pedal or key is missing',
      detail: 'Its presses are not marked; nothing else depends on it.',
      toDo: 'Plug it in again: it is looked for while the rig is not armed. Or remove it from the station’s settings.',
    },
  ];
}

function nearLimits({ status, limits }: Page): Alarm[] {
  const [highest, ...others] = limits.near;
  if (status === undefined || highest === undefined) return [];
  const more = others.length === 0 ? '' : `, and ${count(others.length)} more`;
  return [
    {
      id: 'limit',
      priority: 'medium',
      what: `More than ${percent(highUseOf(highest.code))} of a limit is in use`,
      detail: `${limitName(highest)}: ${useWords(useOf(highest))}${more}.`,
      toDo: 'Beyond it requests are refused. Lower the stimulus or its rate.',
      button: { words: 'Seen', isEnabled: true, press: () => limits.see() },
    },
  ];
}

/** @returns high ones before medium ones. */
export function alarmsOf(page: Page): Alarm[] {
  const alarms = [connection, stop, trip, source, stopInputs, triggerInputs, nearLimits].flatMap((find) => find(page));
  return [
    ...alarms.filter(({ priority }) => priority === 'high'),
    ...alarms.filter(({ priority }) => priority === 'medium'),
  ];
}
