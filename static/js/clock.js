// The exam's clock. The server keeps the time; this shows it, and hands in when it is over.

const spell = (seconds) => {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  if (hours) return `${hours} h ${minutes} min`;
  if (minutes >= 10) return `${minutes} min`;
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
};
// What is said aloud, at these many seconds before the end.
const CALLS = { 1800: "30 minutes left", 600: "10 minutes left", 300: "5 minutes left", 60: "1 minute left" };
let ticking;

const start = () => {
  clearInterval(ticking);
  const clock = document.querySelector("#main [data-seconds]");
  if (!clock) return;
  const end = performance.now() + Number(clock.dataset.seconds) * 1000;
  let before = Infinity;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    clock.querySelector("[data-clock]").textContent = spell(left);
    clock.classList.toggle("short", left <= 300);
    for (const [at, words] of Object.entries(CALLS)) {
      if (before > at && left <= at && before !== Infinity) document.getElementById("status").textContent = words;
    }
    before = left;
    if (!left) {
      clearInterval(ticking);
      over();
    }
  };
  tick();
  ticking = setInterval(tick, 1000);
};

// What is chosen on the page goes in with the rest.
const over = () => {
  const ask = document.getElementById("ask");
  if (ask) {
    ask.append(Object.assign(document.createElement("input"), { type: "hidden", name: "over", value: "1" }));
    ask.requestSubmit(ask.querySelector(".button"));
  } else {
    document.querySelector("#main [data-hand-in]")?.requestSubmit();
  }
};

document.addEventListener("page:shown", start);
// A page from the browser's memory shows an old time: ask for the true one.
addEventListener("pageshow", ({ persisted }) => { if (persisted && document.querySelector("[data-seconds]")) location.reload(); });
start();
