// A participant's page: follows the room, says whether the line holds, sends what waits. Forms are form.js's business.

import { hear, leftOf, readTimers } from "./clock.js";
import { listen, refetch } from "./listen.js";
import { waiting, sendWaiting, forget } from "./queue.js";

const page = document.body.dataset.page, me = document.body.dataset.me;
const news = document.getElementById("news");

export function say(id, words, good = false) {
  let line = document.getElementById(id);
  if (!words) { line?.remove(); return; }
  if (!line) {
    line = document.createElement("p");
    line.id = id;
    news.append(line);
  }
  line.classList.toggle("good", good);
  if (line.textContent !== words) line.textContent = words;
}

async function drawAnew() {
  try {
    const fresh = await refetch(location.href);
    if (!fresh) return;
    const focused = document.activeElement?.id;
    document.getElementById("main").replaceWith(fresh.getElementById("main"));
    readTimers(document);
    if (focused) document.getElementById(focused)?.focus();
  } catch { /* the line is gone: the next pulse tries again */ }
}

function announce() {
  const left = leftOf("main");
  if (left === null) return;
  for (const [limit, words] of [[300000, "Five minutes left."], [60000, "One minute left."], [0, "Time is up."]]) {
    if (left <= limit && left > limit - 1200) say("cue", words);
    if (left < limit - 20000 && document.getElementById("cue")?.textContent === words) say("cue", "");
  }
}

function pulse(told) {
  hear(told.timers);
  const form = document.getElementById("form");
  if (form && page === "do") {
    const open = told.open.includes(form.getAttribute("data-exercise"));
    say("closed", open ? "" : "The trainer has closed this. What you wrote is kept; ask to have it opened again.");
  }
  if (page !== "now") say("message", told.message ? `From the trainer: ${told.message}` : "");
  const main = document.getElementById("main");
  if (page === "now" && main.dataset.digest !== told.digest) setTimeout(drawAnew, Math.random() * 600);
  sendAll();
}

let sending = false;
async function sendAll() {
  if (sending || !waiting(me).length) return;
  sending = true;
  try {
    for (const one of await sendWaiting(me)) {
      say("sent", one.ok
        ? `Saved on the trainer's laptop: ${one.title}.`
        : `${one.title} was not taken yet: open it, look it over, and hand it in again.`, one.ok);
    }
  } finally { sending = false; }
  const left = waiting(me).length;
  say("waiting", left ? `${left} of your sheets wait${left === 1 ? "s" : ""} on this phone and go${left === 1 ? "es" : ""} as soon as the laptop answers. Keep this page open.` : "");
}

readTimers(document);
if (me) {
  listen("/events", pulse, (holds) => {
    say("line", holds ? "" : "No connection to the trainer's laptop. What you write stays on this phone.");
    document.body.classList.toggle("offline", !holds);
  });
  addEventListener("online", sendAll);
  setInterval(sendAll, 5000);
  sendAll();
  setInterval(announce, 1000);
  const done = document.body.dataset.done;
  if (done && document.querySelector(".receipt")) forget(me, done);
}
if (page === "cards") setInterval(() => { if (!document.querySelector("input:checked")) drawAnew(); }, 3000);
if (document.getElementById("form")) import("./form.js").then((form) => form.begin(say, sendAll));
document.getElementById("trouble")?.focus();
