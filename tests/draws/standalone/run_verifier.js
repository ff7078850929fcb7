/* node run_verifier.js VERIFIER.js CASES.jsonl: one line of checks for each case; its script is that of verify.html. */
"use strict";
const fs = require("fs");
const vm = require("vm");
const readline = require("readline");

vm.runInThisContext(fs.readFileSync(process.argv[2], "utf8") + "\nglobalThis.makeVerifier = makeVerifier;");
const verifier = globalThis.makeVerifier();
const encoder = new TextEncoder();

readline.createInterface({ input: fs.createReadStream(process.argv[3]) }).on("line", (line) => {
  const given = JSON.parse(line);
  for (const name of Object.keys(given)) {
    const text = given[name];
    given[name] = typeof text === "string" ? encoder.encode(text) : new Uint8Array(Buffer.from(text.base64, "base64"));
  }
  let found;
  try {
    found = { checks: verifier.verify(given).checks };
  } catch (problem) {
    if (!(problem instanceof verifier.Unusable)) throw problem;
    found = { unusable: problem.words };
  }
  process.stdout.write(JSON.stringify(found) + "\n");
});
