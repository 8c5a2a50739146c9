// What the console keeps in this browser: keys of local storage, and texts by key in a database.
const PREFIX = "formsmith.";
const DATABASE = "formsmith";

// The keys that stay at this address, as the other has its own: they are not offered again.
const LEFT = "formsmith-left";

// A database that says nothing for this long is taken as one that doesn't work.
const PATIENCE_MS = 10_000;

function within(promise) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("The database does not answer.")), PATIENCE_MS));
  return Promise.race([promise, late]);
}

function asked(request) {
  return within(new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  }));
}

function ended(transaction) {
  return within(new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("The database refused."));
  }));
}

/** The database, or null where there is none: asking does not make one. */
async function existing() {
  const request = indexedDB.open(DATABASE);
  let isNew = false;
  request.onupgradeneeded = () => {
    isNew = true;
    request.transaction.abort();
  };
  try {
    return await asked(request);
  } catch (cause) {
    if (isNew) return null;
    throw cause;
  }
}

/** The database as it was at the other address, made anew if there is none. */
async function like({ version, stores }) {
  const found = await existing();
  if (found) return found;
  const request = indexedDB.open(DATABASE, version);
  request.onupgradeneeded = () => {
    for (const [name] of stores) request.result.createObjectStore(name);
  };
  return asked(request);
}

const isText = (value) => typeof value === "string";

async function textsOf(database) {
  const names = [...database.objectStoreNames];
  if (!names.length) return [];
  const transaction = database.transaction(names, "readonly");
  const read = async (name) => {
    const store = transaction.objectStore(name);
    const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
    const pairs = keys.map((key, at) => [key, values[at]]);
    return [name, pairs.filter(([key, value]) => isText(key) && isText(value))];
  };
  return Promise.all(names.map(read));
}

function leftBefore() {
  try {
    return new Set(JSON.parse(localStorage.getItem(LEFT)));
  } catch {
    return new Set();
  }
}

/** Everything that is to be taken along, or null if there is nothing. */
export async function everything() {
  const left = leftBefore();
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && !left.has(key));
  const local = keys.map((key) => [key, localStorage.getItem(key)]);
  const database = await existing();
  const version = database?.version ?? null;
  const stores = database ? await textsOf(database) : [];
  database?.close();
  if (!local.length && stores.every(([, pairs]) => !pairs.length)) return null;
  return { format: 1, version, stores, local };
}

function isPairs(pairs) {
  return Array.isArray(pairs) && pairs.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isText));
}

/** Is this what `everything` gives? Nobody else should have written it, and that is not relied upon. */
function isEverything(data) {
  return data?.format === 1
    && isPairs(data.local)
    && data.local.every(([key]) => key.startsWith(PREFIX))
    && Array.isArray(data.stores)
    && data.stores.every((store) => Array.isArray(store) && isText(store[0]) && isPairs(store[1]))
    && (data.version === null ? !data.stores.length : Number.isSafeInteger(data.version) && data.version > 0);
}

/** Does this with everything that was in a database, in one transaction. */
async function forEach(database, { stores }, act) {
  const transaction = database.transaction(stores.map(([name]) => name), "readwrite");
  const done = ended(transaction);
  for (const [name, pairs] of stores) {
    const store = transaction.objectStore(name);
    for (const [key, value] of pairs) act(store, key, value);
  }
  await done;
}

/**
 * Writes what is not there, and gives the keys of local storage that are there with another value.
 * What has the same key in the database is the same run.
 */
export async function take(data) {
  if (!isEverything(data)) throw new TypeError("What was handed over is not understood.");
  if (data.stores.length) {
    const database = await like(data);
    try {
      // The console that made one makes the other as new, when it is opened there.
      if (database.version !== data.version) throw new Error("The databases have different versions.");
      await forEach(database, data, (store, key, value) => {
        const counted = store.count(key);
        counted.onsuccess = () => counted.result || store.put(value, key);
      });
    } finally {
      database.close();
    }
  }
  const left = [];
  for (const [key, value] of data.local) {
    const present = localStorage.getItem(key);
    if (present === null) localStorage.setItem(key, value);
    else if (present !== value) left.push(key);
  }
  return left;
}

/** Removes what has arrived and has not changed since. */
export async function remove(data, left) {
  for (const [key, value] of data.local) {
    if (!left.includes(key) && localStorage.getItem(key) === value) localStorage.removeItem(key);
  }
  const stay = [...leftBefore(), ...left].filter((key) => localStorage.getItem(key) !== null);
  if (stay.length) localStorage.setItem(LEFT, JSON.stringify([...new Set(stay)]));
  else localStorage.removeItem(LEFT);

  const database = await existing();
  if (!database) return;
  try {
    if (!data.stores.length) return;
    await forEach(database, data, (store, key, value) => {
      const found = store.get(key);
      found.onsuccess = () => found.result === value && store.delete(key);
    });
  } finally {
    // Empty it stays: another page may begin to write into it at any moment.
    database.close();
  }
}
