import { afterEach, describe, expect, it } from 'vitest';
import { DisposableStore } from '../../../../common/base/disposable.ts';
import { codeOf, host, startGui } from './open-ephys.fixture.ts';
import { NetworkEvents } from './network-events.ts';

let store = new DisposableStore();

afterEach(() => {
  store.dispose();
  store = new DisposableStore();
});

async function connected(isAcquiring: boolean) {
  const gui = await startGui(store, { isAcquiring });
  const events = store.add(await NetworkEvents.connect({ host, port: gui.eventsPort }, 200));
  return { gui, events };
}

describe('network events', () => {
  it('start and stop acquisition and recording, each confirmed by a question', async () => {
    const { gui, events } = await connected(false);
    await events.startAcquisition();
    expect([gui.gui.mode, await events.isAcquiring()]).toEqual(['ACQUIRE', true]);
    await events.startRecording({ folder: 'D:/data/day 1', appendText: 'a=b', isNewFolder: true });
    expect(gui.gui.mode).toBe('RECORD');
    expect(Object.fromEntries(gui.gui.recordingOptions)).toEqual({
      recdir: 'D:/data/day 1',
      appendtext: 'a=b',
      createnewdir: '1',
    });
    expect(await codeOf(events.startRecording())).toBe('refused');
    await events.stopRecording();
    expect([gui.gui.mode, await events.isRecording()]).toEqual(['ACQUIRE', false]);
    await events.stopAcquisition();
    expect(gui.gui.mode).toBe('IDLE');
  });

  it('set TTL lines while the GUI acquires', async () => {
    const { gui, events } = await connected(true);
    await events.setTtl(1, true);
    await events.setTtl(256, false);
    expect(gui.gui.ttl).toEqual([
      { line: 1, isOn: true },
      { line: 256, isOn: false },
    ]);
    for (const line of [0, 257, 1.5]) expect(await codeOf(events.setTtl(line, true))).toBe('no-such-line');
    gui.gui.setMode('IDLE');
    expect(await codeOf(events.setTtl(1, true))).toBe('refused');
  });

  it('write notes, and never one that would be carried out', async () => {
    const { gui, events } = await connected(true);
    await events.annotate('drug on: TTX 1 µM, StopRecord later');
    expect(gui.gui.notes.at(-1)).toBe('drug on: TTX 1 µM, StopRecord later');
    const sent = gui.commands.length;
    for (const text of ['StopRecord', 'stoprecord now', 'TTL was odd', 'IsRecording'])
      expect(await codeOf(events.annotate(text))).toBe('text-is-a-command');
    for (const text of ['', '  ', 'two\nlines', 'x'.repeat(1001)])
      expect(await codeOf(events.annotate(text))).toBe('not-whole-text');
    expect(await codeOf(events.startRecording({ prependText: 'the "best"' }))).toBe('not-whole-text');
    expect(gui.commands.slice(sent).filter((text) => text !== 'IsRecording')).toEqual([]);
  });

  it('believe only what the GUI then says of itself', async () => {
    const { gui, events } = await connected(false);
    gui.faults.isStuck = true;
    expect(await codeOf(events.startAcquisition())).toBe('did-not-start');
    expect(await codeOf(events.startRecording())).toBe('not-recording');
    gui.gui.setMode('RECORD');
    expect(await codeOf(events.stopRecording())).toBe('did-not-stop');
    expect(await codeOf(events.stopAcquisition())).toBe('did-not-stop');
    gui.faults.wrongAnswer = 'perhaps';
    expect(await codeOf(events.isAcquiring())).toBe('answer-not-understood');
    expect(await codeOf(events.startAcquisition())).toBe('refused');
  });

  it('end with the connection when an answer does not come', async () => {
    const { gui, events } = await connected(true);
    gui.faults.isMute = true;
    expect(await codeOf(events.isAcquiring())).toBe('no-answer');
    gui.faults.isMute = false;
    expect(await codeOf(events.isAcquiring())).toBe('no-answer');
    expect(await codeOf(NetworkEvents.connect({ host, port: gui.dataPort }))).toBe('not-zeromq');
    expect(await codeOf(NetworkEvents.connect({ host, port: 9 }))).toBe('not-listening');
  });
});
