// Theme and single keys: the forms work by themselves; here they act at once, without a request.

const root = document.documentElement;
const apply = {
  theme: (value) => { if (value === "system") delete root.dataset.theme; else root.dataset.theme = value; },
  keys: (value) => { if (value === "off") root.dataset.keys = "off"; else delete root.dataset.keys; },
};

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (!form.matches("[data-theme-form], [data-keys-form]") || !apply[button?.name]) return;
  event.preventDefault();
  apply[button.name](button.value);
  for (const each of form.querySelectorAll("[aria-pressed]")) {
    each.setAttribute("aria-pressed", String(each === button));
  }
  // The cookie that the form would set (knowledge.views.preferences), there before the next click.
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `${button.name}=${button.value}; path=/; max-age=31536000; samesite=lax${secure}`;
});
