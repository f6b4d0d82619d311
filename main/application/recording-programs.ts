// The programs that experiments name as their sources: Intan RHX is not asked, the Open Ephys GUI says what it does. Main process.
import type { FoundDevice } from '../../common/contract/devices.ts';
import type { Source } from '../../common/experiment/source.ts';

type SourceOf<K extends Source['kind']> = Extract<Source, { kind: K }>;

const answerMilliseconds = 1000;

/** RHX takes one connection for each click on Connect: looking whether it is there would use that up. */
export function rhxAddress({ host, commandPort, controller }: SourceOf<'intan-rhx'>): FoundDevice {
  return {
    kind: 'intan-rhx',
    name: `Intan ${controller.toUpperCase()} controller behind RHX`,
    path: `${host}:${commandPort}`,
    // Of an RHS controller the operator may give what it holds.
    ...(controller === 'rhs' ? { capability: 'L1' as const } : {}),
    condition: 'not-asked',
    problems: [
      {
        what: 'RHX is not asked whether it is there: it takes one connection for each click on Connect.',
        toDo: 'In RHX open Network → Remote TCP Control and click Connect; then connect the experiment.',
      },
    ],
  };
}

const guiWords = { IDLE: 'idle', ACQUIRE: 'acquiring', RECORD: 'recording' } as const;

/** @param ask GETs an address and answers its JSON */
export async function openEphysAddress(
  { host, httpPort }: SourceOf<'open-ephys'>,
  ask: (address: string) => Promise<unknown> = getJson,
): Promise<FoundDevice> {
  const path = `${host}:${httpPort}`;
  const found = { kind: 'open-ephys', path } as const;
  const name = 'Open Ephys GUI';
  try {
    const answer = await ask(`http://${path}/api/status`);
    const mode = typeof answer === 'object' && answer !== null && 'mode' in answer ? answer.mode : undefined;
    if (mode === 'IDLE' || mode === 'ACQUIRE' || mode === 'RECORD')
      return { ...found, name: `${name}, ${guiWords[mode]}`, condition: 'ready', problems: [] };
    const what = `What answers at ${path} is not the Open Ephys GUI: ${JSON.stringify(answer)?.slice(0, 80)}.`;
    return { ...found, name, condition: 'unusable', problems: [{ what, toDo: 'Correct httpPort of the experiment.' }] };
  } catch (error) {
    const why = error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : error;
    const what = `Nothing answers at ${path} (${String(why)}).`;
    const toDo = 'Start the Open Ephys GUI (1.0 or newer) there, or correct the address in the experiment.';
    return { ...found, name, condition: 'absent', problems: [{ what, toDo }] };
  }
}

async function getJson(address: string): Promise<unknown> {
  const response = await fetch(address, { signal: AbortSignal.timeout(answerMilliseconds) });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
