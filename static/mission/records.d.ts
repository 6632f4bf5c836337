/** Records as pages are told of them. Made by scripts/records.py from the printed schema. */

export interface Mission {
  id: string;
  accent: string;
  brand: string;
  code?: string;
  ends_on: string;
  entry?: "approval" | "code" | "invited" | "open";
  kept_days: number;
  notices: { en: string; nl: string };
  picture: string;
  places: ({ name: string; zone: string })[];
  score: "all" | "nobody" | "organisers";
  starts_on: string;
  title: string;
}

export interface Participant {
  id: string;
  country: string;
  email: string;
  kind: "" | "consultancy" | "federal" | "knowledge" | "local" | "other" | "sme";
  languages: (string)[];
  link: string;
  name: string;
  offers: (string)[];
  organisation: string;
  phone: string;
  pitch: string;
  place: string;
  reason: string;
  role: string;
  say_as: string;
  sectors: (string)[];
  seeks: (string)[];
  state: "admitted" | "applied" | "declined" | "invited" | "left";
}

export interface Consent {
  id: string;
  details: null | { on: boolean; at: number };
  listed: { at: number; on: boolean } | null;
  present: null | { on: boolean; at: number };
  recordings: null | { on: boolean; at: number };
  spotlight: null | { on: boolean; at: number };
}

export interface Slot {
  id: string;
  abstract: string;
  doors: "closed" | "open" | "waiting";
  ends_at: number;
  hosts: (string)[];
  language: string;
  speakers: (string)[];
  starts_at: number;
  title: string;
  video?: string;
}

export interface Cancelled {
  id: string;
  abstract: string;
  doors: string;
  ends_at: number;
  hosts: (string)[];
  language: string;
  speakers: (string)[];
  starts_at: number;
  title: string;
  video?: string;
}

export interface Attending {
  id: string;
  slots: (string)[];
}

export interface Announcement {
  id: string;
  at: number;
  by: string;
  name: string;
  text: string;
  to: "all" | "organisers";
}

export interface History {
  id: string;
  parts: ({ asked: null | number; came: number; greeted: { aloud: boolean; at: number; by: string; name: string } | null; session: string; spoke: null | number })[];
}

export interface Import {
  id: string;
  added: number;
  at: number;
  by: string;
  changed: number;
  done: number;
  ended_at: null | number;
  equal: number;
  file: string;
  left_open: ({ field: string; number: number; said: string })[];
  lines: number;
  refused: number;
  strays: ({ code: string; field: string; number: number })[];
}

export interface Letterbox {
  id: string;
  closed: number;
  without: ("meetings" | "messages" | "news")[];
}

export interface Post {
  id: string;
  failed: number;
  sent: number;
  since: number;
  trouble: string;
  waiting: number;
}

export interface Asking {
  id: string;
  began: { at: number; question: string; session: string; where: "chat" | "directory" | "meeting" | "people" | "poll" | "spotlight" };
  country: string;
  kind: string;
  name: string;
  organisation: string;
  over: boolean;
  reason: string;
  until: number;
  whom: string;
}

export interface Request {
  id: string;
  began: { at: number; question: string; session: string; where: "chat" | "directory" | "meeting" | "people" | "poll" | "spotlight" };
  by: string;
  country: string;
  kind: string;
  later: boolean;
  name: string;
  organisation: string;
  reason: string;
  until: number;
}

export interface Block {
  id: string;
  at: number;
  country: string;
  kind: string;
  name: string;
  organisation: string;
  whom: string;
}

export interface Lead {
  id: string;
  asked?: boolean;
  at: number;
  began: ({ at: number; question?: string; session?: string; where: "chat" | "directory" | "meeting" | "people" | "poll" | "spotlight" })[];
  done?: boolean;
  due?: string;
  email?: string;
  name: string;
  next_step?: string;
  notes?: string;
  organisation?: string;
  phone?: string;
  reason?: string;
  reminder?: string | { kind: "day" | "fourteen" | "three"; at: number } | null;
  tags?: (string)[];
  whom: string;
}

export interface Sharing {
  id: string;
  agreed: number;
  asked: number;
  mine: boolean;
  name: string;
  whom: string;
}

export interface Reminders {
  id: string;
  day: boolean;
  fourteen: boolean;
  mail: boolean;
  three: boolean;
}

export interface Meeting {
  id: string;
  mine: boolean;
  minutes: number | 15 | 20 | 30;
  name: string;
  note: string;
  organisation: string;
  place: string;
  starts_at: number;
  state: "cancelled" | "declined" | "expired" | "fixed" | "proposed";
  times: (number)[];
  until: number;
  whom: string;
  zone: string;
}

export interface Diary {
  id: string;
  off: ("day.letter" | "day.page" | "soon.letter" | "soon.page")[];
  zone: string;
}

export interface Conversation {
  id: string;
  edition: number;
  last: { at: number; before: string; by: string; cut: boolean; id: string; text: string } | null;
  name: string;
  organisation: string;
  read: number;
  unread: number;
  whom: string;
}

export interface Reported {
  id: string;
  at?: number;
  by?: string;
  name?: string;
  organisation?: string;
  reason?: string;
  since: number;
  text?: string;
  who?: string;
  who_name?: string;
}

export type Kinds = { mission: Mission, participant: Participant, consent: Consent, slot: Slot, cancelled: Cancelled, attending: Attending, announcement: Announcement, history: History, import: Import, letterbox: Letterbox, post: Post, asking: Asking, request: Request, block: Block, lead: Lead, sharing: Sharing, reminders: Reminders, meeting: Meeting, diary: Diary, conversation: Conversation, reported: Reported };

export type Place = Mission["places"][number];
