/* Only makes better what works without it: smaller photos, a kept draft, the code saved or copied. */
"use strict";

const LONGEST_SIDE = 2000, BIG = 1e6, DRAFT_LASTS = 864e5;
const all = (selector, work) => document.querySelectorAll(selector).forEach(work);
const draftName = "draft:" + location.pathname;

/* A photo of 8 MB becomes one of 400 kB before it meets a weak network; what cannot, stays as it is. */
async function shrink(file) {
  if (file.size < BIG || !file.type.startsWith("image/")) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = picture.width * scale;
    canvas.height = picture.height * scale;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    const name = file.name.replace(/\.\w+$/, "") + ".jpg";
    return blob && blob.size < file.size ? new File([blob], name, { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

all("input[type=file]", (input) => {
  let working = null;
  input.addEventListener("change", () => {
    working = Promise.all([...input.files].map(shrink)).then((files) => {
      const chosen = new DataTransfer();
      files.forEach((file) => chosen.items.add(file));
      input.files = chosen.files;
      working = null;
    }).catch(() => { working = null; });
  });
  input.form.addEventListener("submit", (event) => {
    if (!working) return;
    event.preventDefault();
    working.then(() => input.form.submit());
  });
});

/* The words and the form's key stay on this phone until a receipt is shown, for one day at most. */
function readDraft() {
  try {
    const draft = JSON.parse(localStorage.getItem(draftName));
    return draft && Date.now() - draft.at < DRAFT_LASTS ? draft : null;
  } catch {
    return null;
  }
}

all("form[data-draft]", (form) => {
  const kept = ["text", "wish"].map((name) => form.elements[name]).filter(Boolean);
  const draft = readDraft();
  if (draft && kept.every((field) => !field.value)) {
    kept.forEach((field) => { field.value = draft[field.name] || ""; });
    form.elements.once.value = draft.once;
  }
  form.addEventListener("input", () => {
    const now = { at: Date.now(), once: form.elements.once.value };
    kept.forEach((field) => { now[field.name] = field.value; });
    try { localStorage.setItem(draftName, JSON.stringify(now)); } catch { /* no room, no draft */ }
  });
});

all("[data-receipt]", () => { try { localStorage.removeItem(draftName); } catch { /* none there */ } });

/* The receipt: copy the code, print it, or keep it as a picture. */
all("[data-keep]", (row) => { row.hidden = false; });
all("[data-print]", (button) => button.addEventListener("click", () => print()));
all("[data-copy]", (button) => button.addEventListener("click", async () => {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.querySelector("span").textContent = button.dataset.done;
}));

function slipPicture(slip) {
  const drawing = slip.querySelector("svg.qr").cloneNode(true);
  drawing.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const picture = new Image(440, 440);
  picture.src = "data:image/svg+xml," + encodeURIComponent(drawing.outerHTML);
  return picture.decode().then(() => picture);
}

function drawSlip(slip, picture) {
  const canvas = document.createElement("canvas");
  canvas.width = 720;
  canvas.height = 860;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 720, 860);
  pen.fillStyle = "#14252a";
  pen.textAlign = "center";
  const lines = [document.querySelector(".unit").textContent, ...slip.innerText.split("\n")];
  const said = lines.map((line) => line.trim()).filter(Boolean).slice(0, 5);
  said.forEach((line, n) => {
    pen.font = (n === 2 || n === 4 ? "bold 44px monospace" : "28px sans-serif");
    pen.fillText(line, 360, 70 + n * 66, 680);
  });
  pen.drawImage(picture, 140, 390, 440, 440);
  return canvas;
}

all("[data-save]", (button) => button.addEventListener("click", async () => {
  const slip = document.querySelector("[data-receipt]");
  const canvas = drawSlip(slip, await slipPicture(slip));
  const link = document.createElement("a");
  link.download = button.dataset.save + ".png";
  link.href = canvas.toDataURL("image/png");
  link.click();
}));

/* The QR of a receipt opens /tra-cuu#code: that part never left the phone until now. */
all("form[data-look-up]", (form) => {
  const code = decodeURIComponent(location.hash.slice(1));
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.code.value = code;
  form.submit();
});
