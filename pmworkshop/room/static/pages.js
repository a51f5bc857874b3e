// Results that are longer than the projector lie on pages side by side: turned by the arrow keys, or by themselves.

const TURN_AFTER = 20000;
let turned = 0;

const wall = () => document.querySelector(".on-wall");

function width(of) {
  return of.clientWidth + (parseFloat(getComputedStyle(of).columnGap) || 0);
}

export function turn(by) {
  const pages = wall();
  if (!pages) return;
  turned = performance.now();
  const last = Math.max(Math.ceil(pages.scrollWidth / width(pages)) - 1, 0);
  const next = Math.round(pages.scrollLeft / width(pages)) + by;
  pages.scrollTo({ left: (next > last ? 0 : next < 0 ? last : next) * width(pages), behavior: "instant" });
  tell();
}

export function tell() {
  const pages = wall(), note = document.getElementById("page-note");
  if (!pages || !note) return;
  const all = Math.max(Math.ceil(pages.scrollWidth / width(pages)), 1);
  note.textContent = all > 1 ? `page ${Math.round(pages.scrollLeft / width(pages)) + 1} of ${all}` : "";
}

export const place = () => wall()?.scrollLeft ?? 0;

export function goTo(left) {
  wall()?.scrollTo({ left, behavior: "instant" });
  tell();
}

const KEYS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
addEventListener("keydown", (event) => {
  if (!wall() || !(event.key in KEYS) || event.target.closest?.("button")) return;
  event.preventDefault();
  turn(KEYS[event.key]);
  turned += 3 * TURN_AFTER; // whoever turns by hand is talking about this page
});
setInterval(() => { if (wall() && performance.now() - turned > TURN_AFTER) turn(1); }, 1000);
addEventListener("resize", tell);
