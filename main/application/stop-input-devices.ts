// The station's pedals and keys as devices of the rig page. Main process; pure.
import type { DeviceProblem, FoundDevice, ListingFault } from '../../common/contract/devices.ts';
import type { StationSettings } from '../../common/contract/station-settings.ts';
import type { StopInputProblem, StopInputsReport } from '../../common/contract/stop-inputs.ts';

const kindWords = {
  stop: 'stop input',
  presence: 'presence input',
  'stop-and-presence': 'stop and presence input',
  trigger: 'trigger input',
} as const;

function sentences({ what, cure }: StopInputProblem): DeviceProblem {
  return { what: `${what.charAt(0).toUpperCase()}${what.slice(1)}.`, toDo: `${cure}.` };
}

/** @param report of the stop-input thread, which looks for them by itself every two seconds */
export function stopInputDevices({ inputs, problems }: StopInputsReport): FoundDevice[] | ListingFault {
  const [first] = problems;
  if (inputs.length === 0 && first !== undefined) {
    const { what, toDo } = sentences(first);
    const code = first.code === 'settings' || first.code === 'unsupported' ? first.code : 'enumeration-failed';
    return { kind: 'stop-input', code, message: what, toDo };
  }
  return inputs.map(({ name, kind, isOpen, presses, problem }) => {
    const untried = {
      what: 'Nobody has pressed it since this program was started.',
      toDo: 'Press it once, and look again.',
    };
    const own = problem === undefined ? [] : [sentences(problem)];
    return {
      kind: 'stop-input',
      name: `${name}, ${kindWords[kind]}`,
      path: '',
      condition: isOpen ? 'ready' : problem?.code === 'not-found' ? 'absent' : 'unusable',
      problems: isOpen && presses === 0 ? [...own, untried] : own,
    };
  });
}

/** What the settings name, where nothing listens to it. */
export function unheardStopInputs({
  stopInputs,
  triggerInputs,
}: Pick<StationSettings, 'stopInputs' | 'triggerInputs'>): FoundDevice[] {
  const all = [...stopInputs, ...triggerInputs.map((input) => ({ ...input, kind: 'trigger' as const }))];
  return all.map(({ kind, vendorId, productId, serialNumber }) => ({
    kind: 'stop-input',
    name: `HID device of station.json, ${kindWords[kind]}`,
    path: '',
    ...(serialNumber === undefined ? {} : { serialNumber }),
    vendorId,
    productId,
    condition: 'not-asked',
    problems: [
      {
        what: 'It is looked for while Exocortex runs.',
        toDo: 'Start Exocortex: the rig page says whether it is there.',
      },
    ],
  }));
}
