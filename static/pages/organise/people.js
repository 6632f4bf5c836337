/**
 * The people of this mission, whom no socket tells of: asked for a page at a time, and by their ids where the
 * programme names them.
 *
 * @typedef {{id: string, name: string, organisation: string, kind: string, country: string, say_as: string, pitch: string,
 *   link: string, place: string, sectors: string[], offers: string[], seeks: string[], languages: string[], email: string,
 *   phone: string, role: "organiser"|"participant", state: "invited"|"applied"|"admitted"|"declined"|"left", reason: string,
 *   came: number|null, here: boolean}} Person
 * @typedef {{seq: number, total: number, people: Person[], states: Record<string, number>, roles: Record<string, number>,
 *   came: Record<string, number>, page: number, per_page: number}} Page
 * @typedef {{q?: string, state?: string, role?: string, came?: string, page?: number}} Asked
 */

import { request } from "../../app/enter.js";

/** Ids of one look. */
const AT_ONCE = 50;

export class People {
  /** @param {(path: string) => string} address */
  constructor(address) {
    this._address = address;
    /** @type {Set<() => void>} */
    this._subscribers = new Set();
    /** @type {Map<string, Person>} */
    this._known = new Map();
    /** Whom nobody answered for, or who is asked for now. @type {Set<string>} */
    this._asked = new Set();
    /** @type {string[]} */
    this._waiting = [];
    /** Another one whenever somebody is known, or otherwise than before. */
    this.version = 0;
    /** How many ask to take part, as far as was heard. */
    this.waiting = 0;
  }

  /**
   * A page of them, by name. Rejects with a Problem.
   * @param {Asked} asked @param {number} [since] the `seq` of what is shown: null where nothing has changed since
   * @returns {Promise<Page|null>}
   */
  async find(asked, since) {
    const wanted = Object.entries({ ...asked, since }).filter(([, value]) => value !== undefined && value !== "" && value !== 0);
    const query = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)]));
    const told = await request(this._address(`people?${query}`));
    if (!told.people) return null;
    if (!asked.q && !asked.role && !asked.came) this._hear(told.states.applied);
    this._learn(told.people);
    return told;
  }

  /** @param {number} waiting */
  _hear(waiting) {
    if (waiting === this.waiting) return;
    this.waiting = waiting;
    this._tell();
  }

  /** Somebody, as far as they are known; else asked for. @param {string} id @returns {Person|undefined} */
  get(id) {
    const person = this._known.get(id);
    if (!person) this.need([id]);
    return person;
  }

  /** Be told of these soon. @param {readonly string[]} ids @param {boolean} [anew] also of who is known already */
  need(ids, anew = false) {
    const wanted = ids.filter((id) => anew || !(this._known.has(id) || this._asked.has(id)));
    if (!wanted.length) return;
    if (!this._waiting.length) setTimeout(() => void this._ask(), 0);
    this._waiting = [...new Set([...this._waiting, ...wanted])];
    for (const id of wanted) this._asked.add(id);
  }

  async _ask() {
    const all = this._waiting;
    this._waiting = [];
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const ids = all.slice(at, at + AT_ONCE);
      try {
        this._learn((await request(this._address(`people?${new URLSearchParams(ids.map((id) => ["id", id]))}`))).people);
      } catch {
        // asked again by whoever shows them next
        for (const id of ids) this._asked.delete(id);
      }
    }
  }

  /** @param {Person[]} people */
  _learn(people) {
    const news = people.filter((one) => JSON.stringify(one) !== JSON.stringify(this._known.get(one.id)));
    for (const one of people) this._known.set(one.id, one);
    if (news.length) this._tell();
  }

  _tell() {
    this.version += 1;
    for (const run of [...this._subscribers]) run();
  }

  /** @param {() => void} run once somebody is known, or otherwise than before */
  subscribe(run) {
    this._subscribers.add(run);
  }
}
