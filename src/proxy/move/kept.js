// What the console keeps in this browser: keys of local storage, and texts by key in a database.
const PREFIX = "formsmith.";
const DATABASE = "formsmith";
/** Of the database as the console makes it. */
const VERSION = 3;
/** What the console reads and upgrades by itself. Another is not the console's, or is a later one's. */
const KNOWN = [1, 2, VERSION];
/** What the console has counted of its runs; it counts anew where there is none. */
const OVERVIEW = "overview";
const STORES = ["texts"];

// The keys that stay at this address, as the other has its own: they are not offered again.
const SKIPPED = "formsmith-left";

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
    transaction.onabort = () => reject(transaction.error ?? new Error("The database reported no reason."));
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

const isOurs = ({ version, objectStoreNames }) =>
  KNOWN.includes(version) && [...objectStoreNames].join() === STORES.join();

/** The console's database, made if there is none. */
async function ours() {
  const request = indexedDB.open(DATABASE, VERSION);
  request.onupgradeneeded = () => {
    const { result } = request;
    for (const name of STORES) if (!result.objectStoreNames.contains(name)) result.createObjectStore(name);
  };
  const database = await asked(request);
  if (isOurs(database)) return database;
  database.close();
  throw new Error("This database is not the console's.");
}

const isText = (value) => typeof value === "string";

async function textsOf(database) {
  const transaction = database.transaction(STORES, "readonly");
  const read = async (name) => {
    const store = transaction.objectStore(name);
    const [keys, values] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
    const pairs = keys.map((key, at) => [key, values[at]]);
    return [name, pairs.filter(([key, value]) => isText(key) && isText(value))];
  };
  return Promise.all(STORES.map(read));
}

function skippedBefore() {
  try {
    return new Set(JSON.parse(localStorage.getItem(SKIPPED)));
  } catch {
    return new Set();
  }
}

/** Everything that is to be taken along, or null if there is nothing. */
export async function everything() {
  const skipped = skippedBefore();
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && !skipped.has(key));
  const local = keys.map((key) => [key, localStorage.getItem(key)]);
  const database = await existing();
  let stores = [];
  try {
    if (database && !isOurs(database)) throw new Error("The database belongs to another version.");
    if (database) stores = await textsOf(database);
  } finally {
    database?.close();
  }
  if (!local.length && stores.every(([, pairs]) => !pairs.length)) return null;
  return { format: 1, version: VERSION, stores, local };
}

function isPairs(pairs) {
  return Array.isArray(pairs) && pairs.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isText));
}

/** Is this what `everything` gives? Nobody else should have written it, and that is not relied upon. */
function isEverything(data) {
  return data?.format === 1
    && KNOWN.includes(data.version)
    && isPairs(data.local)
    && data.local.every(([key]) => key.startsWith(PREFIX))
    && Array.isArray(data.stores)
    && data.stores.every((store) => Array.isArray(store) && STORES.includes(store[0]) && isPairs(store[1]));
}

/** Does this with everything that was in a database, in one transaction. */
async function forEach(database, { stores }, act) {
  const transaction = database.transaction(stores.map(([name]) => name), "readwrite");
  const done = ended(transaction);
  for (const [name, pairs] of stores) {
    const store = transaction.objectStore(name);
    store.delete(OVERVIEW);
    for (const [key, value] of pairs) if (key !== OVERVIEW) act(store, key, value);
  }
  await done;
}

/**
 * Writes what is not there, and gives the keys of local storage that are there with another value.
 * What has the same key in the database is the same run.
 */
export async function take(data) {
  if (!isEverything(data)) throw new TypeError("The data to be moved has an unknown format.");
  if (data.stores.length) {
    const database = await ours();
    try {
      await forEach(database, data, (store, key, value) => {
        const counted = store.count(key);
        counted.onsuccess = () => counted.result || store.put(value, key);
      });
    } finally {
      database.close();
    }
  }
  const skipped = [];
  for (const [key, value] of data.local) {
    const present = localStorage.getItem(key);
    if (present === null) localStorage.setItem(key, value);
    else if (present !== value) skipped.push(key);
  }
  return skipped;
}

/** Removes what has arrived and has not changed since. */
export async function remove(data, skipped) {
  for (const [key, value] of data.local) {
    if (!skipped.includes(key) && localStorage.getItem(key) === value) localStorage.removeItem(key);
  }
  const stay = [...skippedBefore(), ...skipped].filter((key) => localStorage.getItem(key) !== null);
  if (stay.length) localStorage.setItem(SKIPPED, JSON.stringify([...new Set(stay)]));
  else localStorage.removeItem(SKIPPED);

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
