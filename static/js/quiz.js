// Answering by keys, the time taken, the verdict in view, an answer that couldn't be sent.
// Everything is a form or a link that works by itself; this makes it faster.

const find = (selector) => document.querySelector(`#main ${selector}`);
const isOff = () => document.documentElement.dataset.keys === "off";
const isTyping = (target) => target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

let since = performance.now();

const zone = () => {
  try {
    return Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  } catch {
    return "";
  }
};

// Just before a form goes: how long it took, and where the learner's day begins.
document.addEventListener("submit", ({ target }) => {
  const spent = target.querySelector?.("[data-ms]");
  if (spent) spent.value = String(Math.round(performance.now() - since));
  const place = target.querySelector?.("input[name=zone]");
  if (place) place.value = zone();
}, true);

const choose = (at) => {
  const option = document.querySelectorAll("#ask .choices input")[at];
  if (!option) return false;
  option.click();
  option.focus();
  return true;
};

const press = (selector) => {
  const found = find(selector);
  found?.click();
  return Boolean(found);
};

// Arrows lead from one check box to the next, as the browser does it for radio buttons.
const step = (target, by) => {
  const boxes = [...document.querySelectorAll("#ask .choices input[type=checkbox]")];
  const at = boxes.indexOf(target);
  if (at < 0) return false;
  boxes[(at + by + boxes.length) % boxes.length].focus();
  return true;
};

const LETTERS = "abcde";
const act = ({ key, target }) => {
  if (/^[1-9]$/.test(key)) return choose(Number(key) - 1);
  if (LETTERS.includes(key.toLowerCase()) && find("#ask .choices, .choices input")) return choose(LETTERS.indexOf(key.toLowerCase()));
  switch (key) {
    case "u": return press("[data-guess]");
    case "f": return press("[data-flag]");
    case "n": return press("[data-skip], [data-next]");
    case "z": return press("[data-undo]");
    case "s": return press("[data-line]");
    default: return false;
  }
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!find(".dock, [data-next]") || document.querySelector("dialog[open]")) return;
  const { key, target } = event;
  if (key === "Enter") {
    // Enter answers, and on a verdict goes on; on a link, a button or a list it does its own.
    if (target.closest?.("a, button, summary, select, textarea")) return;
    const ask = document.getElementById("ask");
    if (ask) ask.requestSubmit(ask.querySelector(".button"));
    else if (!press("[data-next]")) return;
    event.preventDefault();
    return;
  }
  if (key === "ArrowDown" || key === "ArrowUp") {
    if (step(target, key === "ArrowDown" ? 1 : -1)) event.preventDefault();
    else if (target.id === "stem" && choose(key === "ArrowDown" ? 0 : document.querySelectorAll("#ask .choices input").length - 1)) event.preventDefault();
    return;
  }
  if (isOff() || isTyping(target)) return;
  if (act(event)) event.preventDefault();
}, true);

// An answer on its way is not sent twice; one that was lost is still there.
const busy = (form, on) => {
  for (const button of form.querySelectorAll("button")) button.disabled = on;
};
const complain = (form, words) => {
  const acts = form.querySelector(".dock");
  const problem = acts.querySelector(".problem") ?? acts.insertBefore(Object.assign(document.createElement("p"), { className: "problem", tabIndex: -1 }), acts.firstChild);
  problem.setAttribute("role", "alert");
  problem.textContent = words;
  problem.focus({ preventScroll: true });
};
const LOST = "Your answer didn't reach the server. It is still here: press the button to try again.";
document.addEventListener("htmx:beforeRequest", ({ detail }) => { if (detail.elt.matches?.("#ask")) busy(detail.elt, true); });
document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.elt.matches?.("#ask")) busy(detail.elt, false); });
const lost = ({ detail }) => { if (detail.elt.matches?.("#ask") && detail.elt.isConnected) complain(detail.elt, LOST); };
document.addEventListener("htmx:sendError", lost);
document.addEventListener("htmx:timeout", lost);
document.addEventListener("htmx:responseError", (event) => {
  if ([502, 503, 504].includes(event.detail.xhr.status)) lost(event);
});

// The line that was asked for takes the focus, so that one hears and sees where it stands.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target?.id === "source") document.getElementById("source-title")?.focus();
});

document.addEventListener("focusin", ({ target }) => { if (target.matches?.("[data-copy]")) target.select(); });

const shown = () => { since = performance.now(); };
document.addEventListener("page:shown", shown);
// A page that came without HTMX: the verdict, what is wrong, or the question is what one came for.
const arrive = () => {
  const place = find("[data-arrive]") ?? (document.activeElement === document.body ? find("#ask #stem") : null);
  place?.focus({ preventScroll: true });
};
document.addEventListener("DOMContentLoaded", arrive);
if (document.readyState !== "loading") arrive();
