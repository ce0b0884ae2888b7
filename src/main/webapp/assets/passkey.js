// Passkeys: the page brings the options, the device answers, the answer goes back in a form.
import "./forms.js";

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function options(json) {
  const given = JSON.parse(json);
  const wanted = given.publicKey ?? given;
  wanted.challenge = bytes(wanted.challenge);
  if (wanted.user) {
    wanted.user.id = bytes(wanted.user.id);
  }
  for (const list of [wanted.excludeCredentials, wanted.allowCredentials]) {
    list?.forEach((credential) => (credential.id = bytes(credential.id)));
  }
  return { publicKey: wanted };
}

function answer(credential) {
  const { response } = credential;
  const parts = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) {
      parts[name] = text(response[name]);
    }
  }
  if (response.getTransports) {
    parts.transports = response.getTransports();
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const field = form.elements.answer;
    if (field.value) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    try {
      field.value = answer(await navigator.credentials[form.dataset.passkey](options(form.dataset.options)));
      form.requestSubmit();
    } catch (error) {
      const said = form.querySelector(".wrong") ?? form.appendChild(Object.assign(document.createElement("p"), { className: "wrong" }));
      said.setAttribute("role", "alert");
      said.textContent = error.name === "NotAllowedError" ? "The device did not answer, or you said no. Try again." : error.message;
    }
  });
}
