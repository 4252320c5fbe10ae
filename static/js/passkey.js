// Passkeys: the browser is asked for one, and what it says goes into the form, which is sent as any
// other. Forms: data-passkey="make" (a new one), "use" (one of this account), "sign-in" (any).

const toBytes = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const withBytes = (list) => list?.map((each) => ({ ...each, id: toBytes(each.id) }));

const readOptions = ({ publicKey: options }) => ({
  ...options,
  challenge: toBytes(options.challenge),
  ...(options.user && { user: { ...options.user, id: toBytes(options.user.id) } }),
  ...(options.excludeCredentials && { excludeCredentials: withBytes(options.excludeCredentials) }),
  ...(options.allowCredentials && { allowCredentials: withBytes(options.allowCredentials) }),
});

// What the server reads of a credential: all that is binary as base64url.
const writeCredential = (credential) => {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
};

const fetchOptions = async (form) => {
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error("The site didn’t answer. Check the connection and try again.");
  return (await answer.json()).request_options;
};

const askBrowser = async (form) => {
  const kind = form.dataset.passkey;
  if (kind === "sign-in") {
    return navigator.credentials.get({ publicKey: readOptions(await fetchOptions(form)) });
  }
  const publicKey = readOptions(JSON.parse(document.getElementById("passkey-options").textContent));
  return kind === "make" ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
};

const explain = (problem) => {
  switch (problem.name) {
    case "NotAllowedError": return "No passkey was used. Nothing has changed; try again when you like.";
    case "InvalidStateError": return "This device already has a passkey for this account.";
    case "SecurityError": return "Passkeys don’t work at this address. They need https, or localhost instead of a number.";
    default: return problem.message || "This browser couldn’t use a passkey.";
  }
};

const showTrouble = (form, words) => {
  const place = form.querySelector("[data-passkey-trouble]");
  place.textContent = words;
  place.hidden = false;
};

const begin = (form) => {
  if (!window.PublicKeyCredential) {
    showTrouble(form, "Passkeys don’t work in this browser, or not at this address. They need https or localhost.");
    return;
  }
  form.querySelector("[data-passkey-go]").hidden = false;
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-passkey]")) return;
  event.preventDefault();
  try {
    form.elements.credential.value = writeCredential(await askBrowser(form));
  } catch (problem) {
    showTrouble(form, explain(problem));
    return;
  }
  form.submit();
});

for (const form of document.querySelectorAll("[data-passkey]")) begin(form);
