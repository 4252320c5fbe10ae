// Search as one types: the palette over any page, and the field in the middle of the home.
// A combobox as the ARIA practices have it: the focus stays in the field, arrows move the choice.

const palette = document.getElementById("palette");
const rootOf = (element) => element.closest("[data-combo]");
const fieldOf = (root) => root.querySelector("[role=combobox]");
const optionsOf = (root) => [...root.querySelectorAll("[role=option]")];

const choose = (root, option) => {
  for (const each of optionsOf(root)) each.setAttribute("aria-selected", String(each === option));
  const field = fieldOf(root);
  if (option) {
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    field.removeAttribute("aria-activedescendant");
  }
};

const expand = (root, open) => {
  fieldOf(root).setAttribute("aria-expanded", String(open));
  if (!open) choose(root, null);
};

const openPalette = () => {
  if (!palette || palette.open) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  palette.showModal();
  fieldOf(palette).select();
};

document.addEventListener("palette:open", openPalette);
document.addEventListener("click", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (plain && palette && event.target.closest("[data-palette]")) {
    event.preventDefault();
    openPalette();
  } else if (event.target.closest("[data-close]") || event.target === palette) {
    palette.close();
  } else if (plain && event.target.closest("[role=option]")) {
    leave(rootOf(event.target));
  }
});

// The choice was made: the page that comes takes the focus.
const leave = (root) => {
  if (root === palette) palette.close();
  expand(root, false);
};

document.addEventListener("keydown", (event) => {
  const root = event.target.matches?.("[role=combobox]") && rootOf(event.target);
  if (!root || event.isComposing) return;
  const options = optionsOf(root);
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const open = event.target.getAttribute("aria-expanded") === "true";
  const last = options.length - 1;
  const next = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last }[event.key];
  if (next !== undefined && options.length) {
    event.preventDefault();
    expand(root, true);
    choose(root, options[open ? next : Math.max(at, 0)]);
  } else if (event.key === "Enter" && open && at >= 0 && fresh(root)) {
    event.preventDefault();
    options[at].click();
  } else if (event.key === "Escape" && root === palette) {
    // A search field takes Escape to clear itself first; here it means: away with the palette.
    event.preventDefault();
    palette.close();
  } else if (event.key === "Escape" && open) {
    event.preventDefault();
    expand(root, false);
  }
});

// Options belong to what is in the field now; while newer ones are under way, Enter asks for the page.
const fresh = (root) => root.dataset.for === fieldOf(root).value.trim();

document.addEventListener("input", (event) => {
  const root = event.target.matches?.("[role=combobox]") && rootOf(event.target);
  if (root && !event.target.value.trim()) {
    root.querySelector("[role=listbox]").replaceChildren();
    expand(root, false);
  }
});

document.addEventListener("submit", (event) => {
  const root = rootOf(event.target);
  if (root) leave(root);
});

// An empty field has nothing to ask.
document.addEventListener("htmx:configRequest", (event) => {
  const field = event.detail.elt;
  if (!field.matches("[role=combobox]")) return;
  if (!field.value.trim()) event.preventDefault();
});

let saying;
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const list = detail.target;
  const words = list?.querySelector?.("[data-say]")?.textContent;
  if (words === undefined) return;
  const root = rootOf(list);
  if (root) {
    root.dataset.for = detail.pathInfo.finalRequestPath.includes("q=")
      ? new URL(detail.pathInfo.finalRequestPath, location.href).searchParams.get("q").trim()
      : "";
    expand(root, optionsOf(root).length > 0 || Boolean(words));
    choose(root, list.querySelector("[aria-selected=true]"));
    list.scrollTop = 0;
  }
  // Said once the typing rests, not at every letter.
  clearTimeout(saying);
  const place = root?.querySelector("[data-said]") ?? document.getElementById("status");
  saying = setTimeout(() => { place.textContent = words; place.hidden = false; }, 400);
});

// From the field of the search page, the arrow goes down to the results.
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" || event.target.id !== "search-input") return;
  event.preventDefault();
  document.querySelector("#results [data-step]")?.focus();
});

// The home's list of results closes when the focus goes elsewhere.
document.addEventListener("focusout", (event) => {
  const root = event.target.matches?.("[role=combobox]") && rootOf(event.target);
  if (root && root !== palette && !root.contains(event.relatedTarget)) {
    setTimeout(() => { if (!root.contains(document.activeElement)) expand(root, false); }, 150);
  }
});
