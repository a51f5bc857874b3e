// The projector's cues: in words beside the time for a while, in the time's colour, and in sound where that is wanted.

import { readingOf } from "./clock.js";
import { heed } from "./cues.js";
import { allow, isAllowed, play } from "./tones.js";

const KEPT = "pmworkshop:sound", USUAL = 5, LOUDEST = 10;
const button = document.getElementById("sound"), slider = document.getElementById("volume"), loud = document.getElementById("loud");
let [on, volume] = remembered();

function remembered() {
  let kept = null;
  try { kept = localStorage.getItem(KEPT); } catch { /* a browser that keeps nothing: off, as at first */ }
  const [wanted, level] = (kept ?? "").split(" "), number = Number.parseInt(level, 10);
  return [wanted === "on", number >= 1 && number <= LOUDEST ? number : USUAL];
}

function keep() {
  try { localStorage.setItem(KEPT, `${on ? "on" : "off"} ${volume}`); } catch { /* as above */ }
}

function show() {
  const waits = on && !isAllowed();
  button.textContent = waits ? "Click here for the sound" : on ? "Sound is on (M)" : "Sound is off (M)";
  button.setAttribute("aria-pressed", String(on && !waits));
  document.body.classList.toggle("sound-waits", waits);
  loud.hidden = !on;
  slider.value = volume;
}

function turn(wanted) {
  on = wanted;
  if (on) {
    allow();
    play("one minute", volume);
  }
  keep();
  show();
}

// Sounds a cue on the projector: "change", too, when roles change.
export function sound(cue) {
  if (on && cue) play(cue, volume);
}

// Says it beside the time; after the page was drawn anew, too.
export function draw() {
  const { cue, words } = heed(readingOf("main")), clock = document.querySelector(".clock"), line = clock?.querySelector("[data-cue]");
  sound(cue);
  if (!line) return;
  if (line.textContent !== words) line.textContent = words;
  clock.classList.toggle("news", Boolean(words));
}

const toggle = () => turn(!on || !isAllowed());
button.addEventListener("click", toggle);
slider.addEventListener("input", () => { volume = Number(slider.value); keep(); });
slider.addEventListener("change", () => play("one minute", volume));
addEventListener("keydown", (event) => { if ((event.key === "m" || event.key === "M") && !event.repeat) toggle(); });
for (const touch of ["pointerdown", "keydown"]) {
  addEventListener(touch, (event) => {
    if (!on || isAllowed() || event.target === button) return;
    allow();
    show();
  });
}
show();
setInterval(draw, 200);
