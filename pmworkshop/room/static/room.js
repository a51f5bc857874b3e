// A participant's page: follows the room, says whether the line holds, sends what waits. Forms are form.js's business.

import { hear, readingOf, readTimers, STAGES } from "./clock.js";
import { heed } from "./cues.js";
import { listen, refetch } from "./listen.js";
import { callOut } from "./rounds.js";
import { dropDraft, forgetAll, forgetDrafts, sendWaiting, waiting } from "./queue.js";

const NO_SIGNING = "No connection to the trainer's laptop, so you cannot sign now. Leave this page open, and press Sign again in a minute.";
const SIGNED_OUT = "This phone has been signed out. Come back with your recovery code; what you have written on this page is kept.";
const page = document.body.dataset.page, me = document.body.dataset.me;
const news = document.getElementById("news"), otherPages = me && window.BroadcastChannel ? new BroadcastChannel(`pm:${me}`) : null;
let form = null, sending = false, holding = true, going = false, inRounds = false;

function say(id, words, good = false) {
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

// What a page says, its running figures and fresh form tokens set aside.
function content(main) {
  const copy = main.cloneNode(true);
  for (const one of copy.querySelectorAll("[name=token]")) one.removeAttribute("value");
  for (const one of copy.querySelectorAll(".timer")) one.classList.remove(...STAGES);
  for (const one of copy.querySelectorAll("[data-timer]")) {
    one.textContent = "";
    one.removeAttribute("data-left");
    one.classList.remove("hours");
  }
  return copy.innerHTML.replace(/\s+/g, " ");
}

// What the keyboard is at, as a selector that finds it again on the page drawn anew.
function whereFocusIs() {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const mark = ["id", "href", "value"].find((name) => at.getAttribute(name));
  return mark ? `${at.localName}[${mark}="${CSS.escape(at.getAttribute(mark))}"]` : "";
}

// On the page of now one's own turn is to be seen; whoever hears the page hears it too, once.
function sayMyTurn(main, fresh) {
  const [was, is] = [main, fresh].map((one) => one.querySelector("[data-said]")?.dataset.said ?? "");
  if (is === was) return;
  say("turn-now", is);
  document.getElementById("turn-now")?.classList.add("unseen");
}

async function drawAnew() {
  try {
    const fresh = (await refetch(location.href))?.getElementById("main"), main = document.getElementById("main");
    if (!fresh) return;
    if (content(fresh) === content(main)) {
      if (fresh.dataset.digest) main.dataset.digest = fresh.dataset.digest;
      return;
    }
    if (fresh.querySelector(".turn") && !main.querySelector(".turn")) say("turn", "It turns now: look at your card.");
    if (!fresh.querySelector(".turn")) say("turn", "");
    const focus = whereFocusIs();
    sayMyTurn(main, fresh);
    main.replaceWith(fresh);
    readTimers(document);
    if (focus) fresh.querySelector(focus)?.focus({ preventScroll: true });
  } catch { /* the line is gone: the next pulse tries again */ }
}

// Beside the time of a round it has to be said which time is meant.
function announce() {
  const { words } = heed(readingOf("main")), of = words.endsWith("left") ? "in" : "for";
  say("cue", words && (inRounds ? `${words} ${of} this part of the session.` : `${words}.`));
}

function pulse(told) {
  hear(told.timers);
  inRounds = Boolean(told.round);
  if (page !== "now") callOut(told.round, (words) => say("round", words));
  const exercise = document.getElementById("form")?.getAttribute("data-exercise");
  if (exercise && page === "do") {
    const open = told.open.includes(exercise);
    say("closed", open ? "" : "The trainer has closed this. What you wrote is kept; ask to have it opened again.");
  }
  if (page !== "now") say("message", told.message ? `From the trainer: ${told.message}` : "");
  const main = document.getElementById("main");
  if (page === "now" && main.dataset.digest !== told.digest) setTimeout(drawAnew, Math.random() * 600);
  sendAll();
}

async function line(holds) {
  holding = holds;
  document.body.classList.toggle("offline", !holds);
  if (holds) {
    say("line", "");
    form?.lineHolds();
    return;
  }
  let out = false;
  try { out = (await fetch("/now", { redirect: "manual", cache: "no-store" })).type === "opaqueredirect"; } catch { /* no line */ }
  if (holding) return;
  say("line", out ? SIGNED_OUT
    : page === "sign" ? NO_SIGNING : "No connection to the trainer's laptop. What you write stays on this phone.");
}

// A signature does not wait on the phone: it is given when the laptop has it. So the form goes only where the laptop answers.
let isAsking = false;
async function sign(event) {
  if (event.target.id !== "sign") return;
  event.preventDefault();
  if (isAsking) return;
  isAsking = true;
  try {
    const answer = await fetch("/now", { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout?.(5000) });
    if (answer.type === "opaqueredirect") say("line", SIGNED_OUT); else if (answer.ok) event.target.submit(); else say("line", NO_SIGNING);
  } catch { say("line", NO_SIGNING); } finally { isAsking = false; }
}

async function sendAll() {
  if (sending || !waiting(me).length) return;
  sending = true;
  try {
    const answered = await sendWaiting(me);
    if (answered.length) otherPages?.postMessage(answered);
    sent(answered);
  } finally { sending = false; }
}

// What became of sheets that waited, whichever page of this phone has sent them.
function sent(answered) {
  if (going) return;
  for (const one of answered) {
    if (one.ok && form?.isStill(one.submission)) {
      going = true;
      location.href = one.url;
      return;
    }
    const no = one.closed
      ? `${one.title} is closed, so it was not handed in. What you wrote is kept: ask the trainer to open it again.`
      : `${one.title} was not taken yet: open it, look it over, and hand it in again.`;
    say(`sent-${one.submission}`, one.ok ? `Saved on the trainer's laptop: ${one.title}.` : no, one.ok);
  }
  const left = waiting(me).length;
  say("waiting", left ? `${left} of your sheets wait${left === 1 ? "s" : ""} on this phone and go${left === 1 ? "es" : ""} as soon as the laptop answers. Keep this page open.` : "");
  if (!left) say("leave", "");
}

// Signing out waits for what is still to go; then nothing of this person stays on the phone.
async function signOut(event) {
  if (event.target.getAttribute("action") !== "/leave") return;
  event.preventDefault();
  await sendAll();
  if (waiting(me).length) {
    say("leave", "A sheet of yours still waits on this phone. Sign out when it has gone.");
    return;
  }
  try {
    const answer = await fetch("/leave", { method: "POST", body: new URLSearchParams(new FormData(event.target)) });
    if (!answer.ok) throw new Error(String(answer.status));
    forgetAll(me);
    location.replace(answer.url);
  } catch { say("leave", "No connection, so you are still signed in. Try again in a minute."); }
}

// The trainer's answer comes as another page.
async function hearAnswer() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.redirected || answer.status === 403) location.href = answer.redirected ? answer.url : location.href;
  } catch { /* the line is gone: it is asked again */ }
}

readTimers(document);
if (document.getElementById("form")) {
  form = await import("./form.js").catch(() => null); // without it the form is handed in as any form is
  form?.begin(say, sendAll);
}
if (!me && new URLSearchParams(location.search).has("left")) forgetDrafts();
if (me) {
  if (otherPages) otherPages.onmessage = (event) => sent(event.data);
  document.addEventListener("submit", signOut);
  document.addEventListener("submit", sign);
  listen("/events", pulse, line);
  addEventListener("online", sendAll);
  setInterval(sendAll, 5000);
  sendAll();
  announce();
  setInterval(announce, 1000);
  const done = document.body.dataset.done;
  if (done && document.querySelector(".receipt")) dropDraft(me, done, "");
}
if (page === "wait") setInterval(hearAnswer, 3000);
if (page === "cards") setInterval(() => { if (!document.querySelector("input:checked")) drawAnew(); }, 2000);
document.getElementById("trouble")?.focus();
