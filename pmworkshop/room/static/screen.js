// The projector: follows the clock by itself, draws itself anew when the laptop says so, goes full screen on F.

import { hear, readTimers } from "./clock.js";
import { draw as drawCue, sound } from "./cue.js";
import { listen, refetch } from "./listen.js";
import { fit } from "./fit.js";
import { lay } from "./pages.js";
import { callOut } from "./rounds.js";

const lost = document.getElementById("lost"), called = document.getElementById("called");
let drawing = false, wanted = "";

function arrange() {
  fit();
  lay();
}

async function drawAnew(digest) {
  wanted = digest;
  if (drawing) return;
  drawing = true;
  try {
    const fresh = await refetch(location.href);
    if (fresh) {
      document.getElementById("main").replaceWith(fresh.getElementById("main"));
      readTimers(document);
      drawCue();
      arrange();
    }
  } catch { /* the line is gone: the next pulse tries again */ } finally { drawing = false; }
  if (wanted !== digest) drawAnew(wanted);
}

readTimers(document);
arrange();
addEventListener("resize", arrange);
document.fonts?.ready.then(arrange);
listen(document.body.dataset.events, (pulse) => {
  hear(pulse.timers);
  if (callOut(pulse.round, (words) => { called.textContent = words; })) sound("change");
  for (const clock of document.querySelectorAll("[data-clock]")) clock.textContent = pulse.clock;
  if (pulse.digest !== document.getElementById("main").dataset.digest) drawAnew(pulse.digest);
}, (holds) => { lost.hidden = holds; });

const full = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
document.getElementById("full").addEventListener("click", full);
addEventListener("keydown", (event) => { if (event.key === "f" || event.key === "F") full(); });
let awake = null;
addEventListener("pointermove", () => {
  document.body.classList.add("awake");
  clearTimeout(awake);
  awake = setTimeout(() => document.body.classList.remove("awake"), 2000);
});
