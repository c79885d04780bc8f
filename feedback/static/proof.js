/* Lets the machine work instead of the person waiting. What fails leaves the page as it is without. */
"use strict";

document.querySelectorAll("form[data-proof]").forEach((form) => {
  if (!window.Worker || !window.isSecureContext || !crypto.subtle) return;
  const riddle = JSON.parse(form.dataset.proof);
  const part = (name) => form.querySelector("[data-" + name + "]");
  const show = (working) => {
    part("by-hand").hidden = working;
    part("working").hidden = part("progress").hidden = !working;
  };
  const worker = new Worker(form.dataset.worker);
  worker.onerror = () => show(false);
  worker.onmessage = ({ data }) => {
    if (data.failed) return show(false);
    if (data.share !== undefined) { part("progress").value = data.share; return undefined; }
    const { algorithm, challenge, salt, signature } = riddle;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "altcha";
    field.value = btoa(JSON.stringify({ algorithm, challenge, salt, signature, number: data.number, took: data.took }));
    form.append(field);
    return form.submit();
  };
  show(true);
  worker.postMessage(riddle);
});
