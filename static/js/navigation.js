// Pages that HTMX swaps in behave like pages that the browser loads: address, title, focus, scroll,
// marked fact, and what a screen reader hears. HTMX's own history is off (see base.html): it keeps
// snapshots, forgets the scroll of the page one leaves, and doesn't know of marks in addresses. Nor
// does it wait before it settles what it swapped in: until then a link there is a plain link, and a
// key that comes at once would load a whole page.

const say = (id, words) => {
  const place = document.getElementById(id);
  place.textContent = words;
  place.hidden = !words;
};

history.scrollRestoration = "manual";
// The page that <main> shows, without its mark.
let shown = location.pathname + location.search;
// The request of a page under way; a newer one takes its place.
let latest = null;

const keep = (state) => history.replaceState({ ...history.state, ...state }, "");

// Where the reader is on this entry, kept as they scroll: on the way back it is too late to ask.
let resting;
addEventListener("scroll", () => {
  clearTimeout(resting);
  resting = setTimeout(() => keep({ y: scrollY }), 120);
}, { passive: true });
addEventListener("pagehide", () => keep({ y: scrollY }));

// The mark of the address, taken as the browser takes it: unfolded, scrolled to, :target.
const goToMark = () => {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return false;
  const state = history.state;
  location.replace(location.hash);
  history.replaceState(state, "");
  return true;
};

// A fact that isn't on the page that its address names has moved: its own address finds it.
const seekFact = () => {
  const fact = location.hash.match(/^#fact-(\d+)$/);
  const home = document.querySelector(".brand")?.getAttribute("href");
  if (!fact || document.getElementById(fact[0].slice(1)) || !home?.startsWith("/o/")) return;
  if (sessionStorage.getItem("sought") === location.href) return;
  sessionStorage.setItem("sought", location.href);
  location.replace(`${home}fact/${fact[1]}/`);
};

const arrive = (y) => {
  // The focus goes to what the page is about, or to what has changed on it.
  const heading = document.querySelector("#main [data-arrive]") ?? document.querySelector("#main h1");
  heading?.focus({ preventScroll: true });
  // HTMX sets the title after the swap.
  setTimeout(() => say("status", document.title), 60);
  say("trouble", "");
  if (y !== undefined) scrollTo(0, y);
  else if (!goToMark()) scrollTo(0, 0);
  for (const link of document.querySelectorAll(".ways a")) {
    if (link.getAttribute("href") === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const field of document.querySelectorAll("input[name=next]")) field.value = location.pathname + location.search;
  document.dispatchEvent(new Event("page:shown"));
  seekFact();
};

// Links and forms that HTMX boosts: push the address just before the swap, arrive just after.
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target?.id !== "main") return;
  if (latest && latest !== detail.xhr) latest.abort();
  latest = detail.xhr;
  keep({ y: scrollY });
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id !== "main") return;
  if (detail.xhr !== latest) {
    detail.shouldSwap = false;
    return;
  }
  // A page that isn't ours (a proxy's, say) has no main part to show.
  if (!detail.serverResponse.includes('id="main"')) location.assign(detail.pathInfo.finalRequestPath);
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const pushed = detail.xhr?.getResponseHeader("HX-Push-Url");
  if (pushed) {
    // A part of the page that has an address of its own.
    if (pushed !== location.pathname + location.search) history.pushState({ y: scrollY }, "", pushed);
    shown = pushed;
    return;
  }
  if (detail.target?.id !== "main" && !document.getElementById("main")?.contains(detail.target)) return;
  const replaced = detail.xhr.getResponseHeader("HX-Replace-Url");
  if (replaced) {
    // The same page, narrowed as one types.
    history.replaceState(history.state, "", replaced);
    shown = replaced;
    return;
  }
  if (detail.target.id !== "main" || detail.etc?.back) return;
  const path = addressOf(detail);
  // A form that comes back to its own page leaves the reader where they were on it.
  const same = path === location.pathname + location.search + location.hash;
  if (!same) history.pushState({}, "", path);
  shown = location.pathname + location.search;
  arrive(same ? history.state?.y : undefined);
});

const addressOf = ({ pathInfo, xhr }) => {
  // What a redirect led to has no mark of its own; the link's goes with it.
  const answered = new URL(xhr.responseURL || pathInfo.finalRequestPath, location.href);
  const mark = pathInfo.anchor ? `#${pathInfo.anchor}` : "";
  return answered.pathname + answered.search + mark;
};

// Back and forward: the same page with another mark, or a page to fetch again.
addEventListener("popstate", async ({ state }) => {
  const wanted = location.pathname + location.search;
  if (wanted === shown) {
    // A link to a mark on this page was followed, or gone back from.
    if (state?.y !== undefined) scrollTo(0, state.y);
    else if (state && !goToMark()) scrollTo(0, 0);
    return;
  }
  // What shows a part of a page may go back by that part alone.
  const back = new CustomEvent("page:back", { cancelable: true, detail: { wanted, shown } });
  if (!document.dispatchEvent(back)) {
    shown = wanted;
    return;
  }
  latest?.abort();
  const asked = (latest = { abort() {} });
  let response;
  try {
    response = await fetch(wanted, { headers: { "HX-Request": "true" } });
  } catch {
    return lost();
  }
  const text = await response.text();
  if (latest !== asked) return;
  if (!text.includes('id="main"') || response.redirected) return location.reload();
  htmx.swap("#main", text, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 });
  shown = wanted;
  arrive(state?.y);
});

// Requests that got no answer: say so, and leave the page as it is.
const lost = () => say("trouble", "No answer from the server. The page is as it was; try again.");
document.addEventListener("htmx:sendError", lost);
document.addEventListener("htmx:timeout", lost);
document.addEventListener("htmx:responseError", ({ detail }) => {
  if ([502, 503, 504].includes(detail.xhr.status)) lost();
});

// A reload, or a return from elsewhere, goes on where the reader was.
const resume = () => {
  const y = history.state?.y;
  if (y !== undefined && (!location.hash || performance.getEntriesByType("navigation")[0]?.type !== "navigate")) {
    scrollTo(0, y);
  }
  seekFact();
};
if (document.readyState === "complete") resume();
else addEventListener("load", resume);
