/**
 * A list on its way to the server: looked at there as often as somebody says otherwise what its columns are, and
 * then taken in. It is read from the disk once, so that what was looked at is what is taken in.
 *
 * @typedef {{title: string, field: string, note: ""|"twice"|"taken", samples: string[]}} Column
 * @typedef {"new"|"changed"|"equal"|"refused"} Fate
 * @typedef {{line: number, fate: Fate, name: string, organisation?: string, fields?: string[], kept?: string[],
 *   code?: string, text?: string, field?: string, unknown?: Record<string, string>}} Line
 * @typedef {{kind: "csv"|"xlsx", encoding: string, separator: string, sheet: string, formulas: boolean,
 *   missing: boolean, columns: Column[], lines: Line[]}} Look
 * @typedef {{name: string, bytes: ArrayBuffer}} List
 * @typedef {import("../../app/enter.js").Problem} Problem
 */

/** As the server has it (`limits.py`); whoever sends more is cut off before they can read why. */
export const BYTES_MAX = 4 * 1024 * 1024;

/** @param {File} file @returns {Promise<List|null>} null where it is too large, or cannot be read (any more) */
export async function readList(file) {
  if (file.size > BYTES_MAX) return null;
  try {
    return { name: file.name, bytes: await file.arrayBuffer() };
  } catch {
    return null;
  }
}

/**
 * @param {string} address of the call
 * @param {List} list
 * @param {{fields?: string[]|null, keeps: boolean, go?: boolean}} how `fields` of the columns, in their order
 * @returns {Promise<any>} a Look, or with `go` the id of the import; rejects with a Problem
 */
export async function send(address, list, { fields = null, keeps, go = false }) {
  const url = new URL(address, location.origin);
  url.searchParams.set("keeps", keeps ? "1" : "0");
  if (fields) url.searchParams.set("columns", fields.join(","));
  if (go) url.searchParams.set("go", "1");
  /** @type {Response} */
  let answer;
  try {
    // not in the address, which others keep: a list may be named by whom it is of
    const named = encodeURIComponent([...list.name.replace(/\p{Cs}/gu, "")].slice(0, 100).join(""));
    const headers = { "Content-Type": "application/octet-stream", "Content-Disposition": `attachment; filename*=UTF-8''${named}` };
    answer = await fetch(url, { method: "POST", headers, body: list.bytes, cache: "no-store", credentials: "same-origin" });
  } catch {
    throw { status: 0, code: "network.unreachable", text: "", retryAfter: null };
  }
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  throw { ...told, status: answer.status, code: told.code ?? `http.${answer.status}`, text: told.text ?? "" };
}
