// The one way in which the page's logic asks the core for something. Runs in the page.
import type { CommandName, CommandRequest } from '../../common/contract/commands.ts';
import type { CommandOutcome } from '../../common/transport/rpc.ts';

/** Never rejects. */
export type GiveCommand = <N extends CommandName>(command: N, request: CommandRequest<N>) => Promise<CommandOutcome<N>>;
