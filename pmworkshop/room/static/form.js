// A form: asks only what is to be asked, counts, saves while one types, sends photos at once, hands in even without a line.

import { draftOf, dropDraft, enqueue, keepDraft } from "./queue.js";

const SAVE_AFTER = 900;
const me = document.body.dataset.me;
let form, say, sendAll, timer = null, saving = null, photos = 0;

export function begin(sayWords, send) {
  say = sayWords;
  sendAll = send;
  form = document.getElementById("form");
  restore();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", handIn);
  for (const input of form.querySelectorAll("[data-photo]")) input.addEventListener("change", () => sendPhoto(input));
  for (const grid of form.querySelectorAll('[data-kind="ranking"]')) grid.addEventListener("change", withoutTwice);
  addEventListener("pagehide", keepHere);
  refresh();
}

// A question may be called “action” or “elements”, which the form's own properties of that name would then stand for.
const about = (name) => form.getAttribute(`data-${name}`);
const textFields = () => [...new FormData(form)].filter(([, value]) => typeof value === "string");
const own = ([name]) => !["submission", "output", "edition", "with-gaps"].includes(name);

function keepHere() {
  if (timer !== null) keepDraft(me, about("exercise"), about("output"), textFields().filter(own));
}

// What the laptop could not be told stays in this browser; it counts where the line was lost, and the page loaded again.
function restore() {
  const kept = draftOf(me, about("exercise"), about("output"));
  if (!kept || document.getElementById("trouble")) return;
  const values = new Map();
  for (const [name, value] of kept.fields) values.set(name, [...(values.get(name) ?? []), value]);
  for (const input of form.querySelectorAll("input, select, textarea")) {
    if (!input.name || input.type === "file" || !own([input.name]) || (input.type === "hidden" && !values.get(input.name)?.[0])) continue;
    const given = values.get(input.name);
    if (input.type === "radio" || input.type === "checkbox") input.checked = Boolean(given?.includes(input.value));
    else if (given) input.value = given.length > 1 ? given.shift() : given[0];
  }
  saveSoon();
}

function changed() {
  refresh();
  saveSoon();
}

function saveSoon() {
  clearTimeout(timer);
  timer = setTimeout(save, SAVE_AFTER);
  keepDraft(me, about("exercise"), about("output"), textFields().filter(own));
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

async function save() {
  timer = null;
  const saved = document.getElementById("saved");
  saving?.abort();
  saving = new AbortController();
  try {
    const answer = await fetch(about("draft"), {
      method: "PUT", signal: saving.signal, headers: { "content-type": "application/json" }, body: JSON.stringify(answers()),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    saved.textContent = `Kept as you write, ${(await answer.json()).saved}. Not handed in yet.`;
    dropDraft(me, about("exercise"), about("output"));
  } catch (error) {
    if (error.name !== "AbortError") saved.textContent = "Kept on this phone for now. Not handed in yet.";
  }
}

function refresh() {
  let of = 0, done = 0;
  const given = answers();
  for (const question of form.querySelectorAll("[data-item]")) {
    const asked = isAsked(question, given);
    question.classList.toggle("unasked", !asked);
    if (!asked) continue;
    of += 1;
    const value = given[question.dataset.item];
    if (Array.isArray(value) ? value.length : String(value).replace(",", "").trim()) done += 1;
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

async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 2000 / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob((blob) => done(blob ?? file), "image/jpeg", 0.85));
  } catch { return file; }
}

async function sendPhoto(input) {
  const file = input.files[0];
  if (!file) return;
  const line = `photo-${input.name}`;
  say(line, "Making the photo smaller …");
  photos += 1;
  const blob = await smaller(file);
  const request = new XMLHttpRequest();
  request.open("PUT", input.dataset.photo);
  request.setRequestHeader("content-type", blob.type || "image/jpeg");
  request.upload.onprogress = (event) => {
    if (event.lengthComputable) say(line, `Sending the photo: ${Math.round((100 * event.loaded) / event.total)} %`);
  };
  request.onloadend = () => {
    photos -= 1;
    let told = {};
    try { told = JSON.parse(request.responseText); } catch { /* no answer: the photo goes with the form */ }
    if (request.status === 200 && told.photo) {
      form.querySelector(`input[type="hidden"][name="${CSS.escape(input.name)}"]`).value = told.photo;
      input.value = "";
      show(input, blob);
      say(line, "The photo is on the trainer's laptop.", true);
      changed();
    } else say(line, told.error ?? "The photo could not be sent. Keep it chosen: it goes along when you hand in.");
  };
  request.send(blob);
}

function show(input, blob) {
  let picture = input.parentElement.querySelector("img");
  if (!picture) {
    picture = document.createElement("img");
    picture.alt = "The photo that you chose";
    picture.className = "chosen";
    input.after(picture);
  }
  picture.src = URL.createObjectURL(blob);
}

async function handIn(event) {
  if (event.submitter?.name === "more-rows") return;
  const files = [...form.querySelectorAll("[data-photo]")].some((input) => input.files.length);
  if (photos) {
    event.preventDefault();
    say("photos", "One moment: the photo is still on its way. Then hand in.");
    return;
  }
  if (files) return;
  event.preventDefault();
  clearTimeout(timer);
  timer = null;
  saving?.abort();
  const button = document.getElementById("hand-in");
  button.disabled = true;
  const fields = textFields();
  try {
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(fields), redirect: "follow" });
    const where = new URL(answer.url).pathname;
    if (answer.ok && where.startsWith("/done/")) {
      dropDraft(me, about("exercise"), about("output"));
      location.href = answer.url;
    } else await showAnswer(answer);
  } catch { waitFor(fields); } finally { button.disabled = false; }
}

async function showAnswer(answer) {
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!fresh.getElementById("form")) { HTMLFormElement.prototype.submit.call(form); return; }
  document.getElementById("main").replaceWith(fresh.getElementById("main"));
  begin(say, sendAll);
  document.getElementById("trouble")?.focus();
}

function waitFor(fields) {
  const title = about("title"), submission = new FormData(form).get("submission");
  const kept = enqueue(me, { path: form.getAttribute("action"), fields, title, submission, exercise: about("exercise") });
  say("waiting", kept
    ? `No connection. “${title}” waits on this phone and goes as soon as the laptop answers. Keep this page open.`
    : "No connection, and this phone keeps nothing. Leave this page open and hand in again in a minute.");
  setTimeout(sendAll, 3000);
}
