// Results that are longer than the projector lie on pages side by side: turned by the arrow keys, or by themselves.

const TURN_AFTER = 20000, READ_ON = 60000;
const KEYS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 };
let page = 0, shown = "", next = 0;

const wall = () => document.querySelector(".on-wall");
const title = () => wall().closest("section").querySelector("h2").firstChild.textContent;
const gap = (pages) => parseFloat(getComputedStyle(pages).columnGap) || 0;
const width = (pages) => pages.clientWidth + gap(pages);
const count = (pages) => Math.max(Math.round((pages.scrollWidth + gap(pages)) / width(pages)), 1);

function show(pages) {
  pages.scrollTo({ left: page * width(pages), behavior: "instant" });
  tell();
}

function tell() {
  const pages = wall(), note = document.getElementById("page-note");
  if (!pages || !note) return;
  const words = count(pages) > 1 ? `page ${page + 1} of ${count(pages)}` : "";
  if (note.textContent !== words) note.textContent = words;
}

// Lays the pages after drawing anew or at another size: the same page of the same results, else the first.
export function lay() {
  const pages = wall();
  if (!pages) { shown = ""; return; }
  if (title() !== shown) {
    shown = title();
    page = 0;
    next = performance.now() + TURN_AFTER;
  }
  page = Math.min(page, count(pages) - 1);
  show(pages);
}

function turn(by, patience) {
  const pages = wall();
  if (!pages) return;
  page = (page + by + count(pages)) % count(pages);
  next = performance.now() + patience;
  show(pages);
}

// Whoever turns by hand is talking about that page, so it stays for longer.
addEventListener("keydown", (event) => {
  if (!wall() || !(event.key in KEYS) || event.target.closest?.("button, input")) return;
  event.preventDefault();
  turn(KEYS[event.key], READ_ON);
});
document.addEventListener("scroll", (event) => {
  const pages = wall();
  if (event.target !== pages || Math.abs(pages.scrollLeft - page * width(pages)) < 2) return;
  page = Math.min(Math.round(pages.scrollLeft / width(pages)), count(pages) - 1);
  next = performance.now() + READ_ON;
  tell();
}, true);
setInterval(() => { if (wall() && performance.now() > next) turn(1, TURN_AFTER); }, 1000);
