// What goes between the rig and the program that has a serial stimulator open: frames with JSON on a private local socket; rig thread and that program.
// The rig begins with `hello`, the token. Then it asks, and each question is answered under its number. `lost` may come at any time and is the last message.
import { z } from 'zod';
import { serialProtocols } from '../contract/serial-stimulators.ts';
import { encodeFrame } from '../transport/frame.ts';

export const serialMessage = { hello: 1, question: 2, answer: 3, lost: 4 } as const;

/** Longest payload in either direction; both sides close the connection on a longer one. */
export const serialPayloadBytesMax = 16 * 1024;

const pulse = z.strictObject({
  /** Output of the device, from 1. */
  channel: z.int().min(1).max(16),
  leadingPhase: z.enum(['cathodic', 'anodic']),
  amplitudeMicroamps: z.number(),
  phaseMicroseconds: z.number(),
  interphaseMicroseconds: z.number(),
});

const questionSchema = z.strictObject({
  id: z.int().min(1),
  question: z.discriminatedUnion('kind', [
    /** Once, first: opens the device, uploads all pulses and reads everything back. */
    z.strictObject({
      kind: z.literal('prepare'),
      protocol: z.enum(serialProtocols),
      serialNumber: z.string().min(1),
      /** Of the isolator behind a Pulse Pal; a StimJim needs none. */
      microampsPerVolt: z.number().positive().optional(),
      pulses: z.array(pulse).min(1).max(16),
    }),
    /** Reads everything back. */
    z.strictObject({ kind: z.literal('verify') }),
    /** The rig has just seen that the hand holds the dead-man. `expiryNs`: host monotonic, after which nothing is triggered. */
    z.strictObject({ kind: z.literal('fire'), channel: z.int(), expiryNs: z.number() }),
  ]),
});

const answerSchema = z.strictObject({
  id: z.int(),
  answer: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('prepared'),
      name: z.string(),
      firmware: z.string(),
      amplitudeMaxMicroamps: z.number().positive(),
      phaseMaxMicroseconds: z.number().positive(),
      /** What the device will give, in the order of the question. */
      exact: z.array(pulse),
    }),
    z.strictObject({ kind: z.literal('verified') }),
    /** `measuredMicroamps` of each phase in the order of time; null: the device measures nothing. */
    z.strictObject({ kind: z.literal('fired'), measuredMicroamps: z.tuple([z.number(), z.number()]).nullable() }),
    /** Nothing was triggered. */
    z.strictObject({ kind: z.literal('refused'), code: z.string(), message: z.string() }),
    /** A step that the device or its line made impossible: what it has done is not known. */
    z.strictObject({ kind: z.literal('failed'), message: z.string() }),
  ]),
});

const lostSchema = z.strictObject({ message: z.string() });

export type SerialQuestion = z.infer<typeof questionSchema>['question'];
export type SerialAnswer = z.infer<typeof answerSchema>['answer'];
type Numbered<What extends 'question' | 'answer', T> = { readonly id: number } & { readonly [Key in What]: T };

export const encodeSerialHello = (token: string) => encodeFrame(serialMessage.hello, new TextEncoder().encode(token));
export const encodeQuestion = (asked: Numbered<'question', SerialQuestion>) =>
  encodeJson(serialMessage.question, asked);
export const encodeAnswer = (answered: Numbered<'answer', SerialAnswer>) => encodeJson(serialMessage.answer, answered);
export const encodeLost = (message: string) => encodeJson(serialMessage.lost, { message });

/** Each answers undefined on anything that is not what it reads. */
export const decodeQuestion = (payload: Uint8Array) => decodeJson(payload, questionSchema);
export const decodeAnswer = (payload: Uint8Array) => decodeJson(payload, answerSchema);
export const decodeLost = (payload: Uint8Array) => decodeJson(payload, lostSchema);

function encodeJson(type: number, value: unknown): Uint8Array {
  return encodeFrame(type, new TextEncoder().encode(JSON.stringify(value)));
}

function decodeJson<T>(payload: Uint8Array, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))).data;
  } catch {
    return undefined;
  }
}
