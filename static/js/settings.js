// Settings: the browser's own time zone is offered where another one is kept.

const suggest = () => {
  const button = document.querySelector("[data-zone-suggest]");
  const select = document.getElementById("zone");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!button || !zone || select.value === zone) return;
  button.textContent = `Use ${zone}, this device’s`;
  button.hidden = false;
  button.onclick = () => {
    if (![...select.options].some((option) => option.value === zone)) select.add(new Option(zone, zone));
    select.value = zone;
    button.hidden = true;
    select.focus();
  };
};

suggest();
document.addEventListener("htmx:load", suggest);
