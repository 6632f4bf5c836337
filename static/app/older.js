/**
 * What is older than what we were told of a kind: asked for a page at a time, over HTTP.
 *
 * We hold all there is from one record on (`begins`), and leave out older ones that change, so that no hole
 * comes between them and the rest. A page may be long on its way: what we were told meanwhile counts.
 */

/** @typedef {{at: number, id: string}} Place where a record stands among those of its kind */
/** @typedef {{put: Record<string, Record<string, any>>, older: Record<string, string>}} Page */
/** @typedef {(kind: string, before: string|undefined) => Promise<Page>} Ask rejects where there is no answer */

const COUNT = 100;
const ANSWER_MS = 15_000;

/** Of a record with a wrong time, too: no page is blank for one. @param {Place} place */
const timeOf = ({ at }) => (typeof at === "number" ? at : 0);

/** The oldest first, as the server has it. @param {Place} a @param {Place} b */
export const byPlace = (a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : Number(a.id > b.id));

export class Older {
  /** @param {string} kind @param {Ask} ask */
  constructor(kind, ask) {
    this.kind = kind;
    this._ask = ask;
    /** @type {"idle"|"loading"|"failed"} */
    this.state = "idle";
    /** Whether we asked, and were told that this was the beginning. */
    this.isBeginning = false;
    /** @type {Place|null} */
    this._begins = null;
    /** @type {Map<string, unknown>|null} what we were told by id since we asked; null that it is gone */
    this._meanwhile = null;
  }

  get isMore() {
    return this._begins !== null;
  }

  /** What we had of it is forgotten, and a page on its way of no use. @param {Place|null} place */
  begin(place) {
    this._begins = place;
    this._meanwhile = null;
    this.state = "idle";
    this.isBeginning = false;
  }

  /** @param {Place} record */
  holds(record) {
    return !this._begins || byPlace(record, this._begins) >= 0;
  }

  /** @param {string} id @param {unknown} fields null where it is gone */
  heard(id, fields) {
    this._meanwhile?.set(id, fields);
  }

  /**
   * @param {string|undefined} before the oldest we hold
   * @param {(records: Map<string, any>) => void} take
   */
  async fetch(before, take) {
    if (!this.isMore || this.state === "loading") return;
    this.state = "loading";
    const meanwhile = (this._meanwhile = new Map());
    const page = await this._ask(this.kind, before).catch(() => null);
    if (this._meanwhile !== meanwhile) return;
    this._meanwhile = null;
    this.state = page ? "idle" : "failed";
    if (!page) return;
    const records = new Map(Object.entries(page.put[this.kind] ?? {}));
    const oldest = page.older[this.kind];
    this._begins = records.has(oldest) ? { at: records.get(oldest).at, id: oldest } : null;
    this.isBeginning = !this.isMore;
    for (const [id, fields] of meanwhile) records.set(id, fields);
    take(records);
  }
}

/**
 * @param {string} topic
 * @param {string|null} as
 * @param {() => number} seq how far we are: nothing older is of use
 * @returns {Ask}
 */
export function asker(topic, as, seq) {
  return async (kind, before) => {
    const [word, id] = topic.split("/");
    const asked = { ...(as && { as }), ...(before && { before }), count: String(COUNT), at: String(seq()) };
    const path = `/api/${word}s/${encodeURIComponent(id)}/${kind}s?${new URLSearchParams(asked)}`;
    const answer = await fetch(path, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };
}
