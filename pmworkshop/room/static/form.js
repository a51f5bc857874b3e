// A form: asks only what is to be asked, counts, saves while one types, and hands in even without a line.

import { draftOf, dropDraft, enqueue, given, keepDraft, waiting, waitingLike } from "./queue.js";
import { photosChosen, photosUnderWay, sendPhoto, watchPhotos } from "./photo.js";
import { makeRowsFor, watchTables } from "./table.js";

const SAVE_AFTER = 900;
const OUT_OF_REACH = "No connection. A photo cannot wait on this phone: leave this page open, and hand in again in a minute.";
const me = document.body.dataset.me;
let form, say, sendAll, timer = null, saving = null, unsaved = false, queued = null, handInAfterPhoto = false;

export function begin(sayWords, send) {
  say = sayWords;
  sendAll = send;
  form = document.getElementById("form");
  withoutConditions();
  const early = typedAlready(), restored = restore();
  queued = waitingLike(me, form.getAttribute("action"), textFields())?.submission ?? null;
  if ((early || restored) && !queued) saveSoon();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", handIn);
  watchPhotos(form, say, photoDone);
  watchTables(form, changed);
  for (const grid of form.querySelectorAll('[data-kind="ranking"]')) grid.addEventListener("change", withoutTwice);
  document.getElementById("trouble")?.addEventListener("click", toQuestion);
  refresh();
}

// The line holds again: what it kept from the laptop goes now.
export function lineHolds() {
  if (unsaved && timer === null && !waits()) save();
  for (const input of photosChosen(form)) sendPhoto(form, input, say, photoDone);
}

// Whether the form on the page still is the sheet that waited.
export const isStill = (submission) => queued === submission;
const waits = () => waiting(me).some((one) => one.submission === queued);

// What was typed last goes with whoever leaves the page before it was saved.
const leave = () => { if (timer !== null) { clearTimeout(timer); save(true); } };
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => { if (document.hidden) leave(); });

// A question may be called “action” or “elements”, which the form's own properties of that name would then stand for.
const about = (name) => form.getAttribute(`data-${name}`);
const textFields = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const keepHere = () => keepDraft(me, about("exercise"), about("output"), textFields().filter(given));

// Questions that hang on others come and go by themselves, so that nobody has to read when they are to be answered.
function withoutConditions() {
  for (const words of form.querySelectorAll(".only-if")) {
    const named = form.querySelector(`[aria-describedby~="${CSS.escape(words.id)}"]`);
    const others = named?.getAttribute("aria-describedby").split(" ").filter((id) => id !== words.id).join(" ");
    if (others) named.setAttribute("aria-describedby", others); else named?.removeAttribute("aria-describedby");
    words.remove();
  }
}

// Whether somebody was quicker than this script, which may come late over a bad line.
function typedAlready() {
  const changed = (one) => one.type === "radio" || one.type === "checkbox" ? one.checked !== one.defaultChecked
    : one.localName === "select" ? [...one.options].some((option) => option.selected && !option.defaultSelected && option.value)
    : one.value !== one.defaultValue;
  return [...form.querySelectorAll("input:not([type=hidden]):not([type=file]), select, textarea")].some(changed);
}

// What the laptop could not be told stays in this browser; it counts where the line was lost, and the page loaded again.
function restore() {
  const kept = draftOf(me, about("exercise"), about("output"));
  if (!kept || document.getElementById("trouble")) return false;
  makeRowsFor(form, kept.fields.map(([name]) => name));
  const values = new Map();
  for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const input of form.querySelectorAll("input, select, textarea")) {
    if (!input.name || input.type === "file" || !given([input.name]) || (input.type === "hidden" && !values.get(input.name)?.[0])) continue;
    const found = values.get(input.name);
    if (input.type === "radio" || input.type === "checkbox") input.checked = Boolean(found?.includes(input.value));
    else if (found) input.value = found.length > 1 ? found.shift() : found[0];
  }
  return true;
}

function changed() {
  queued = null;
  refresh();
  saveSoon();
}

function saveSoon() {
  clearTimeout(timer);
  timer = setTimeout(save, SAVE_AFTER);
  keepHere();
}

function answers() {
  const found = {};
  for (const question of form.querySelectorAll("[data-item]")) {
    const item = question.dataset.item, kind = question.dataset.kind;
    if (kind === "table") found[item] = rows(question, item);
    else if (kind === "grid") found[item] = place(item);
    else {
      const given = new FormData(form).getAll(item).filter((value) => typeof value === "string");
      found[item] = kind === "choices" || kind === "ranking" ? given.filter(Boolean) : given.at(-1) ?? "";
    }
  }
  const group = document.getElementById("group-members");
  if (group) found["group-members"] = group.value;
  return found;
}

function place(item) {
  const [x, y] = ["x", "y"].map((axis) => new FormData(form).get(`${item}.${axis}`) ?? "");
  return x || y ? `${x},${y}` : "";
}

