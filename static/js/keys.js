// Keys for everything. Single keys can be switched off (<html data-keys="off">); Ctrl+K stays.
// What a key leads to is marked in the page: data-key="g h" on a link, data-step on items of a list,
// rel=prev and rel=next, data-up on <main>.

const dialog = document.getElementById("keys");
const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");
const isOff = () => document.documentElement.dataset.keys === "off";

const showKeys = () => {
  if (!dialog || document.querySelector("dialog[open]")) return;
  dialog.showModal();
  document.getElementById("keys-title").focus();
};

const follow = (selector) => {
  const link = document.querySelector(selector);
  link?.click();
  return Boolean(link);
};

// The next or previous item of the page's lists, from the one that has the focus or is in view.
const step = (by) => {
  const items = [...document.querySelectorAll("#main [data-step]")].filter((item) => item.checkVisibility?.() ?? true);
  if (!items.length) return false;
  let at = items.indexOf(document.activeElement);
  if (at < 0) {
    at = items.findIndex((item) => item.getBoundingClientRect().top > 80);
    at = at < 0 ? items.length : at;
    at -= by > 0 ? 1 : 0;
  }
  const item = items[Math.min(Math.max(at + by, 0), items.length - 1)];
  item.focus();
  item.scrollIntoView({ block: "nearest" });
  return true;
};

let first = "";
let forget;
const begin = (key) => {
  first = key;
  clearTimeout(forget);
  forget = setTimeout(() => { first = ""; }, 1200);
  return true;
};

const goUp = () => {
  const up = document.querySelector("#main")?.dataset.up;
  const link = up && [...document.querySelectorAll("a[href]")].find((a) => a.getAttribute("href") === up);
  link?.click();
  return Boolean(link);
};

const act = (key) => {
  if (first) {
    const pair = `${first} ${key}`;
    first = "";
    return follow(`[data-key="${CSS.escape(pair)}"]`);
  }
  switch (key) {
    case "/": return Boolean(document.dispatchEvent(new Event("palette:open")));
    case "?": showKeys(); return true;
    case "g": return begin("g");
    case "j": return step(1);
    case "k": return step(-1);
    case "[": return follow("#main a[rel=prev]");
    case "]": return follow("#main a[rel=next]");
    case "u": return goUp();
    default: return false;
  }
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.dispatchEvent(new Event("palette:open"));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (act(event.key)) event.preventDefault();
});

for (const button of document.querySelectorAll("[data-keys-open]")) {
  button.hidden = !dialog;
  button.addEventListener("click", showKeys);
}
dialog?.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
