// What has to stand on the wall as a whole gets smaller until it does, and no smaller than can still be read; the rest scrolls.

const SMALLEST = 0.5, SMALL = 0.75, STEP = 0.04;

const isOver = (one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;

function shrink(one) {
  let size = 1;
  one.style.setProperty("--fit", size);
  while (isOver(one) && size > SMALLEST) {
    size = Math.max(size - STEP, SMALLEST);
    one.style.setProperty("--fit", size);
  }
  return size;
}

export function fit() {
  const main = document.getElementById("main"), instruction = main.querySelector(".instruction");
  main.classList.remove("much-to-read");
  for (const one of main.querySelectorAll("[data-fit]")) {
    if (shrink(one) < SMALL && one === instruction) {
      main.classList.add("much-to-read");
      shrink(one);
    }
  }
}
