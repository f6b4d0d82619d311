// What the core tells the page unasked, and refused commands: shown in a corner until read. Runs in the page.
import type { CommandRefusal, CoreNotice } from '../../common/contract/commands.ts';
import type { PageTime } from '../time/page-time.ts';

export type Task = Extract<CoreNotice, { notice: 'task' }>;

export interface Message {
  id: number;
  level: 'info' | 'warning' | 'error';
  text: string;
  cure?: string;
}

/** Older messages give way to newer ones; the journal of the core keeps everything. */
const messagesMax = 4;
/** What is only good to know goes by itself; what asks for something stays until it is read. */
const infoLastsMs = 4000;
const doneLastsMs = 10_000;

export class Bulletin {
  messages = $state.raw<Message[]>([]);
  /** By name, in order of appearance. */
  tasks = $state.raw<Task[]>([]);
  readonly #time: PageTime;
  #nextId = 1;

  constructor(time: PageTime) {
    this.#time = time;
  }

  take(notice: CoreNotice): void {
    if (notice.notice === 'review' || notice.notice === 'sessions') return;
    if (notice.notice === 'message') {
      this.#add({ level: notice.level, text: notice.text });
      return;
    }
    const index = this.tasks.findIndex(({ task }) => task === notice.task);
    this.tasks = index < 0 ? [...this.tasks, notice] : this.tasks.with(index, notice);
    if (notice.state === 'done' || notice.state === 'stopped')
      this.#time.after(doneLastsMs, () => this.dismissTask(notice.task));
  }

  refuse(refusal: CommandRefusal): void {
    this.#add({ level: 'warning', text: refusal.what, cure: refusal.cure });
  }

  say(text: string): void {
    this.#add({ level: 'info', text });
  }

  dismissMessage(id: number): void {
    this.messages = this.messages.filter((message) => message.id !== id);
  }

  dismissTask(task: string): void {
    this.tasks = this.tasks.filter((known) => known.task !== task);
  }

  /** The same words twice are one message. */
  #add(message: Omit<Message, 'id'>): void {
    const id = this.#nextId++;
    const others = this.messages.filter(({ text }) => text !== message.text);
    this.messages = [...others, { id, ...message }].slice(-messagesMax);
    if (message.level === 'info') this.#time.after(infoLastsMs, () => this.dismissMessage(id));
  }
}
