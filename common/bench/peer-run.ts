// What a peer that is measured beside the simulation prints, one JSON object to a line; main process.
import { z } from 'zod';

/** First line, when everything is compiled. */
export const peerGreetingSchema = z.object({ version: z.string() });

/** Answer to each line that the peer reads. */
export const peerRunSchema = z.object({ seconds: z.number(), rateHz: z.number(), synapses: z.number() });

export type PeerRun = z.output<typeof peerRunSchema>;
