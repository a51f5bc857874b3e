// What could not be sent yet, and what is half written, kept in this browser under its owner until the laptop has it.

const QUEUE = (me) => `pm:queue:${me}`;
const DRAFT = (me, exercise, output) => `pm:draft:${me}:${exercise}:${output}`;

function read(key, otherwise) {
  try { return JSON.parse(localStorage.getItem(key)) ?? otherwise; } catch { return otherwise; }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key); else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch { return false; }
}

// What of a form somebody gave; the rest a page carries for itself.
export const given = ([name]) => !["submission", "output", "edition", "with-gaps"].includes(name);
const sameWords = (one, other) => JSON.stringify(one.filter(given)) === JSON.stringify(other.filter(given));

export const waiting = (me) => (me ? read(QUEUE(me), []) : []);
export const waitingLike = (me, path, fields) => waiting(me).find((one) => one.path === path && sameWords(one.fields, fields));

export function enqueue(me, sheet) {
  const others = waiting(me).filter((one) => one.submission !== sheet.submission);
  return write(QUEUE(me), [...others, sheet]);
}

// Sends every waiting sheet in order; stops at the first that nobody answers. Returns what was answered.
export async function sendWaiting(me) {
  const answered = [];
  for (const sheet of waiting(me)) {
    let answer;
    try {
      answer = await fetch(sheet.path, { method: "POST", body: new URLSearchParams(sheet.fields), redirect: "follow" });
    } catch { break; }
    if (answer.status >= 500 || answer.status === 429) break;
    const ok = answer.ok && new URL(answer.url).pathname.startsWith("/done/");
    write(QUEUE(me), waiting(me).filter((one) => one.submission !== sheet.submission));
    answered.push({ ok, closed: answer.status === 409, title: sheet.title, submission: sheet.submission, url: answer.url });
    if (ok) dropSent(me, sheet);
  }
  return answered;
}

export const keepDraft = (me, exercise, output, fields) => write(DRAFT(me, exercise, output), { fields, at: Date.now() });
export const draftOf = (me, exercise, output) => read(DRAFT(me, exercise, output), null);
export const dropDraft = (me, exercise, output) => write(DRAFT(me, exercise, output), null);

// What was typed since the sheet was handed in is not on it, and stays.
function dropSent(me, sheet) {
  const kept = draftOf(me, sheet.exercise, sheet.output ?? "");
  if (kept && sameWords(kept.fields, sheet.fields)) dropDraft(me, sheet.exercise, sheet.output ?? "");
}

// Whoever signs out leaves nothing for the next person on this phone.
export function forgetAll(me) {
  forget((key) => key === QUEUE(me) || key.startsWith(`pm:draft:${me}:`));
}

// The same for whoever signed out before this script had begun to listen; what waits to be sent is somebody's still.
export const forgetDrafts = () => forget((key) => key.startsWith("pm:draft:"));

function forget(which) {
  try {
    for (const key of Object.keys(localStorage)) if (which(key)) localStorage.removeItem(key);
  } catch { /* this browser keeps nothing */ }
}
