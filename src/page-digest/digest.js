// Starts a worker that hashes a file. The page's policy lets scripts come from nowhere but the
// address that is named here.
const address = new URL("digest-worker.js", import.meta.url).href;
const policy = globalThis.trustedTypes?.createPolicy("formsmith-worker", { createScriptURL: () => address });

/** The digests in base64, in the order of `algorithms`; `told` hears how many bytes are done. */
export function digests(file, algorithms, told, signal) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(policy ? policy.createScriptURL(address) : address, { type: "module" });
    const end = (how) => (value) => {
      worker.terminate();
      how(value);
    };
    const [done, failed] = [end(resolve), end(reject)];
    worker.onerror = () => failed("not started");
    worker.onmessage = ({ data }) => {
      if (data.digests) done(data.digests);
      else if (data.error) failed(data.error);
      else told(data.done);
    };
    signal.addEventListener("abort", () => failed(signal.reason));
    worker.postMessage({ file, algorithms });
  });
}
