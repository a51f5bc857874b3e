// What has to stand on the wall as a whole gets smaller until it does, and no smaller than can still be read; the rest scrolls.

const SMALLEST = 0.5, STEP = 0.04;

const isOver = (one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;

export function fit() {
  for (const one of document.querySelectorAll("[data-fit]")) {
    let size = 1;
    one.style.setProperty("--fit", size);
    while (isOver(one) && size > SMALLEST) {
      size -= STEP;
      one.style.setProperty("--fit", size);
    }
  }
}

addEventListener("resize", fit);
document.fonts?.ready.then(fit);
