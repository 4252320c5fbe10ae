// The index of a page: follows the scroll, folds on narrow screens; and folding all features at once.

const NARROW = matchMedia("(max-width: 1079px)");
let watcher = null;

const mark = (links, id) => {
  for (const [key, link] of links) {
    if (key === id) {
      if (link.getAttribute("aria-current") === "true") continue;
      link.setAttribute("aria-current", "true");
      // Within the index alone: the page must not move.
      const box = link.closest("ol");
      const above = link.offsetTop - box.offsetTop;
      if (above < box.scrollTop || above > box.scrollTop + box.clientHeight - 48) {
        box.scrollTop = above - box.clientHeight / 2;
      }
    } else {
      link.removeAttribute("aria-current");
    }
  }
};

const watch = (index) => {
  const links = new Map([...index.querySelectorAll("a[href^='#']")].map((a) => [a.hash.slice(1), a]));
  const sections = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const inView = new Set();
  watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) inView[isIntersecting ? "add" : "delete"](target);
    const first = sections.find((section) => inView.has(section));
    if (first) mark(links, first.id);
  }, { rootMargin: "-80px 0px -50% 0px" });
  for (const section of sections) watcher.observe(section);
};

// What the reader folded stays folded on the way back, in this tab.
const folded = () => `folded:${location.pathname}`;
const remember = () => {
  const closed = [...document.querySelectorAll(".feature > details:not([open])")].map((d) => d.parentElement.id);
  if (closed.length) sessionStorage.setItem(folded(), closed.join(" "));
  else sessionStorage.removeItem(folded());
};

const foldIndex = () => {
  for (const details of document.querySelectorAll(".index > details")) details.open = !NARROW.matches;
};

const show = () => {
  watcher?.disconnect();
  const index = document.querySelector("[data-index]");
  if (index) watch(index);
  foldIndex();
  for (const folds of document.querySelectorAll("[data-folds]")) folds.hidden = false;
  for (const id of (sessionStorage.getItem(folded()) ?? "").split(" ")) {
    const details = id && document.querySelector(`#${CSS.escape(id)} > details`);
    if (details && !details.querySelector(":target")) details.open = false;
  }
  document.querySelector("#main .index [aria-current=page]")?.scrollIntoView({ block: "nearest", container: "nearest" });
};

document.addEventListener("click", (event) => {
  const fold = event.target.closest("[data-fold]")?.dataset.fold;
  if (fold) {
    for (const details of document.querySelectorAll(".feature > details")) details.open = fold === "open";
  }
  // On a narrow screen the index has done its work once it is used.
  if (NARROW.matches && event.target.closest(".index a")) foldIndex();
});
document.addEventListener("toggle", (event) => {
  if (event.target.matches(".feature > details")) remember();
}, true);
// A menu closes when it has been used, or when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.(".menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

NARROW.addEventListener("change", foldIndex);
// Paper shows everything, whatever is folded on the screen.
let reopened = [];
addEventListener("beforeprint", () => {
  reopened = [...document.querySelectorAll("#main details:not([open])")];
  for (const details of reopened) details.open = true;
});
addEventListener("afterprint", () => { for (const details of reopened) details.open = false; });
document.addEventListener("page:shown", show);
show();
