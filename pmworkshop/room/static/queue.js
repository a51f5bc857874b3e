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

export const waiting = (me) => (me ? read(QUEUE(me), []) : []);

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
    answered.push({ ok, title: sheet.title, submission: sheet.submission, url: answer.url });
    if (ok) forget(me, sheet.exercise);
  }
  return answered;
}

export const keepDraft = (me, exercise, output, fields) => write(DRAFT(me, exercise, output), { fields, at: Date.now() });
export const draftOf = (me, exercise, output) => read(DRAFT(me, exercise, output), null);
export const dropDraft = (me, exercise, output) => write(DRAFT(me, exercise, output), null);

export function forget(me, exercise) {
  const start = DRAFT(me, exercise, "");
  for (const key of Object.keys(localStorage)) if (key.startsWith(start)) localStorage.removeItem(key);
}
