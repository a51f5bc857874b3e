// Countdowns that do not drift: what was left when the laptop said so, less what has passed since on this device's even clock.

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
    bases.set(one.dataset.timer, { left, moves, at: performance.now() });
  }
  draw();
}

export function hear(timers) {
  for (const [name, one] of Object.entries(timers)) {
    bases.set(name, { left: one.left, moves: one.moves, at: performance.now() });
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

function draw() {
  for (const one of document.querySelectorAll("[data-timer]")) {
    const left = leftOf(one.dataset.timer);
    if (left === null) continue;
    const text = countdown(left);
    if (one.textContent !== text) one.textContent = text;
    one.classList.toggle("hours", text.length > 5);
    one.closest(".timer")?.classList.toggle("over", left < 0);
  }
}

setInterval(draw, 200);
