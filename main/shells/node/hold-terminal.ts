// While a command runs, Escape, Space and Enter at its terminal stop. Main process of the plain-Node shell.
import { type Disposable, toDisposable } from '../../../common/base/disposable.ts';
import type { Application } from '../../application/application.ts';
import { isInForeground } from './is-in-foreground.ts';
import type { ShellSetting } from './shell-setting.ts';
import { stopAtTerminal } from './terminal-stop.ts';

export function holdTerminal({ printError }: ShellSetting, application: Application): Disposable {
  const hold = stopAtTerminal(process.stdin, {
    isInForeground: isInForeground(),
    onStop(key) {
      application.stop();
      printError(`${key}: stimulation was stopped.`);
    },
    onInterrupt: () => void process.emit('SIGINT'),
  });
  if ('unsupported' in hold) return toDisposable(() => {});
  printError('Escape, Space or Enter here stops stimulation.');
  return hold;
}
