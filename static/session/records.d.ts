/** Records as pages are told of them. Made by scripts/records.py from the printed schema. */

export interface Session {
  id: string;
  closed_at: null | number;
  ends_at: null | number;
  join?: string;
  logo?: string;
  mission: string;
  opened_at: null | number;
  premoderated: boolean;
  starts_at: null | number;
  state: "closed" | "open" | "waiting";
  title: string;
  video: string;
  video_kind: "frame" | "hls" | "mp4" | "none" | "youtube";
}

export interface Person {
  id: string;
  came_by?: string;
  country: string;
  first_time?: boolean;
  greeted?: null | { by: string; name: string; at: number; aloud: boolean; waved: number | null };
  hand?: null | number;
  here: boolean;
  imitates: boolean;
  kind: "" | "consultancy" | "federal" | "knowledge" | "local" | "other" | "sme";
  link: string;
  member?: boolean;
  name: string;
  organisation: string;
  pitch: string;
  role: string;
  say_as?: string;
  since?: number;
  week?: { asked?: ({ at: number; session: string; title: string })[]; colleague?: { at: number; by: string; by_name: string; id: string; name: string; organisation: string }; greeted?: { at: number; by: string; name: string; session: string; title: string }; last?: { at: number; session: string; title: string }; sessions: number; spoke?: ({ at: number; session: string; title: string })[] } | null;
}

export interface Visit {
  id: string;
  since: number;
  until: number | null;
}

export interface Devices {
  id: string;
  devices: ({ browser: string; came: number; id: string; last: number; system: string })[];
  others: number;
}

export interface Pacing {
  id: string;
  delay: number;
  reviewed: boolean;
  slow: number;
  words?: (string)[];
}

export interface Timeout {
  id: string;
  at: number;
  by?: string;
  name?: string;
  reason: string;
  until: number;
}

export interface Held {
  id: string;
  at: number;
  by: string;
  name: string;
  role: string;
  text: string;
  until: number | null;
  why: "delay" | "reviewed" | "word";
}

export interface Message {
  id: string;
  at: number;
  by: string;
  hidden?: boolean;
  name: string;
  role: string;
  text: string;
}

export interface Question {
  id: string;
  answered_at: null | number;
  asker: { country?: string; id?: string; imitates?: boolean; kind?: "" | "consultancy" | "federal" | "knowledge" | "local" | "other" | "sme"; link?: string; name?: string; organisation?: string; pitch?: string; role?: string };
  at: number;
  live_at: null | number;
  mine?: boolean;
  reason?: string;
  shown: "anonymous" | "named" | "organisation";
  state: "answered" | "dismissed" | "held" | "live" | "on_deck" | "open" | "queued" | "withdrawn";
  supporters: number;
  text: string;
}

export interface Answer {
  id: string;
  at: number;
  by: string;
  name: string;
  role: string;
  text: string;
}

export interface Support {
  id: string;
  question: string;
}

export interface Merged {
  id: string;
  into: string;
}

export interface Together {
  id: string;
  askers: ({ country?: string; id?: string; imitates?: boolean; kind?: string; link?: string; name?: string; organisation?: string; pitch?: string; role?: string })[];
}

export interface Taken_on {
  id: string;
  at: number;
  by: string;
  name: string;
}

export interface Stage {
  id: string;
  just_asked: ({ at: number; question: string })[];
  live: null | string;
  on_deck?: string | null;
  queue?: (string)[];
}

export interface Poll {
  id: string;
  at: number;
  choose: "many" | "one";
  closes_at?: number | null;
  counted?: number;
  first?: string | null;
  form: "choice" | "cloud" | "number" | "quiz" | "ranking" | "scale" | "text";
  frozen?: boolean;
  moderated?: boolean;
  moved?: ({ from: string; people: number; to: string })[] | null;
  names: "anonymous" | "hosts";
  number?: { high: number | null; low: number | null; unit: string } | null;
  opened_at: null | number;
  options: ({ id: string; score?: number; text: string; votes?: number })[];
  points?: boolean;
  question: string;
  results: "always" | "closed" | "never" | "revealed" | "voted";
  revealed_at: null | number;
  right?: (string)[];
  scale?: { from: number; high: string; low: string; to: number } | null;
  seconds?: number | null;
  state: "closed" | "draft" | "open" | "revealed";
  tally?: { bins?: ({ from: number; to: number; votes: number })[]; count?: number; high?: number; low?: number; mean?: number; median?: number; spread?: number; votes?: (number)[]; words?: ({ text: string; votes: number })[] };
  teams?: ({ organisation: string; people: number; points: number })[];
  voters: number;
}

export interface Vote {
  id: string;
  by?: string;
  number?: number | null;
  options: (string)[];
  poll: string;
  sealed?: boolean;
  texts?: (string)[];
}

export interface Said {
  id: string;
  group: string;
  poll: string;
  state: "held" | "hidden" | "shown";
  text: string;
  votes: number;
}

export interface Result {
  id: string;
  counted: number;
  options: ({ id: string; score?: number; text: string; votes: number })[];
  tally?: { bins?: ({ from: number; to: number; votes: number })[]; count?: number; high?: number; low?: number; mean?: number; median?: number; spread?: number; votes?: (number)[]; words?: ({ text: string; votes: number })[] };
}

export interface Split {
  id: string;
  by: "country" | "first_time" | "kind";
  groups: ({ group: string; mean?: number | null; people: number; score?: (number)[]; votes?: (number)[] })[];
  poll: string;
  rest: { group: string; mean: number | null; people: number; score: (number)[]; votes: (number)[] } | null;
  staged: boolean;
}

export interface Feedback {
  id: string;
  again: null | "maybe" | "no" | "yes";
  length: null | "long" | "right" | "short";
  line: string;
  worth: null | "no" | "partly" | "yes";
}

export interface Totals {
  id: string;
  given: number;
  told: { answers: { again: { maybe: number; no: number; yes: number }; length: { long: number; right: number; short: number }; worth: { no: number; partly: number; yes: number } }; lines: (string)[]; people: number } | null;
}

export interface Segment {
  id: string;
  given?: number | null;
  kind: "borrel" | "break" | "closing" | "greeting" | "other" | "poll" | "questions" | "spotlight" | "talk" | "video";
  minutes: number;
  notes?: string;
  opens?: boolean;
  poll?: string;
  title: string;
  who: string;
}

export interface Run {
  id: string;
  began_at: number | null;
  current: null | string;
  ended_at: number | null;
  on_stage: boolean;
  order: (string)[];
  over?: (string)[];
  planned_end: number | null;
  ran?: ({ began_at: number; ended_at: number | null; segment: string })[];
}

export interface Cue {
  id: string;
  at: number;
  ready: "" | "louder" | "questions" | "slower" | "thanks" | "two_minutes" | "wrap_up";
  text: string;
}

export interface Standing {
  id: string;
  links_since: number;
  removed: null | { by: string; name: string; at: number; reason: string };
}

export type Kinds = { session: Session, person: Person, visit: Visit, devices: Devices, pacing: Pacing, timeout: Timeout, held: Held, message: Message, question: Question, answer: Answer, support: Support, merged: Merged, together: Together, taken_on: Taken_on, stage: Stage, poll: Poll, vote: Vote, said: Said, result: Result, split: Split, feedback: Feedback, totals: Totals, segment: Segment, run: Run, cue: Cue, standing: Standing };

export type Asker = Question["asker"];
export type Greeting = NonNullable<Person["greeted"]>;
export type Option = Poll["options"][number];
export type QuestionState = Question["state"];
