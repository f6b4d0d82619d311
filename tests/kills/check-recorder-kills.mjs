// `npm run check:recorder`: the tests that kill a recording program, and one that writes the audit log, hundreds of times.
import { ensureDependencies } from '../../scripts/set-up.mjs';
import { runOften } from '../run-often.mjs';

ensureDependencies();
runOften(20, ['recorder-kill', 'audit-kill'], ['--silent=false']);
