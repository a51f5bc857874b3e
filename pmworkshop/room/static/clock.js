// Countdowns that do not drift: what was left when the laptop said so, less what has passed since on this device's even clock.

import { stage } from "./cues.js";

export const STAGES = ["warning", "last", "over"];
const bases = new Map();

export function countdown(left) {
  const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000);
  const pad = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600), rest = seconds % 3600;
  const clock = `${pad(Math.floor(rest / 60))}:${pad(rest % 60)}`;
  return hours ? `${hours}:${clock}` : clock;
}

export function readTimers(root) {
  for (const one of root.querySelectorAll("[data-timer]")) {
    const left = Number(one.dataset.left), moves = one.dataset.moves === "1";
    bases.set(one.dataset.timer, { left, moves, at: performance.now(), of: one.dataset.of ?? "", warn: Number(one.dataset.warn ?? 0) });
  }
  draw();
}

export function hear(timers) {
  for (const [name, one] of Object.entries(timers)) {
    bases.set(name, { left: one.left, moves: one.moves, at: performance.now(), of: one.of ?? "", warn: one.warn ?? 0 });
    for (const words of document.querySelectorAll(`[data-words="${CSS.escape(name)}"]`)) {
      if (words.textContent !== one.words) words.textContent = one.words;
    }
  }
  draw();
}

export function leftOf(name) {
  const base = bases.get(name);
  return base ? base.left - (base.moves ? performance.now() - base.at : 0) : null;
}

// A countdown as the cues need it: of what, how much is left, whether it moves, and when the first cue falls.
export function readingOf(name) {
  const base = bases.get(name);
  return base ? { of: base.of, left: leftOf(name), moves: base.moves, warn: base.warn } : null;
}

function draw() {
  for (const one of document.querySelectorAll("[data-timer]")) {
    const left = leftOf(one.dataset.timer);
    if (left === null) continue;
    const text = countdown(left);
    if (one.textContent !== text) one.textContent = text;
    one.classList.toggle("hours", text.length > 5);
    const { of, warn } = bases.get(one.dataset.timer), now = stage(of, left, warn);
    for (const name of STAGES) one.closest(".timer")?.classList.toggle(name, name === now);
    if (left < 0) sayOver(one.dataset.timer);
  }
}

// Without a line nobody else says that what was left is over.
function sayOver(name) {
  for (const words of document.querySelectorAll(`[data-words="${CSS.escape(name)}"]`)) {
    const said = words.textContent.replace(/^left(?= · last |$)/, "over").replace(/^over · last .*/, "over · time is up");
    if (words.textContent !== said) words.textContent = said;
  }
}

setInterval(draw, 200);
