// Writes for the station what the rig thread asks for: audit entries, the dose ledger and what is remembered of devices. Recorder thread.
import { randomUUID } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';
import { AuditWriter } from './audit-writer.ts';
import { DeviceFile } from './device-file.ts';
import { DoseFile } from './dose-file.ts';
import { sealSession } from './seal-session.ts';
import type { FromStation, ToStation } from './station-messages.ts';

export interface StationStart {
  port: MessagePort;
  /** Station folder. */
  folder: string;
  /** Version of the program. */
  build: string;
}

const nowNs = () => Number(process.hrtime.bigint());
const signEveryMilliseconds = 1000;
const words = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Runs until the port says `end` or closes. */
export function startStationWriter({ port, folder, build }: StationStart): void {
  const send = (message: FromStation) => port.postMessage(message);
  let audit: AuditWriter | undefined;
  let broken: string | undefined;
  let dose: DoseFile | undefined;
  let device: DeviceFile | undefined;
  try {
    audit = new AuditWriter({ folder, boot: randomUUID(), build, nowNs, wall: () => new Date().toISOString() });
    audit.append({ event: 'program-started', detail: { pid: process.pid }, actor: 'rig' }, true);
    tellMark();
  } catch (error) {
    broken = `the audit log in ${folder} cannot be written: ${words(error)}`;
  }

  function tellMark(): void {
    if (audit?.mark !== undefined) send({ kind: 'mark', mark: audit.mark });
  }

  /** @throws Error when the log cannot be written */
  function inLog<T>(write: (log: AuditWriter) => T): T {
    if (audit === undefined) throw new Error(broken ?? 'the audit log is closed');
    const written = write(audit);
    tellMark();
    return written;
  }

  /** Does what was asked. @throws Error with words for the operator */
  function carryOut(
    message: Exclude<ToStation, { kind: 'end' }>,
  ): Omit<Extract<FromStation, { kind: 'done' }>, 'kind' | 'id'> {
    switch (message.kind) {
      case 'audit':
        return { written: inLog((log) => log.append(message.draft, message.isDurable)) };
      case 'seal':
        inLog((log) => sealSession(message.seal, log));
        return {};
      case 'open-dose':
        dose = new DoseFile(folder, message.probe, () => Date.now());
        return { earlier: dose.earlier };
      case 'open-device':
        device = new DeviceFile(folder, message.serial, () => Date.now());
        return { device: device.remembered };
      case 'note-device':
        device?.note(message.news);
        return {};
      case 'settle-dose':
        if (dose === undefined) throw new Error('no dose ledger is open');
        dose.settle(message.usage, message.reservation);
        return {};
    }
  }

  function end(): void {
    clearInterval(signing);
    try {
      audit?.close();
    } catch (error) {
      console.error(`The audit log could not be closed: ${words(error)}`);
    }
    audit = undefined;
    port.close();
  }

  const signing = setInterval(() => {
    try {
      audit?.checkpointIfDue();
    } catch (error) {
      send({ kind: 'failed', message: words(error) });
    }
  }, signEveryMilliseconds);

  port.on('message', (message: ToStation) => {
    if (message.kind === 'end') return end();
    try {
      const result = carryOut(message);
      if (message.id !== 0) send({ kind: 'done', id: message.id, ...result });
    } catch (error) {
      if (message.id === 0) send({ kind: 'failed', message: words(error) });
      else send({ kind: 'done', id: message.id, problem: words(error) });
    }
  });
  port.on('close', () => {
    if (audit !== undefined) end();
  });
}
