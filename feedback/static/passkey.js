// Passkeys: asks the server what to sign, lets the browser sign it, and brings the answer back.
// A button says by its data where to ask (options), where to answer (answer), and whether a new key
// is made (create). Without script, or where a browser knows no passkeys, the button stays hidden.
(() => {
  const buttons = document.querySelectorAll("[data-passkey]");
  if (!window.PublicKeyCredential) return;
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const named = (keys) => (keys || []).map((key) => ({ ...key, id: bytes(key.id) }));
  const readable = (options) => ({
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: named(options.excludeCredentials) }),
    ...(options.allowCredentials && { allowCredentials: named(options.allowCredentials) }),
  });
  const written = (key) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (key.response[part]) response[part] = text(key.response[part]);
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response });
  };
  const send = async (url, form, more) => {
    const body = new FormData();
    body.set("csrf_token", form.querySelector("[name=csrf_token]").value);
    for (const [name, value] of Object.entries(more)) body.set(name, value);
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
    return told;
  };
  const ask = async (button, form) => {
    const publicKey = readable(await send(button.dataset.options, form, {}));
    const creates = "create" in button.dataset;
    const key = await navigator.credentials[creates ? "create" : "get"]({ publicKey });
    const name = form.querySelector("[name=name]");
    const told = await send(button.dataset.answer, form, {
      answer: written(key),
      ...(name && { name: name.value }),
    });
    if ("resend" in button.dataset) form.submit();
    else location.assign(told.then);
  };
  for (const button of buttons) {
    const form = button.closest("form");
    const failed = form.querySelector("[data-failed]");
    for (const place of form.querySelectorAll("[data-passkey-place]")) place.hidden = false;
    button.addEventListener("click", async () => {
      button.disabled = true;
      failed.hidden = true;
      try {
        await ask(button, form);
      } catch {
        // Refused, cancelled or cut off: the same sentence, and the code box is still there.
        failed.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
