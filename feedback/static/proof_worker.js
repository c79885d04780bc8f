/* Finds the number behind a riddle in the format of ALTCHA: hash(salt + number) = challenge. */
"use strict";

const STEP = 500;
const hex = (bytes) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

self.onmessage = async ({ data: riddle }) => {
  const text = new TextEncoder();
  const started = Date.now();
  const most = riddle.maxNumber;
  for (let from = 0; from <= most; from += STEP) {
    const numbers = Array.from({ length: Math.min(STEP, most - from + 1) }, (_, n) => from + n);
    const hashes = await Promise.all(numbers.map((n) => crypto.subtle.digest(riddle.algorithm, text.encode(riddle.salt + n))));
    const found = hashes.findIndex((hash) => hex(hash) === riddle.challenge);
    if (found >= 0) return self.postMessage({ number: from + found, took: Date.now() - started });
    self.postMessage({ share: (100 * from) / most });
  }
  self.postMessage({ failed: true });
};
