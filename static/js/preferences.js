// Theme and single keys: the forms work by themselves; here they act at once, without a reload.

const root = document.documentElement;
const apply = {
  theme: (value) => { if (value === "system") delete root.dataset.theme; else root.dataset.theme = value; },
  keys: (value) => { if (value === "off") root.dataset.keys = "off"; else delete root.dataset.keys; },
};

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!event.target.matches("[data-theme-form], [data-keys-form]") || !apply[button?.name]) return;
  event.preventDefault();
  apply[button.name](button.value);
  for (const each of event.target.querySelectorAll("[aria-pressed]")) {
    each.setAttribute("aria-pressed", String(each === button));
  }
  const body = new URLSearchParams({ [button.name]: button.value });
  try {
    await fetch(event.target.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  } catch {
    // Offline: it holds for this page.
  }
});
