// A press of a trigger input through the whole application: from the thread of the stop inputs to the page, the journal and the NWB file.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readJournal } from '../../analysis/journal/read-journal.ts';
import { visitRecord } from '../../analysis/journal/record-visitor.ts';
import { NwbReader } from '../../analysis/nwb/nwb-reader.fixture.ts';
import { journalFileName, type Mark } from '../../common/journal/session-documents.ts';
import { virtualExperiment, withLab } from '../support/lab.ts';

const trigger = { name: 'Light on', control: 'left pedal', device: 'FootSwitch' };

it(
  'a press is said to the page, and is in the journal and in the NWB file; the rig stays safe',
  { timeout: 120_000 },
  () =>
    withLab(
      async ({ operator, messages, pressTrigger, finished }) => {
        const until = async (isTrue: () => boolean) => {
          await operator.until(isTrue, 40, 'what is said of the press');
        };
        await operator.connect(virtualExperiment, 'real-time');
        pressTrigger();
        await until(() => messages.includes('Light on (left pedal) is not marked: no recording is running.'));
        await operator.give('run.start', { operator: 'test' });
        const { session } = await operator.until((status) => status.session.elapsedSeconds > 1, 40, 'the recording');
        pressTrigger();
        const said = /^Light on \(left pedal\) is marked at (\d+\.\d+) s\.$/;
        await until(() => messages.some((text) => said.test(text)));
        expect(operator.status).toMatchObject({ interlock: { state: 'safe' }, triggerInputs: 'none' });
        await operator.give('run.end', {});
        const { folder, nwb, problem } = await finished;
        expect(problem).toBeUndefined();

        const marks: Mark[] = [];
        await readJournal(join(folder, journalFileName), (frame) =>
          visitRecord(frame, { mark: (mark) => void marks.push(mark) }),
        );
        const [mark] = marks.filter((each) => each.trigger !== undefined);
        expect(mark).toMatchObject({ text: 'Light on (left pedal)', trigger });
        const seconds = Number(said.exec(messages.find((text) => said.test(text)) ?? '')?.[1]);
        expect(seconds).toBeGreaterThan(session.elapsedSeconds - 0.2);

        const reader = new NwbReader(nwb ?? '');
        const texts = reader.texts('/acquisition/operator_marks/data');
        const at = texts.indexOf('Light on (left pedal)');
        expect(reader.numbers('/acquisition/operator_marks/timestamps')[at]).toBeCloseTo(seconds, 3);
        reader.dispose();
      },
      { trigger },
    ),
);