function rows(question, item) {
  return [...question.querySelectorAll(".table-row")].map((row) => Object.fromEntries(
    [...row.querySelectorAll("[name]")].map((cell) => [cell.name.slice(item.length + 1).replace(/^\d+\./, ""), cell.value]),
  )).filter((row) => Object.values(row).some(Boolean));
}

function told(words) {
  const saved = document.getElementById("saved");
  if (saved.textContent !== words) saved.textContent = words;
}

async function save(last = false) {
  timer = null;
  unsaved = true;
  saving?.abort();
  saving = new AbortController();
  try {
    const answer = await fetch(about("draft"), {
      method: "PUT", keepalive: last, signal: saving.signal, headers: { "content-type": "application/json" }, body: JSON.stringify(answers()),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    told(`Kept as you write, ${(await answer.json()).saved}. Not handed in yet.`);
    unsaved = false;
    if (timer === null) dropDraft(me, about("exercise"), about("output"));
  } catch (error) {
    if (error.name === "AbortError") return;
    keepHere();
    told("Kept on this phone for now. Not handed in yet.");
  }
}

function refresh() {
  let of = 0, done = 0;
  const given = answers();
  for (const question of form.querySelectorAll("[data-item]")) {
    const item = question.dataset.item, asked = isAsked(question, given);
    question.classList.toggle("unasked", !asked);
    if (!asked) continue;
    of += 1;
    for (const number of document.querySelectorAll(`[data-number="${CSS.escape(item)}"]`)) number.textContent = of;
    if (Array.isArray(given[item]) ? given[item].length : String(given[item]).replace(",", "").trim()) done += 1;
  }
  document.getElementById("progress").textContent = `${done} of ${of} answered`;
  const bar = document.getElementById("progress-bar");
  bar.max = Math.max(of, 1);
  bar.value = done;
}

function isAsked(question, given) {
  if (!question.dataset.when) return true;
  const upon = form.querySelector(`[data-item="${CSS.escape(question.dataset.when)}"]`);
  if (upon && !isAsked(upon, given)) return false;
  const value = given[question.dataset.when];
  const any = question.dataset.any.split("|");
  return (Array.isArray(value) ? value : [value]).some((one) => any.includes(one));
}

// Whoever chooses for one place what stands at another has moved it: the other place is free again.
function withoutTwice(event) {
  for (const other of event.currentTarget.querySelectorAll("select")) {
    if (other !== event.target && event.target.value && other.value === event.target.value) other.value = "";
  }
  refresh();
}

// From the list of what is wrong straight to where it is put right.
function toQuestion(event) {
  const question = event.target.closest("a") && document.getElementById(event.target.closest("a").hash.slice(1));
  const control = question?.matches("textarea") ? question : question?.querySelector("input:not([type=hidden]), select, textarea");
  if (!control) return;
  event.preventDefault();
  control.focus({ preventScroll: true });
  (question.closest(".question") ?? question).scrollIntoView();
}

function photoDone(taken) {
  if (taken) changed();
  if (!handInAfterPhoto || photosUnderWay()) return;
  handInAfterPhoto = false;
  say("waiting", "");
  if (taken) form.requestSubmit(document.getElementById("hand-in"));
}

async function handIn(event) {
  event.preventDefault();
  if (photosUnderWay()) {
    handInAfterPhoto = true;
    say("waiting", "One moment: the photo is still on its way. Then this is handed in.");
    return;
  }
  if (waits()) {
    sendAll();
    return;
  }
  say("waiting", "");
  clearTimeout(timer);
  timer = null;
  saving?.abort();
  const button = document.getElementById("hand-in"), fields = textFields(), withPhoto = photosChosen(form).length > 0;
  const body = withPhoto ? new FormData(form) : new URLSearchParams(fields);
  button.disabled = true;
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "follow" });
    if (answer.ok && new URL(answer.url).pathname.startsWith("/done/")) {
      dropDraft(me, about("exercise"), about("output"));
      location.href = answer.url;
    } else await showAnswer(answer);
  } catch {
    keepHere();
    unsaved = withPhoto;
    if (withPhoto) say("waiting", OUT_OF_REACH); else waitFor(fields);
  } finally { button.disabled = false; }
}

async function showAnswer(answer) {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (fresh.getElementById("form")) {
    document.getElementById("main").replaceWith(fresh.getElementById("main"));
    begin(say, sendAll);
    document.getElementById("trouble")?.focus();
    return;
  }
  keepHere();
  if (answer.redirected) location.href = answer.url;
  else say("waiting", fresh.querySelector("main .lead")?.textContent ?? fresh.body.textContent);
}

function waitFor(fields) {
  const title = about("title"), submission = new FormData(form).get("submission");
  const kept = enqueue(me, { path: form.getAttribute("action"), fields, title, submission, exercise: about("exercise"), output: about("output") });
  queued = kept ? submission : null;
  say("waiting", kept
    ? `No connection. “${title}” waits on this phone and goes as soon as the laptop answers. Keep this page open.`
    : "No connection, and this phone keeps nothing. Leave this page open and hand in again in a minute.");
  setTimeout(sendAll, 3000);
}
